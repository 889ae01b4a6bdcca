import type { Instant, SeriesId } from "../domain/index.ts";
import { combine, type Mean } from "./means.ts";
import { gapLimit, type Run } from "./readings.ts";
import type { StoredSeries } from "./store.ts";

/** Readings as a plot shows them: null where the next one is missing. */
export function plotReadings(id: SeriesId, { times, values }: Run): StoredSeries {
  return plot(id, times, values, gapLimit(times));
}

/**
 * Means as a plot shows them, each at the beginning of its interval; null for the first interval of a gap.
 * @param width how many intervals make up one point
 */
export function plotMeans(
  id: SeriesId,
  means: ReadonlyMap<number, readonly Mean[]>,
  stepMs: number,
  width: number,
): StoredSeries {
  const points = new Map<number, Mean[]>();
  for (const [interval, found] of means) {
    const point = Math.floor(interval / width);
    points.set(point, [...(points.get(point) ?? []), ...found]);
  }
  const order = [...points.keys()].sort((a, b) => a - b);
  const pointMs = stepMs * width;
  return plot(
    id,
    order.map((point) => point * pointMs),
    order.map((point) => combine(points.get(point) ?? []).value),
    pointMs,
  );
}

function plot(
  id: SeriesId,
  times: readonly number[],
  values: readonly number[],
  limit: number,
): StoredSeries {
  const at: Instant[] = [];
  const shown: (number | null)[] = [];
  for (const [i, time] of times.entries()) {
    const before = times[i - 1] ?? time;
    if (time - before > limit) {
      at.push(Math.min(before + limit, time - 1) as Instant);
      shown.push(null);
    }
    at.push(time as Instant);
    shown.push(values[i] ?? null);
  }
  return { id, at, values: shown };
}
