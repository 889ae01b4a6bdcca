import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreeWithin } from "./agreement.ts";

const bytes = (...values: readonly number[]) => new Uint8Array(new Float64Array(values).buffer);
const tolerance = { absolute: 0.01, relative: 0.001 };

describe("outputs of floats", () => {
  it.each([
    ["that are the same", [1, 2], [1, 2], true],
    ["within the absolute part", [0], [0.009], true],
    ["within both", [1000], [1001], true],
    ["beyond both", [1000], [1001.1], false],
    ["of which one is beyond", [1, 2, 3], [1, 2, 3.1], false],
    ["that are not numbers", [Number.NaN], [Number.NaN], true],
    ["of which one is no number", [Number.NaN], [0], false],
    ["that are infinite alike", [Infinity], [Infinity], true],
    ["that are infinite to both sides", [Infinity], [-Infinity], false],
    ["that are infinite and finite", [Infinity], [Number.MAX_VALUE], false],
    ["of zeros of both signs", [0], [-0], true],
    ["of which one is longer", [1], [1, 2], false],
  ])("%s", (_what, one, other, isAgreed) => {
    expect(agreeWithin(bytes(...one), bytes(...other), tolerance)).toBe(isAgreed);
    expect(agreeWithin(bytes(...other), bytes(...one), tolerance)).toBe(isAgreed);
  });

  it("agree to the byte where they are no floats", () => {
    expect(agreeWithin(new Uint8Array([1, 2]), new Uint8Array([1, 2]), tolerance)).toBe(true);
    expect(agreeWithin(new Uint8Array([1, 2]), new Uint8Array([1, 3]), tolerance)).toBe(false);
  });

  it("agree with themselves, whatever they are, also without any tolerance", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
        expect(agreeWithin(any, any.slice(), { absolute: 0, relative: 0 })).toBe(true);
      }),
    );
  });
});
