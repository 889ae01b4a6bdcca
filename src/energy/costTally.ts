import { divideRounded, Joules, Micros } from "../domain/index.ts";

/**
 * What energy cost so far, without rounding at every reading: the energy at the newest price, and what was drawn at
 * prices before it. It does not grow, however often the price changes. Plain data.
 */
export interface CostTally {
  /** Cost at former prices, in thousandths of a joule times millionths per kWh: a decimal integer. */
  readonly settled: string;
  /** The newest price of a kWh, in millionths: a decimal integer. */
  readonly pricePerKwh: string;
  /** Drawn at that price, J. */
  readonly joules: number;
}

export const newTally: CostTally = { settled: "0", pricePerKwh: "0", joules: 0 };

export function tally(before: CostTally, pricePerKwh: Micros, energy: Joules): CostTally {
  if (energy === 0) return before;
  const price = String(pricePerKwh);
  if (price === before.pricePerKwh) return { ...before, joules: before.joules + energy };
  return { settled: String(unrounded(before)), pricePerKwh: price, joules: energy };
}

/** What the energy of several tallies costs together, rounded once to the nearest millionth. */
export function costOfTallies(tallies: readonly CostTally[]): Micros {
  const sum = tallies.reduce((total, one) => total + unrounded(one), 0n);
  return Micros(divideRounded(sum, 3_600_000_000n));
}

const unrounded = ({ settled, pricePerKwh, joules }: CostTally): bigint =>
  BigInt(settled) + BigInt(Math.round(Joules(joules) * 1000)) * BigInt(pricePerKwh);
