import { gapLimit, type Run } from "./readings.ts";

export const hourMs = 3_600_000;

/** Means over intervals of `step` seconds; interval `slot` begins at `slot × step` seconds after the epoch. */
export interface Means {
  readonly slots: readonly number[];
  readonly values: readonly number[];
  /** Seconds of the interval that readings cover: value × covered is the integral, and a gap adds nothing. */
  readonly covered: readonly number[];
}

interface Interval {
  weighted: number;
  seconds: number;
  sum: number;
  count: number;
}

/**
 * Time-weighted means. A reading stands for the time since the reading before it, unless a gap lies between;
 * an interval whose readings all follow gaps gets their plain mean and no covered time.
 * @param before time (epoch ms) of the last reading ahead of the run
 */
export function meansOf(run: Run, step: number, before?: number): Means {
  const intervals = new Map<number, Interval>();
  const at = (slot: number) => {
    let interval = intervals.get(slot);
    if (!interval) intervals.set(slot, (interval = { weighted: 0, seconds: 0, sum: 0, count: 0 }));
    return interval;
  };
  const stepMs = step * 1000;
  const limit = gapLimit(run.times);
  let previous = before;
  for (const [i, time] of run.times.entries()) {
    const value = run.values[i] ?? 0;
    const own = at(Math.floor(time / stepMs));
    own.sum += value;
    own.count += 1;
    if (previous !== undefined && time - previous <= limit) {
      for (let from = previous; from < time;) {
        const slot = Math.floor(from / stepMs);
        const to = Math.min(time, (slot + 1) * stepMs);
        const interval = at(slot);
        interval.weighted += (value * (to - from)) / 1000;
        interval.seconds += (to - from) / 1000;
        from = to;
      }
    }
    previous = time;
  }
  const slots = [...intervals.keys()].sort((a, b) => a - b);
  return {
    slots,
    values: slots.map((slot) => meanOf(at(slot))),
    covered: slots.map((slot) => at(slot).seconds),
  };
}

const meanOf = ({ weighted, seconds, sum, count }: Interval) =>
  seconds > 0 ? weighted / seconds : sum / count;
