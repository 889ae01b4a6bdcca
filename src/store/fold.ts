import type { Kysely } from "kysely";
import { batches } from "./batches.ts";
import type { Tables } from "./database.ts";
import { keepMeans, type SourceMeans } from "./meanRows.ts";
import { meansOf } from "./means.ts";
import { hourMs, mergeRuns, noReadings, type Run, stepsOf, timesOf, within } from "./readings.ts";
import { meanLayers } from "./resolutions.ts";

/** Runs by source number. */
export type Runs = ReadonlyMap<number, Run>;

/**
 * Packs readings into hourly chunks, and makes the means of those hours anew. What was packed before is kept.
 * @param following readings after these that are not to be packed yet, but are neighbours of the last
 */
export async function fold(transaction: Kysely<Tables>, readings: Runs, following: Runs): Promise<void> {
  const hoursOf = (run: Run) => [...new Set(run.times.map((time) => Math.floor(time / hourMs)))];
  const touched = [...new Set([...readings.values()].flatMap(hoursOf))];
  if (touched.length === 0) return;
  const neighbours = [...new Set(touched.flatMap((hour) => [hour - 1, hour, hour + 1]))];
  const stored = await readChunks(transaction, [...readings.keys()], neighbours);

  const chunks: Tables["chunk"][] = [];
  const means = meanLayers.map(({ stepMs }) => ({ stepMs, bySource: new Map() as SourceMeans }));
  for (const [source, run] of readings) {
    const whole = mergeRuns([stored.get(source) ?? noReadings, run, following.get(source) ?? noReadings]);
    for (const hour of hoursOf(run)) {
      const from = hour * hourMs;
      const to = from + hourMs;
      const { times, values } = within(whole, from, to);
      chunks.push({ hour, source, count: times.length, steps: stepsOf(times, from), readings: [...values] });
      const around = within(whole, from - hourMs, to + hourMs);
      for (const { stepMs, bySource } of means) {
        const known = bySource.get(source) ?? [];
        bySource.set(source, [...known, ...meansOf(around, stepMs, from, to)]);
      }
    }
  }
  for (const batch of batches(chunks)) {
    await transaction
      .insertInto("chunk")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["hour", "source"]).doUpdateSet((row) => ({
          count: row.ref("excluded.count"),
          steps: row.ref("excluded.steps"),
          readings: row.ref("excluded.readings"),
        })),
      )
      .execute();
  }
  for (const [i, layer] of meanLayers.entries()) {
    await keepMeans(transaction, layer, means[i]?.bySource ?? new Map());
  }
}

/** The packed readings of the sources in those hours. */
export async function readChunks(
  transaction: Kysely<Tables>,
  sources: readonly number[],
  hours: readonly number[],
): Promise<Map<number, Run>> {
  const rows = await transaction
    .selectFrom("chunk")
    .select(["hour", "source", "steps", "readings"])
    .where("hour", "in", hours)
    .where("source", "in", sources)
    .orderBy("hour")
    .execute();
  return runsOfChunks(rows);
}

/** @param rows ascending by hour */
export function runsOfChunks(
  rows: readonly Pick<Tables["chunk"], "hour" | "source" | "steps" | "readings">[],
): Map<number, Run> {
  const parts = new Map<number, Run[]>();
  for (const { hour, source, steps, readings } of rows) {
    const part = { times: timesOf(steps, hour * hourMs), values: readings };
    const known = parts.get(source);
    if (known) known.push(part);
    else parts.set(source, [part]);
  }
  return new Map([...parts].map(([source, runs]) => [source, mergeRuns(runs)]));
}
