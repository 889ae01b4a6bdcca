import type { History, Site } from "./api.ts";

/** A recorded quantity: ascending epoch seconds, and as many values; null is a gap. */
export interface Line {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What the chart shows of one room. */
export interface RoomLines {
  readonly temperature: Line;
  readonly target: Line;
  /** Of all heaters of the room together, W. */
  readonly power: Line;
}

export type Quantity = keyof RoomLines;
export const quantities = ["temperature", "target", "power"] as const satisfies readonly Quantity[];

export const noLine: Line = { times: [], values: [] };
export const noLines: RoomLines = { temperature: noLine, target: noLine, power: noLine };

const mostSeries = 16;

/** The ids of the series that a room's chart needs. */
export function seriesOf(site: Site, sinkId: string): string[] {
  const heaters = site.heaters.filter((heater) => heater.sinkId === sinkId);
  return [
    `sink/${sinkId}/temperature`,
    `sink/${sinkId}/target`,
    ...heaters.map(({ id }) => `heater/${id}/power`),
  ].slice(0, mostSeries);
}

export function linesOf({ series }: History): RoomLines {
  const named = (end: string) => series.filter(({ id }) => id.endsWith(end));
  return {
    temperature: named("/temperature")[0] ?? noLine,
    target: named("/target")[0] ?? noLine,
    power: sumOf(named("/power")),
  };
}

/**
 * The sum of lines whose times differ: each keeps its last value until its next. Where one of them is not known the
 * sum is not known either; before a line's first time it counts as nothing.
 */
export function sumOf(lines: readonly Line[]): Line {
  const [only] = lines;
  if (!only) return noLine;
  if (lines.length === 1) return only;
  const times = [...new Set(lines.flatMap((line) => line.times))].sort((one, other) => one - other);
  const next = lines.map(() => 0);
  const last: (number | null)[] = lines.map(() => 0);
  const values = times.map((time) => {
    for (const [index, line] of lines.entries()) {
      while ((line.times[next[index] ?? 0] ?? Infinity) <= time) {
        last[index] = line.values[next[index] ?? 0] ?? null;
        next[index] = (next[index] ?? 0) + 1;
      }
    }
    return last.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
  });
  return { times, values };
}

export interface LivePoint {
  readonly time: number;
  readonly values: Readonly<Record<Quantity, number | null>>;
}

export function livePointOf(site: Site, sinkId: string): LivePoint | undefined {
  const sink = site.sinks.find(({ id }) => id === sinkId);
  if (!sink) return undefined;
  const drawn = site.heaters.filter((heater) => heater.sinkId === sinkId).map(({ watts }) => watts);
  const power = drawn.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  return {
    time: Date.parse(site.now) / 1000,
    values: { temperature: sink.temperatureC, target: sink.comfort.targetC, power },
  };
}

/** Appends what has been seen live since the recorded lines end; a step longer than `gapSeconds` is a gap. */
export function withLive(lines: RoomLines, points: readonly LivePoint[], gapSeconds: number): RoomLines {
  const appended = (quantity: Quantity): Line => {
    const line = lines[quantity];
    const times = [...line.times];
    const values = [...line.values];
    for (const point of points) {
      const last = times.at(-1);
      if (last !== undefined && point.time <= last) continue;
      if (last !== undefined && point.time - last > gapSeconds) {
        times.push(last + gapSeconds / 2);
        values.push(null);
      }
      times.push(point.time);
      values.push(point.values[quantity]);
    }
    return { times, values };
  };
  return { temperature: appended("temperature"), target: appended("target"), power: appended("power") };
}

/** The part of a line from `from` on, with the value that held there. */
export function since({ times, values }: Line, from: number): Line {
  const first = times.findIndex((time) => time >= from);
  if (first === -1) return noLine;
  const start = Math.max(0, first - 1);
  return { times: times.slice(start), values: values.slice(start) };
}

export interface Summary {
  readonly min: number;
  readonly max: number;
  /** Weighted by time; gaps are left out. */
  readonly mean: number;
  readonly last: number | null;
  readonly gaps: number;
}

/** What a line says in numbers; undefined when nothing is known. */
export function summaryOf({ times, values }: Line): Summary | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  let weighted = 0;
  let seconds = 0;
  let gaps = 0;
  for (const [index, value] of values.entries()) {
    const isGap = value === null;
    if (isGap && index > 0 && index < values.length - 1 && values[index - 1] !== null) gaps++;
    const next = times[index + 1];
    if (isGap || next === undefined || values[index + 1] === null) continue;
    const held = next - (times[index] ?? next);
    weighted += value * held;
    seconds += held;
  }
  const [first = 0] = known;
  return {
    min: known.reduce((least, value) => Math.min(least, value), first),
    max: known.reduce((most, value) => Math.max(most, value), first),
    mean: seconds > 0 ? weighted / seconds : first,
    last: values.at(-1) ?? null,
    gaps,
  };
}
