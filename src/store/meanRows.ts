import { type Kysely, sql } from "kysely";
import { batches } from "./batches.ts";
import type { Tables } from "./database.ts";
import type { Mean } from "./means.ts";
import type { MeanLayer } from "./resolutions.ts";

/** The mean of a source over an interval of a layer. */
export interface SourceMean {
  readonly source: number;
  readonly interval: number;
  readonly mean: Mean;
}

type MeanRow = Tables["mean"];

/** Writes means; what was kept of other intervals stays. */
export async function keepMeans(
  transaction: Kysely<Tables>,
  layer: MeanLayer,
  means: readonly SourceMean[],
): Promise<void> {
  const periodOf = (interval: number) => Math.floor(interval / layer.perRow);
  const periods = [...new Set(means.map(({ interval }) => periodOf(interval)))];
  const stored = await transaction
    .selectFrom("mean")
    .selectAll()
    .where("step", "=", layer.stepMs / 1000)
    .where(sql<boolean>`period = any(${periods}::integer[])`)
    .where(sql<boolean>`source = any(${[...new Set(means.map(({ source }) => source))]}::integer[])`)
    .execute();
  const rows = new Map<string, { period: number; source: number; slots: Map<number, Mean> }>();
  const keyOf = (period: number, source: number) => `${period} ${source}`;
  for (const row of stored) rows.set(keyOf(row.period, row.source), { ...row, slots: slotsOf(row) });
  for (const { source, interval, mean } of means) {
    const period = periodOf(interval);
    const row = rows.get(keyOf(period, source)) ?? { period, source, slots: new Map<number, Mean>() };
    row.slots.set(interval - period * layer.perRow, mean);
    rows.set(keyOf(period, source), row);
  }
  const packed = [...rows.values()].map(({ period, source, slots }) => pack(layer, period, source, slots));
  for (const batch of batches(packed)) await upsert(transaction, batch);
}

function pack(
  { stepMs }: MeanLayer,
  period: number,
  source: number,
  slots: ReadonlyMap<number, Mean>,
): MeanRow {
  const sorted = [...slots].sort(([a], [b]) => a - b);
  return {
    step: stepMs / 1000,
    period,
    source,
    slots: sorted.map(([slot]) => slot),
    means: sorted.map(([, mean]) => toReal(mean.value)),
    covered: sorted.map(([, mean]) => toReal(mean.covered)),
  };
}

async function upsert(transaction: Kysely<Tables>, rows: readonly MeanRow[]): Promise<void> {
  await transaction
    .insertInto("mean")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["step", "period", "source"]).doUpdateSet((row) => ({
        slots: row.ref("excluded.slots"),
        means: row.ref("excluded.means"),
        covered: row.ref("excluded.covered"),
      })),
    )
    .execute();
}

/** The means of a row by slot. */
export function slotsOf({ slots, means, covered }: Pick<MeanRow, "slots" | "means" | "covered">) {
  return new Map(
    slots.map((slot, i): [number, Mean] => [slot, { value: means[i] ?? 0, covered: covered[i] ?? 0 }]),
  );
}

const largestReal = 3.4028234663852886e38;

/** PostgreSQL refuses a real that is too large. */
const toReal = (value: number) => Math.max(-largestReal, Math.min(largestReal, Math.fround(value)));
