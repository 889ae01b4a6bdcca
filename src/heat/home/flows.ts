/** What flows in a home, W, mean of an hour. */
export const flowNames = [
  /** Electric, into the heater while its heat was wanted; and while it was not, for what it earns alone. */
  "heaterW",
  "heaterForProfitW",
  "heatPumpW",
  "resistiveW",
  /** Compressors that cool, and a chiller's pumps. */
  "coolingW",
  /** Pumps and fans of a boiler. */
  "auxiliaryW",
  /** Gross energy of gas. */
  "fuelW",
  /** Heat that each sink took. */
  "roomW",
  "tankW",
  "poolW",
  "chillerW",
  "outsideW",
  /** Of what rooms, tank and pool took, what the heater gave, and what the heat pump gave. */
  "heaterHeatW",
  "heatPumpHeatW",
  /** Cooling that a chiller made of heat, and what electricity that saved. */
  "coldFromHeatW",
  "coolingSavedW",
  /** Hot water that taps wanted and did not get. */
  "lukewarmW",
] as const;
export type FlowName = (typeof flowNames)[number];

/** A year of a home, or days that stand for it; arrays by hour. */
export interface HomeFlows extends Readonly<Record<FlowName, Float64Array>> {
  /** Of the year, which hour each entry is. */
  readonly hour: Int32Array;
  /** How many hours of the year each entry stands for. */
  readonly weight: Float64Array;
  readonly airC: Float64Array;
  readonly tankC: Float64Array;
  /** NaN where there is none. */
  readonly poolC: Float64Array;
  /** Outside the comfort band, K. */
  readonly coldK: Float64Array;
  readonly hotK: Float64Array;
  readonly poolColdK: Float64Array;
  /** How often the tank missed its legionella deadline. */
  readonly missedDisinfections: number;
}

export const newFlows = (hours: number) => {
  const series = () => new Float64Array(hours);
  return {
    ...(Object.fromEntries(flowNames.map((name) => [name, series()])) as Record<FlowName, Float64Array>),
    hour: new Int32Array(hours),
    weight: series(),
    airC: series(),
    tankC: series(),
    poolC: series().fill(Number.NaN),
    coldK: series(),
    hotK: series(),
    poolColdK: series(),
    missedDisinfections: 0,
  };
};
