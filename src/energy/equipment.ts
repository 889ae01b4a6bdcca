import { divideRounded, Micros } from "../domain/index.ts";

/** What a device cost to buy and to make, and how long it lasts. */
export interface Equipment {
  /** Undefined where its owner does not say. */
  readonly price?: Micros | undefined;
  readonly lifeYears: number;
  /** What making it emitted, kg CO₂e; undefined where its owner does not say. */
  readonly embodiedKg?: number | undefined;
}

/**
 * Assumed where nothing is told. A miner lasts some 4 years. What making one emits is not published: taken like a
 * computer's without much storage, for which makers' own figures lie about 150 kg.
 */
export const equipmentDefaults = { lifeYears: 4, embodiedKg: 150 } as const;

const secondsPerYear = 365.25 * 86_400;

/** What devices lose by the second, computing or not. */
export interface Wear {
  /** Of their prices, in a straight line, millionths; undefined where none is told. */
  readonly microsPerSecond: number | undefined;
  /** Of what making them emitted, kg CO₂e, and of it what is assumed. */
  readonly embodiedKgPerSecond: number;
  readonly assumedKgPerSecond: number;
}

/** What devices cost to buy and lose in a year, of those whose price is told; undefined where none is. */
export function capitalOf(
  devices: readonly Equipment[],
): { readonly price: Micros; readonly depreciationPerYear: Micros; readonly told: number } | undefined {
  const told = devices.flatMap(({ price, lifeYears }) => (price === undefined ? [] : [{ price, lifeYears }]));
  if (told.length === 0) return undefined;
  const thousandths = ({ lifeYears }: { readonly lifeYears: number }) => BigInt(Math.round(lifeYears * 1000));
  return {
    price: Micros(told.reduce((sum, { price }) => sum + price, 0n)),
    depreciationPerYear: Micros(
      told.reduce((sum, one) => sum + divideRounded(one.price * 1000n, thousandths(one)), 0n),
    ),
    told: told.length,
  };
}

export function wearOf(devices: readonly Equipment[]): Wear {
  const each = (value: (device: Equipment) => number) =>
    devices.reduce((sum, device) => sum + value(device) / (device.lifeYears * secondsPerYear), 0);
  const assumedKg = ({ embodiedKg }: Equipment) =>
    embodiedKg === undefined ? equipmentDefaults.embodiedKg : 0;
  return {
    microsPerSecond: devices.some(({ price }) => price !== undefined)
      ? each(({ price }) => Number(price ?? 0n))
      : undefined,
    embodiedKgPerSecond: each((device) => device.embodiedKg ?? assumedKg(device)),
    assumedKgPerSecond: each(assumedKg),
  };
}
