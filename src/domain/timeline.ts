import type { Instant } from "./time.ts";

/** A value that holds from one instant until another. */
export interface Span<Value> {
  readonly from: Instant;
  /** Not part of it. */
  readonly until: Instant;
  readonly value: Value;
}

/** Spans in the order of time that do not overlap; there may be gaps. */
export type Timeline<Value> = readonly Span<Value>[];

/** The span that holds at an instant. */
export function spanAt<Value>(timeline: Timeline<Value>, at: Instant): Span<Value> | undefined {
  let [low, high] = [0, timeline.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const span = timeline[middle];
    if (span && span.until <= at) low = middle + 1;
    else high = middle;
  }
  const found = timeline[low];
  return found && found.from <= at ? found : undefined;
}

/** Spans in any order as a timeline: where two overlap, the one that begins later ends the other. Empty ones go. */
export function timelineOf<Value>(spans: readonly Span<Value>[]): Timeline<Value> {
  const inOrder = spans
    .filter(({ from, until }) => from < until)
    .toSorted((one, other) => one.from - other.from || one.until - other.until);
  return inOrder.flatMap((span, index) => {
    const next = inOrder[index + 1];
    const until = next && next.from < span.until ? next.from : span.until;
    return span.from < until ? [{ ...span, until }] : [];
  });
}

/** What a newer timeline says, and of an older one what the newer says nothing about. */
export function overlaid<Value>(older: Timeline<Value>, newer: Timeline<Value>): Timeline<Value> {
  const rest: Span<Value>[] = [];
  let index = 0;
  for (const span of older) {
    let { from } = span;
    while ((newer[index]?.until ?? Infinity) <= from) index += 1;
    for (let at = index; from < span.until; at++) {
      const next = newer[at];
      if (!next || next.from >= span.until) {
        rest.push({ ...span, from });
        break;
      }
      if (next.from > from) rest.push({ ...span, from, until: next.from });
      from = next.until > from ? next.until : from;
    }
  }
  return [...rest, ...newer].toSorted((one, other) => one.from - other.from);
}

/** The part of a timeline that lies between two instants, cut at both. */
export function within<Value>(timeline: Timeline<Value>, from: Instant, until: Instant): Timeline<Value> {
  return timeline
    .filter((span) => span.until > from && span.from < until)
    .map((span) => ({
      ...span,
      from: span.from < from ? from : span.from,
      until: span.until > until ? until : span.until,
    }));
}

/** The mean over time of what is known of a stretch; undefined where nothing is. */
export function meanWithin<Value>(
  timeline: Timeline<Value>,
  from: Instant,
  until: Instant,
  of: (value: Value) => number,
): number | undefined {
  const parts = within(timeline, from, until);
  const length = parts.reduce((sum, part) => sum + (part.until - part.from), 0);
  if (length === 0) return undefined;
  return parts.reduce((sum, part) => sum + of(part.value) * (part.until - part.from), 0) / length;
}
