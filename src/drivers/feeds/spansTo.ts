import { Instant, type Span, type Timeline } from "../../domain/index.ts";

/** Values that each begin at an instant, as a timeline: each holds until the next, and none for longer than `longestMs`. */
export function untilNext<Value>(
  starts: readonly { readonly from: Instant; readonly value: Value }[],
  longestMs: number,
): Timeline<Value> {
  const inOrder = starts.toSorted((one, other) => one.from - other.from);
  return inOrder.flatMap(({ from, value }, index): Span<Value>[] => {
    const next = inOrder[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const until = Instant(Math.min(next, from + longestMs));
    return until > from ? [{ from, until, value }] : [];
  });
}

/** The usual distance between neighbours, ms: the smallest, or `otherwise` where there are none. */
export function stepOf(instants: readonly Instant[], otherwise: number): number {
  const inOrder = instants.toSorted((one, other) => one - other);
  const steps = inOrder.slice(1).map((at, index) => at - (inOrder[index] ?? at));
  return Math.min(...steps.filter((step) => step > 0), otherwise);
}
