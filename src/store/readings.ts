export const hourMs = 3_600_000;

/** Readings of one source: parallel arrays, ascending in time (epoch ms), one reading an instant. */
export interface Run {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export const noReadings: Run = { times: [], values: [] };

/** All runs in one; where they share an instant the later run wins. */
export function mergeRuns(runs: readonly Run[]): Run {
  const filled = runs.filter(({ times }) => times.length > 0);
  const inOrder = filled.every(
    ({ times }, i) => i === 0 || (filled[i - 1]?.times.at(-1) ?? Infinity) < (times[0] ?? -Infinity),
  );
  if (inOrder) {
    return { times: filled.flatMap(({ times }) => times), values: filled.flatMap(({ values }) => values) };
  }
  return runOf(
    filled.flatMap(({ times, values }) => times.map((time, i) => [time, values[i] ?? 0] as const)),
  );
}

/** A run of readings in any order; of those at one instant the last wins. */
export function runOf(readings: Iterable<readonly [time: number, value: number]>): Run {
  const byTime = new Map(readings);
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return { times, values: times.map((time) => byTime.get(time) ?? 0) };
}

/** The part of a run in [from, to). */
export function within({ times, values }: Run, from: number, to: number): Run {
  const first = lowerBound(times, from);
  const end = lowerBound(times, to);
  return { times: times.slice(first, end), values: values.slice(first, end) };
}

function lowerBound(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each time as milliseconds since the one before, the first since `start`: repeats itself, and so packs well. */
export function stepsOf(times: readonly number[], start: number): number[] {
  return times.map((time, i) => time - (times[i - 1] ?? start));
}

/** The inverse of `stepsOf`. */
export function timesOf(steps: readonly number[], start: number): number[] {
  let time = start;
  return steps.map((step) => (time += step));
}

const longestGapMs = 15 * 60_000;

/**
 * Readings further apart than this, ms, have a gap between them, in which nothing is known: three times the usual step,
 * and never more than a quarter of an hour.
 */
export function gapLimit(times: readonly number[]): number {
  const steps = stepsOf(times, times[0] ?? 0).slice(1);
  steps.sort((a, b) => a - b);
  return Math.min(longestGapMs, 3 * (steps[Math.floor(steps.length / 2)] ?? 0));
}
