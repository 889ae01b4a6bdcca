import { type Currency, divideRounded, type Instant, Joules, Micros } from "../domain/index.ts";

/** What a kWh costs. Each kind of tariff has its own fields. */
export interface FixedTariff {
  readonly kind: "fixed";
  readonly currency: Currency;
  readonly pricePerKwh: Micros;
}
export type Tariff = FixedTariff;

/** The price of a kWh drawn at an instant. */
export function priceAt(tariff: Tariff, _at: Instant): Micros {
  return tariff.pricePerKwh;
}

/** Energy drawn at each price, so that money is rounded once, at the end. Plain data. */
export type CostTally = readonly { readonly pricePerKwh: string; readonly joules: number }[];

export function tally(before: CostTally, pricePerKwh: Micros, energy: Joules): CostTally {
  if (energy === 0) return before;
  const price = String(pricePerKwh);
  const known = before.find((row) => row.pricePerKwh === price);
  if (!known) return [...before, { pricePerKwh: price, joules: energy }];
  return before.map((row) => (row === known ? { ...row, joules: row.joules + energy } : row));
}

/** What the energy of a tally costs, rounded once to the nearest millionth. */
export function costOfTally(rows: CostTally): Micros {
  const milliJoulePrices = rows.map(
    ({ pricePerKwh, joules }) => BigInt(Math.round(Joules(joules) * 1000)) * BigInt(pricePerKwh),
  );
  return Micros(
    divideRounded(
      milliJoulePrices.reduce((sum, product) => sum + product, 0n),
      3_600_000_000n,
    ),
  );
}
