/** A stretch of time, epoch seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const shortest = 300;
const longest = 40 * 366 * 86_400;

/** The range made `factor` times as long around its middle, or around `at`; never in the future. */
export function zoomed(
  { from, to }: TimeRange,
  factor: number,
  now: number,
  at = (from + to) / 2,
): TimeRange {
  const length = Math.min(longest, Math.max(shortest, (to - from) * factor));
  const share = to > from ? (at - from) / (to - from) : 0.5;
  return ended({ from: at - share * length, to: at + (1 - share) * length }, now);
}

/** The range moved by a share of its length; never into the future. */
export function moved({ from, to }: TimeRange, share: number, now: number): TimeRange {
  const by = (to - from) * share;
  return ended({ from: from + by, to: to + by }, now);
}

/** What two ends of a drag mean, in either order; undefined when they are too close to mean anything. */
export function dragged(one: number, other: number, now: number): TimeRange | undefined {
  const range = { from: Math.min(one, other), to: Math.max(one, other) };
  if (range.to - range.from <= 0) return undefined;
  return range.to - range.from < shortest ? zoomed(range, 1, now) : ended(range, now);
}

function ended({ from, to }: TimeRange, now: number): TimeRange {
  const late = Math.max(0, to - now);
  return { from: Math.round(from - late), to: Math.round(to - late) };
}

const moves: Readonly<Record<string, (range: TimeRange, now: number) => TimeRange>> = {
  ArrowLeft: (range, now) => moved(range, -0.25, now),
  ArrowRight: (range, now) => moved(range, 0.25, now),
  PageUp: (range, now) => moved(range, -1, now),
  PageDown: (range, now) => moved(range, 1, now),
  "+": (range, now) => zoomed(range, 0.5, now),
  "=": (range, now) => zoomed(range, 0.5, now),
  "-": (range, now) => zoomed(range, 2, now),
};

/** The range after a key; undefined for a key that means nothing here. */
export const afterKey = (key: string, range: TimeRange, now: number): TimeRange | undefined =>
  moves[key]?.(range, now);
