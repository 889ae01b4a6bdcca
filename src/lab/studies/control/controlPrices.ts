/** How a study's electricity is priced by hour of the day, in money per kWh. */
export interface PriceShape {
  readonly name: "time-of-use" | "flat";
  readonly pricePerKwh: readonly number[];
}

const night = 0.12;
const day = 0.24;
const evening = 0.4;

const timeOfUse = Array.from({ length: 24 }, (_, hour) =>
  hour < 6 || hour >= 22 ? night : hour >= 17 && hour < 21 ? evening : day,
);
const mean = timeOfUse.reduce((sum, price) => sum + price, 0) / 24;

/** Night to evening as 3 to 10, and the same mean at every hour. */
export const priceShapes: readonly PriceShape[] = [
  { name: "time-of-use", pricePerKwh: timeOfUse },
  { name: "flat", pricePerKwh: Array.from({ length: 24 }, () => mean) },
];
