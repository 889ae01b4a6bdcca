import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant } from "./time.ts";
import { meanWithin, overlaid, type Span, spanAt, timelineOf, within } from "./timeline.ts";

const span = (from: number, until: number, value: string): Span<string> => ({
  from: Instant(from),
  until: Instant(until),
  value,
});
const told = (spans: readonly Span<string>[]) =>
  spans.map(({ from, until, value }) => `${from}-${until} ${value}`);

const anySpans = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: -2, max: 20 }),
      fc.constantFrom("a", "b", "c"),
    ),
    {
      maxLength: 12,
    },
  )
  .map((raw) => raw.map(([from, length, value]) => span(from, from + length, value)));
const instants = Array.from({ length: 90 }, (_, at) => Instant(at));

describe("a timeline", () => {
  it("knows what holds when: from its beginning on, and no more at its end", () => {
    const timeline = timelineOf([span(10, 20, "a"), span(20, 30, "b"), span(40, 50, "c")]);
    expect([9, 10, 19, 20, 30, 39, 40, 49, 50].map((at) => spanAt(timeline, Instant(at))?.value)).toEqual([
      undefined,
      "a",
      "a",
      "b",
      undefined,
      undefined,
      "c",
      "c",
      undefined,
    ]);
  });

  it("is cut at both ends", () => {
    const timeline = timelineOf([span(0, 10, "a"), span(10, 20, "b")]);
    expect(told(within(timeline, Instant(5), Instant(12)))).toEqual(["5-10 a", "10-12 b"]);
  });

  it("is in order and never overlaps, whatever it is made of", () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const timeline = timelineOf(spans);
        timeline.forEach(({ from, until }, index) => {
          expect(from).toBeLessThan(until);
          expect(until).toBeLessThanOrEqual(timeline[index + 1]?.from ?? Infinity);
        });
      }),
    );
  });

  it("laid over another says what the newer says, and else what the older says", () => {
    fc.assert(
      fc.property(anySpans, anySpans, (one, other) => {
        const [older, newer] = [timelineOf(one), timelineOf(other)];
        const both = overlaid(older, newer);
        for (const at of instants) {
          expect(spanAt(both, at)?.value).toBe((spanAt(newer, at) ?? spanAt(older, at))?.value);
        }
        both.forEach(({ until }, index) =>
          expect(until).toBeLessThanOrEqual(both[index + 1]?.from ?? Infinity),
        );
      }),
    );
  });

  it("has a mean over time of what is known of a stretch, and none where nothing is", () => {
    const spans = [span(0, 10, "1"), span(10, 20, "4"), span(30, 40, "100")];
    const mean = (from: number, until: number) =>
      meanWithin(spans, Instant(from), Instant(until), (value) => Number(value));
    expect(mean(5, 15)).toBe(2.5);
    expect(mean(8, 20)).toBe((2 * 1 + 10 * 4) / 12);
    expect(mean(15, 30)).toBe(4);
    expect(mean(20, 30)).toBeUndefined();
  });
});
