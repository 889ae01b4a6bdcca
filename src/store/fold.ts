import { type Kysely, sql } from "kysely";
import { batches } from "./batches.ts";
import type { Tables } from "./database.ts";
import { keepMeans, type SourceMean } from "./meanRows.ts";
import { meansOf } from "./means.ts";
import { hourMs, mergeRuns, noReadings, type Run, stepsOf, timesOf, within } from "./readings.ts";
import { type MeanLayer, meanLayers } from "./resolutions.ts";

/** Runs by source number. */
export type Runs = ReadonlyMap<number, Run>;

/**
 * Packs readings into hourly chunks, and makes the means of those hours anew. What was packed before is kept.
 * @param following readings after these that are not to be packed yet, but are neighbours of the last
 */
export async function fold(transaction: Kysely<Tables>, readings: Runs, following: Runs): Promise<void> {
  const touched = [...new Set([...readings.values()].flatMap(hoursOf))];
  if (touched.length === 0) return;
  const neighbours = [...new Set(touched.flatMap((hour) => [hour - 1, hour, hour + 1]))];
  const stored = await readChunks(transaction, [...readings.keys()], neighbours);

  const chunks: Tables["chunk"][] = [];
  const means = new Map(meanLayers.map((layer): [MeanLayer, SourceMean[]] => [layer, []]));
  for (const [source, run] of readings) {
    const whole = mergeRuns([stored.get(source) ?? noReadings, run, following.get(source) ?? noReadings]);
    for (const hour of hoursOf(run)) {
      const [from, to] = [hour * hourMs, (hour + 1) * hourMs];
      const { times, values } = within(whole, from, to);
      chunks.push({ hour, source, count: times.length, steps: stepsOf(times, from), readings: [...values] });
      const around = within(whole, from - hourMs, to + hourMs);
      for (const [layer, found] of means) {
        for (const [interval, mean] of meansOf(around, layer.stepMs, from, to)) {
          found.push({ source, interval, mean });
        }
      }
    }
  }
  await keepChunks(transaction, chunks);
  for (const [layer, found] of means) await keepMeans(transaction, layer, found);
}

const hoursOf = ({ times }: Run) => [...new Set(times.map((time) => Math.floor(time / hourMs)))];

async function keepChunks(transaction: Kysely<Tables>, chunks: readonly Tables["chunk"][]): Promise<void> {
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
    .where(sql<boolean>`hour = any(${hours}::integer[])`)
    .where(sql<boolean>`source = any(${sources}::integer[])`)
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
