import { gapLimit, type Run } from "./readings.ts";

/** Means of a source over intervals of `stepMs`; interval n begins at n × stepMs after the epoch. */
export interface Mean {
  readonly value: number;
  /** Seconds of the interval that readings cover: value × covered is the integral, and a gap adds nothing. */
  readonly covered: number;
}
export type Means = ReadonlyMap<number, Mean>;

interface Sums {
  integral: number;
  covered: number;
  sum: number;
  count: number;
}

/**
 * Means over the window [from, to), of which both ends lie between intervals. Between two readings the value is taken
 * to go straight from one to the other; across a gap nothing is known. An interval in which no two readings are
 * neighbours gets their plain mean and covers nothing.
 * @param run may reach beyond the window, so that neighbours there count up to its edge
 */
export function meansOf(run: Run, stepMs: number, from: number, to: number): Means {
  const sums = new Map<number, Sums>();
  const sumsAt = (interval: number) => {
    let found = sums.get(interval);
    if (!found) sums.set(interval, (found = { integral: 0, covered: 0, sum: 0, count: 0 }));
    return found;
  };
  const limit = gapLimit(run.times);
  for (const [i, time] of run.times.entries()) {
    const value = run.values[i] ?? 0;
    if (time >= from && time < to) {
      const own = sumsAt(Math.floor(time / stepMs));
      own.sum += value;
      own.count += 1;
    }
    const before = run.times[i - 1];
    if (before === undefined || time - before > limit) continue;
    const start = run.values[i - 1] ?? 0;
    const slope = (value - start) / (time - before);
    const end = Math.min(time, to);
    for (let at = Math.max(before, from); at < end;) {
      const interval = Math.floor(at / stepMs);
      const next = Math.min(end, (interval + 1) * stepMs);
      const seconds = (next - at) / 1000;
      const found = sumsAt(interval);
      found.integral += (start + slope * ((at + next) / 2 - before)) * seconds;
      found.covered += seconds;
      at = next;
    }
  }
  return new Map([...sums].map(([interval, found]) => [interval, meanOf(found)]));
}

function meanOf({ integral, covered, sum, count }: Sums): Mean {
  return { value: covered > 0 ? integral / covered : sum / count, covered };
}

/** One mean of several, each weighing what it covers. */
export function combine(means: readonly Mean[]): Mean {
  const covered = means.reduce((total, mean) => total + mean.covered, 0);
  const weight = (mean: Mean) => (covered > 0 ? mean.covered / covered : 1 / means.length);
  return { value: means.reduce((total, mean) => total + mean.value * weight(mean), 0), covered };
}
