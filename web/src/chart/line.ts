/** A recorded quantity: ascending epoch seconds, and as many values; null is a gap. */
export interface Line {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

export const noLine: Line = { times: [], values: [] };

/** A value seen live, at epoch seconds. */
export interface Point {
  readonly time: number;
  readonly value: number | null;
}

/** Appends what has been seen live since a recorded line ends; a step longer than `gapSeconds` is a gap. */
export function withLive(line: Line, points: readonly Point[], gapSeconds: number): Line {
  const times = [...line.times];
  const values = [...line.values];
  for (const { time, value } of points) {
    const last = times.at(-1);
    if (last !== undefined && time <= last) continue;
    if (last !== undefined && time - last > gapSeconds) {
      times.push(last + gapSeconds / 2);
      values.push(null);
    }
    times.push(time);
    values.push(value);
  }
  return { times, values };
}

/** The part of a line from `from` on, with the value that held there. */
export function since({ times, values }: Line, from: number): Line {
  const first = times.findIndex((time) => time >= from);
  if (first === -1) return noLine;
  const start = Math.max(0, first - 1);
  return { times: times.slice(start), values: values.slice(start) };
}

/** The value that held at a time; the newest without one. */
export function valueAt({ times, values }: Line, at: number | undefined): number | null {
  if (at === undefined) return values.at(-1) ?? null;
  return values[times.findLastIndex((time) => time <= at)] ?? null;
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
