import { type Kysely, sql } from "kysely";
import type { Instant, SeriesId } from "../domain/index.ts";
import type { Database, Tables } from "./database.ts";
import { runsOfChunks, type Runs } from "./fold.ts";
import { slotsOf } from "./meanRows.ts";
import { type Mean, meansOf } from "./means.ts";
import { plotMeans, plotReadings } from "./plot.ts";
import { hourMs, mergeRuns, noReadings, runOf, within } from "./readings.ts";
import { latestMs } from "./recordTick.ts";
import { fiveMinutes, hours, type MeanLayer } from "./resolutions.ts";
import type { Resolution, StoredSeries } from "./store.ts";

/** The most points of a series in an answer, the marks of gaps among them. */
export const mostPoints = 2000;

interface History {
  readonly resolution: Resolution;
  readonly series: readonly StoredSeries[];
}

/** One question, and what answers at every resolution need. */
interface Question {
  readonly transaction: Kysely<Tables>;
  readonly from: number;
  readonly to: number;
  /** Each series' sources, one for each provenance. */
  readonly sources: ReadonlyMap<SeriesId, readonly number[]>;
  readonly numbers: readonly number[];
  /** Readings that are not packed yet. */
  readonly recent: Runs;
}

/** Readings or means with from ≤ time < to; a mean's time is the beginning of its interval. */
export async function readHistory(
  { reader }: Database,
  series: readonly SeriesId[],
  from: Instant,
  to: Instant,
): Promise<History> {
  return atOneTime(reader, async (transaction) => {
    const question = await ask(transaction, series, from, to);
    const since = await readHorizons(transaction);
    for (const [resolution, answer] of answers) {
      if ((since.get(resolution) ?? -Infinity) > from) continue;
      const found = await answer(question);
      if (found?.every(({ at }) => at.length <= mostPoints)) return { resolution, series: found };
    }
    return { resolution: "hour", series: await hourlyMeans(question) };
  });
}

const answers = new Map<Resolution, (question: Question) => Promise<StoredSeries[] | undefined>>([
  ["raw", fewReadings],
  ["5min", (question) => fiveMinuteMeans(question)],
]);

/** As `readHistory`, at one resolution and without a bound on the points. */
export async function readRecorded(
  { reader }: Database,
  series: readonly SeriesId[],
  from: Instant,
  to: Instant,
  resolution: Resolution,
): Promise<readonly StoredSeries[]> {
  return atOneTime(reader, async (transaction) => {
    const question = await ask(transaction, series, from, to);
    if (resolution === "raw") return rawReadings(question);
    return plotLayer(question, resolution === "5min" ? fiveMinutes : hours, 1);
  });
}

