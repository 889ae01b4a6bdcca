import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterKey,
  dialSize,
  dragged,
  fractionOf,
  fractionTowards,
  pointAt,
  ringRadius,
  snapped,
  stepped,
  valueAt,
} from "./dialGeometry.ts";

const scale = { min: 5, max: 25.7 };

describe("the dial's scale", () => {
  it("finds under a pointer the value that is drawn there", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (fraction) => {
        const { x, y } = pointAt(fraction, ringRadius);
        const found = fractionTowards({ x: x - dialSize / 2, y: y - dialSize / 2 });
        expect(found).toBeCloseTo(fraction, 6);
        expect(fractionOf(valueAt(fraction, scale), scale)).toBeCloseTo(fraction, 6);
      }),
    );
  });

  it("takes the nearer end in the gap below", () => {
    expect(fractionTowards({ x: -1, y: 50 })).toBe(0);
    expect(fractionTowards({ x: 1, y: 50 })).toBe(1);
  });

  it("does not jump over the gap while it is dragged", () => {
    expect(dragged(0.98, 0.01)).toBe(1);
    expect(dragged(0.02, 0.99)).toBe(0);
    expect(dragged(0.4, 0.6)).toBe(0.6);
  });

  it("never leaves the scale", () => {
    const anything = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(anything, fc.constantFrom(0.1, 0.5), (value, step) => {
        for (const result of [
          snapped(value, step, scale),
          stepped(value, 1, step, scale),
          stepped(value, -1, step, scale),
        ]) {
          expect(result).toBeGreaterThanOrEqual(scale.min);
          expect(result).toBeLessThanOrEqual(scale.max);
        }
      }),
    );
  });
});

describe("keys", () => {
  const press = (key: string, value: number, altKey = false) => afterKey({ key, altKey }, value, scale);

  it.each([
    ["ArrowUp", 20, 20.5],
    ["ArrowRight", 20.3, 20.5],
    ["ArrowDown", 20.5, 20],
    ["ArrowLeft", 20.3, 20],
    ["PageUp", 20, 22],
    ["PageDown", 6, 5],
    ["Home", 20, 5],
    ["End", 20, 25.7],
    ["ArrowUp", 25.5, 25.7],
    ["ArrowDown", 25.7, 25.5],
  ])("%s at %s gives %s", (key, value, next) => expect(press(key, value)).toBe(next));

  it("moves by a tenth with Alt", () => {
    expect(press("ArrowUp", 20, true)).toBe(20.1);
    expect(press("ArrowDown", 20.1, true)).toBe(20);
  });

  it("leaves other keys alone", () => expect(press("a", 20)).toBeUndefined());
});
