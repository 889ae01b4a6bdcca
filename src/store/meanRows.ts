import type { Kysely } from "kysely";
import { batches } from "./batches.ts";
import type { Tables } from "./database.ts";
import type { Mean } from "./means.ts";
import type { MeanLayer } from "./resolutions.ts";

/** Means of each source, with the number of their interval. */
export type SourceMeans = Map<number, readonly (readonly [interval: number, mean: Mean])[]>;

/** Writes means; what was kept of other intervals stays. */
export async function keepMeans(
  transaction: Kysely<Tables>,
  { stepMs, perRow }: MeanLayer,
  means: SourceMeans,
): Promise<void> {
  const step = stepMs / 1000;
  const periods = new Set<number>();
  for (const found of means.values()) {
    for (const [interval] of found) periods.add(Math.floor(interval / perRow));
  }
  if (periods.size === 0) return;
  const stored = await transaction
    .selectFrom("mean")
    .selectAll()
    .where("step", "=", step)
    .where("period", "in", [...periods])
    .where("source", "in", [...means.keys()])
    .execute();
  const rows = new Map<string, { period: number; source: number; slots: Map<number, Mean> }>();
  const rowOf = (period: number, source: number) => {
    const key = `${period} ${source}`;
    let row = rows.get(key);
    if (!row) rows.set(key, (row = { period, source, slots: new Map() }));
    return row;
  };
  for (const row of stored) rowOf(row.period, row.source).slots = slotsOf(row);
  for (const [source, found] of means) {
    for (const [interval, mean] of found) {
      const period = Math.floor(interval / perRow);
      rowOf(period, source).slots.set(interval - period * perRow, mean);
    }
  }
  const packed = [...rows.values()].map(({ period, source, slots }) => {
    const sorted = [...slots].sort(([a], [b]) => a - b);
    return {
      step,
      period,
      source,
      count: sorted.length,
      slots: sorted.map(([slot]) => slot),
      means: sorted.map(([, mean]) => toReal(mean.value)),
      covered: sorted.map(([, mean]) => toReal(mean.covered)),
    };
  });
  for (const batch of batches(packed)) {
    await transaction
      .insertInto("mean")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["step", "period", "source"]).doUpdateSet((row) => ({
          count: row.ref("excluded.count"),
          slots: row.ref("excluded.slots"),
          means: row.ref("excluded.means"),
          covered: row.ref("excluded.covered"),
        })),
      )
      .execute();
  }
}

/** The means of a row by slot. */
export function slotsOf({ slots, means, covered }: Pick<Tables["mean"], "slots" | "means" | "covered">) {
  return new Map(
    slots.map((slot, i): [number, Mean] => [slot, { value: means[i] ?? 0, covered: covered[i] ?? 0 }]),
  );
}

const largestReal = 3.4028234663852886e38;

/** PostgreSQL refuses a real that is too large. */
const toReal = (value: number) => Math.max(-largestReal, Math.min(largestReal, Math.fround(value)));
