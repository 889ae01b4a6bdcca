/** Readings of one source: parallel arrays, ascending in time (epoch ms), one reading an instant. */
export interface Run {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Both runs in one; where they share an instant `later` wins. */
export function mergeRuns(earlier: Run, later: Run): Run {
  const byTime = new Map<number, number>();
  for (const run of [earlier, later]) {
    for (const [i, time] of run.times.entries()) byTime.set(time, run.values[i] ?? 0);
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return { times, values: times.map((time) => byTime.get(time) ?? 0) };
}

/** Each time as milliseconds since the one before, the first since `start`: repeats itself and so packs well. */
export function stepsOf(times: readonly number[], start: number): number[] {
  let previous = start;
  return times.map((time) => {
    const step = time - previous;
    previous = time;
    return step;
  });
}

/** The inverse of `stepsOf`. */
export function timesOf(steps: readonly number[], start: number): number[] {
  let time = start;
  return steps.map((step) => (time += step));
}

/** Readings further apart than this, ms, have a gap between them: three times the median step. */
export function gapLimit(times: readonly number[]): number {
  const steps = stepsOf(times, times[0] ?? 0).slice(1);
  steps.sort((a, b) => a - b);
  return 3 * (steps[Math.floor(steps.length / 2)] ?? 0);
}
