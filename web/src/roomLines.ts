import type { Site } from "./api.ts";
import { type Line, noLine } from "./chart/line.ts";

/** What the chart of Home shows of one room. */
export interface RoomLines {
  readonly temperature: Line;
  readonly target: Line;
  /** Of all heaters of the room together, W. */
  readonly power: Line;
}

export type Quantity = keyof RoomLines;
export const quantities = ["temperature", "target", "power"] as const satisfies readonly Quantity[];

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

export function linesOf(lines: ReadonlyMap<string, Line>): RoomLines {
  const named = (end: string) => [...lines].filter(([id]) => id.endsWith(end)).map(([, line]) => line);
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
