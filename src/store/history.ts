import { sql } from "kysely";
import type { Instant, SeriesId } from "../domain/index.ts";
import type { Database } from "./database.ts";
import { hourMs } from "./means.ts";
import { gapLimit, mergeRuns, type Run, timesOf } from "./readings.ts";
import type { Resolution, StoredSeries } from "./store.ts";

export const mostPoints = 2000;

/** Raw readings of each series in [from, to). */
export async function rawHistory(
  database: Database,
  series: readonly SeriesId[],
  from: Instant,
  to: Instant,
): Promise<Map<SeriesId, Run>> {
  const { db } = database;
  const runs = new Map<SeriesId, Run>(series.map((id) => [id, { times: [], values: [] }]));
  const sources = await db
    .selectFrom("source")
    .select(["id", "series"])
    .where("series", "in", [...series])
    .execute();
  if (sources.length === 0) return runs;
  const seriesOf = new Map(sources.map(({ id, series: name }) => [id, name as SeriesId]));
  const add = (source: number, run: Run) => {
    const id = seriesOf.get(source);
    if (id) runs.set(id, mergeRuns(runs.get(id) ?? run, within(run, from, to)));
  };
  const chunks = await db
    .selectFrom("chunk")
    .selectAll()
    .where("hour", ">=", Math.floor(from / hourMs))
    .where("hour", "<", Math.ceil(to / hourMs))
    .where("source", "in", [...seriesOf.keys()])
    .orderBy("hour")
    .execute();
  for (const { source, hour, steps, readings } of chunks) {
    add(source, { times: timesOf(steps, hour * hourMs), values: readings });
  }
  const { rows } = await sql<{ source: number; time: number; reading: number }>`
    select r.source, r.time, r.reading
    from tick, unnest(sources, times, readings) as r (source, time, reading)
    where r.source = any(${[...seriesOf.keys()]}::smallint[]) and r.time >= ${from} and r.time < ${to}
    order by r.time`.execute(db);
  for (const id of seriesOf.keys()) {
    const own = rows.filter(({ source }) => source === id);
    if (own.length > 0) {
      add(id, { times: own.map(({ time }) => time), values: own.map(({ reading }) => reading) });
    }
  }
  return runs;
}

export async function readHistory(
  database: Database,
  series: readonly SeriesId[],
  from: Instant,
  to: Instant,
): Promise<{ readonly resolution: Resolution; readonly series: readonly StoredSeries[] }> {
  const runs = series.length === 0 ? new Map<SeriesId, Run>() : await rawHistory(database, series, from, to);
  return { resolution: "raw", series: [...runs].map(([id, run]) => plotted(id, run)) };
}

function within({ times, values }: Run, from: number, to: number): Run {
  const kept = [...times.keys()].filter((i) => (times[i] ?? 0) >= from && (times[i] ?? 0) < to);
  return { times: kept.map((i) => times[i] ?? 0), values: kept.map((i) => values[i] ?? 0) };
}

/** With a null behind each run of readings that a gap follows. */
function plotted(id: SeriesId, { times, values }: Run): StoredSeries {
  const limit = gapLimit(times);
  const at: Instant[] = [];
  const shown: (number | null)[] = [];
  for (const [i, time] of times.entries()) {
    const previous = times[i - 1];
    if (previous !== undefined && time - previous > limit) {
      at.push((previous + 1) as Instant);
      shown.push(null);
    }
    at.push(time as Instant);
    shown.push(values[i] ?? null);
  }
  return { id, at, values: shown };
}
