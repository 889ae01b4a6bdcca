import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterKey, dragged, moved, zoomed } from "./timeRange.ts";

const hour = 3600;
const now = 100 * hour;
const range = { from: 10 * hour, to: 20 * hour };

describe("a range of time", () => {
  it("is zoomed around its middle, or around where one points", () => {
    expect(zoomed(range, 0.5, now)).toEqual({ from: 12.5 * hour, to: 17.5 * hour });
    expect(zoomed(range, 0.5, now, 10 * hour)).toEqual({ from: 10 * hour, to: 15 * hour });
    expect(zoomed(range, 2, now)).toEqual({ from: 5 * hour, to: 25 * hour });
  });

  it("gets no shorter than five minutes", () => {
    const { from, to } = zoomed(range, 1e-6, now);
    expect(to - from).toBe(300);
  });

  it("ends now at the latest", () => {
    expect(moved({ from: now - 2 * hour, to: now }, 0.25, now)).toEqual({ from: now - 2 * hour, to: now });
    expect(zoomed({ from: now - 2 * hour, to: now }, 2, now)).toEqual({ from: now - 4 * hour, to: now });
  });

  it.each([
    ["ArrowLeft", 7.5, 17.5],
    ["ArrowRight", 12.5, 22.5],
    ["PageUp", 0, 10],
    ["PageDown", 20, 30],
    ["+", 12.5, 17.5],
    ["-", 5, 25],
  ])("follows the key %s", (key, from, to) => {
    expect(afterKey(key, range, now)).toEqual({ from: from * hour, to: to * hour });
  });

  it("heeds no other key", () => expect(afterKey("Tab", range, now)).toBeUndefined());

  it("is dragged from either side, and to at least five minutes", () => {
    expect(dragged(12 * hour, 11 * hour, now)).toEqual({ from: 11 * hour, to: 12 * hour });
    expect(dragged(hour, hour, now)).toBeUndefined();
    expect(dragged(hour, hour + 100, now)).toEqual({ from: hour - 100, to: hour + 200 });
  });

  it("is never turned round nor in the future, whatever is done to it", () => {
    const key = fc.constantFrom("ArrowLeft", "ArrowRight", "PageUp", "PageDown", "+", "-");
    fc.assert(
      fc.property(fc.array(key, { maxLength: 80 }), (keys) => {
        let shown = range;
        for (const one of keys) shown = afterKey(one, shown, now) ?? shown;
        expect(shown.to - shown.from).toBeGreaterThanOrEqual(299);
        expect(shown.to).toBeLessThanOrEqual(now);
      }),
    );
  });
});