const atOneTime = <T>(db: Kysely<Tables>, read: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel("repeatable read").execute(read);

async function ask(
  transaction: Kysely<Tables>,
  series: readonly SeriesId[],
  start: number,
  end: number,
): Promise<Question> {
  const [from, to] = [Math.max(-latestMs, start), Math.min(latestMs, end)];
  const rows = await transaction.selectFrom("source").select(["id", "series"]).execute();
  const sources = new Map(
    series.map((id) => [id, rows.filter((row) => row.series === id).map((row) => row.id)] as const),
  );
  const numbers = [...sources.values()].flat();
  const recent = await readRecent(transaction, numbers, from, to);
  return { transaction, from, to, sources, numbers, recent };
}

async function readRecent(
  transaction: Kysely<Tables>,
  numbers: readonly number[],
  from: number,
  to: number,
): Promise<Runs> {
  const { rows } = await sql<{ source: number; time: number; reading: number }>`
    select r.source, r.time, r.reading
    from tick, unnest(tick.sources, tick.times, tick.readings) as r (source, time, reading)
    where r.source = any(${numbers}::integer[])
      and r.time >= ${Math.floor(from)}::bigint and r.time < ${Math.ceil(to)}::bigint
    order by tick.id`.execute(transaction);
  const bySource = Map.groupBy(rows, ({ source }) => source);
  return new Map(
    [...bySource].map(([source, found]) => [
      source,
      runOf(found.map(({ time, reading }) => [time, reading] as const)),
    ]),
  );
}

async function readHorizons(transaction: Kysely<Tables>): Promise<Map<string, number>> {
  const rows = await transaction.selectFrom("horizon").selectAll().where("since", "!=", 0).execute();
  return new Map(rows.map(({ resolution, since }) => [resolution, since]));
}

/** Undefined when a glance shows that they are too many. */
async function fewReadings(question: Question): Promise<StoredSeries[] | undefined> {
  const { transaction, from, to, numbers } = question;
  if (numbers.length === 0) return rawReadings(question);
  const whole = await transaction
    .selectFrom("chunk")
    .where("source", "in", numbers)
    .where("hour", ">=", Math.ceil(from / hourMs))
    .where("hour", "<", Math.floor(to / hourMs))
    .groupBy("source")
    .select(({ fn }) => ["source", fn.sum<string>("count").as("total")])
    .execute();
  return whole.some(({ total }) => Number(total) > mostPoints) ? undefined : rawReadings(question);
}

async function rawReadings(question: Question): Promise<StoredSeries[]> {
  const { transaction, from, to, sources, numbers, recent } = question;
  if (numbers.length === 0) return plotEach(question, (id) => plotReadings(id, noReadings));
  const chunks = runsOfChunks(
    await transaction
      .selectFrom("chunk")
      .where("source", "in", numbers)
      .where("hour", ">=", Math.floor(from / hourMs))
      .where("hour", "<", Math.ceil(to / hourMs))
      .select(["hour", "source", "steps", "readings"])
      .orderBy("hour")
      .execute(),
  );
  return plotEach(question, (id) => {
    const runs = (sources.get(id) ?? []).flatMap((number) => [
      chunks.get(number) ?? noReadings,
      recent.get(number) ?? noReadings,
    ]);
    return plotReadings(id, within(mergeRuns(runs), from, to));
  });
}

async function fiveMinuteMeans(question: Question): Promise<StoredSeries[] | undefined> {
  if ((await readSpan(question, fiveMinutes)) > mostPoints) return undefined;
  return plotLayer(question, fiveMinutes, 1);
}

/** Means over so many hours that they are few enough. */
async function hourlyMeans(question: Question): Promise<StoredSeries[]> {
  const span = await readSpan(question, hours);
  return plotLayer(question, hours, Math.max(1, Math.ceil(span / (mostPoints - 2))));
}

/** How many intervals lie in the part of the question's window for which anything is known, give or take a row. */
async function readSpan({ transaction, from, to, recent }: Question, layer: MeanLayer): Promise<number> {
  const { stepMs, perRow } = layer;
  const { oldest, newest } = await transaction
    .selectFrom("mean")
    .where("step", "=", stepMs / 1000)
    .select(({ fn }) => [
      fn.min<number | null>("period").as("oldest"),
      fn.max<number | null>("period").as("newest"),
    ])
    .executeTakeFirstOrThrow();
  const periodMs = stepMs * perRow;
  const recentTimes = [...recent.values()].flatMap(({ times }) => [times[0] ?? to, times.at(-1) ?? from]);
  const first = Math.min(...recentTimes, oldest === null ? to : oldest * periodMs);
  const last = Math.max(...recentTimes, newest === null ? from : (newest + 1) * periodMs);
  return (Math.min(to, last) - Math.max(from, first)) / stepMs;
}

async function plotLayer(question: Question, layer: MeanLayer, width: number): Promise<StoredSeries[]> {
  const { sources, recent } = question;
  const stepMs = layer.stepMs;
  const from = Math.ceil(question.from / stepMs);
  const to = Math.ceil(question.to / stepMs);
  const kept = await readMeans(question, layer);
  return plotEach(question, (id) => {
    const means = new Map<number, Mean[]>();
    const add = (interval: number, mean: Mean) => {
      if (interval < from || interval >= to) return;
      const known = means.get(interval);
      if (known) known.push(mean);
      else means.set(interval, [mean]);
    };
    for (const number of sources.get(id) ?? []) {
      for (const [interval, mean] of kept.get(number) ?? []) add(interval, mean);
      const run = recent.get(number) ?? noReadings;
      for (const [interval, mean] of meansOf(run, stepMs, from * stepMs, to * stepMs)) add(interval, mean);
    }
    return plotMeans(id, means, stepMs, width);
  });
}

async function readMeans(question: Question, layer: MeanLayer): Promise<Map<number, [number, Mean][]>> {
  const { transaction, from, to, numbers } = question;
  const means = new Map<number, [number, Mean][]>(numbers.map((number) => [number, []]));
  if (numbers.length === 0) return means;
  const periodMs = layer.stepMs * layer.perRow;
  const rows = await transaction
    .selectFrom("mean")
    .selectAll()
    .where("step", "=", layer.stepMs / 1000)
    .where("period", ">=", Math.floor(from / periodMs))
    .where("period", "<", Math.ceil(to / periodMs))
    .where("source", "in", numbers)
    .execute();
  for (const row of rows) {
    const found = means.get(row.source);
    for (const [slot, mean] of slotsOf(row)) found?.push([row.period * layer.perRow + slot, mean]);
  }
  return means;
}

function plotEach({ sources }: Question, plot: (id: SeriesId) => StoredSeries): StoredSeries[] {
  return [...sources.keys()].map(plot);
}
