import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsOfTarget, decodeTarget, encodeTarget, maxTarget, meetsTarget, targetOfBits } from "./target.ts";

describe("the compact form", () => {
  it.each([
    [0x1d00ffff, 0xffffn << 208n],
    [0x1b0404cb, 0x0404cbn << 192n],
    [0x207fffff, 0x7fffffn << 232n],
    [0x03123456, 0x123456n],
    [0x02123456, 0x1234n],
    [0x01123456, 0x12n],
    [0x05009234, 0x92340000n],
    [0x1a44b9f2, 0x44b9f2n << 184n],
  ])("%i stands for %i", (bits, target) => {
    expect(targetOfBits(bits)).toBe(target);
  });

  it.each([
    [0x01003456, "zero"],
    [0x00000000, "zero"],
    [0x1d000000, "zero"],
    [0x04923456, "negative"],
    [0x1d80ffff, "negative"],
    [0x01fedcba, "negative"],
    [0x23000001, "above 256 bits"],
    [0x2200ffff, "above 256 bits"],
    [0x21ffff00 & ~0x800000, "above 256 bits"],
    [0xff123456, "above 256 bits"],
  ])("%i is refused as %s", (bits, why) => {
    expect(() => targetOfBits(bits)).toThrow(why);
  });

  it("goes both ways for every target that it can hold", () => {
    const word = fc.integer({ min: 0x8000, max: 0x7fffff });
    fc.assert(
      fc.property(word, fc.integer({ min: 3, max: 32 }), (word, size) => {
        const bits = ((size << 24) | word) >>> 0;
        expect(bitsOfTarget(targetOfBits(bits))).toBe(bits);
      }),
    );
  });

  it("rounds other targets down by less than one part in 2^15", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: maxTarget }), (target) => {
        const rounded = targetOfBits(bitsOfTarget(target));
        expect(rounded <= target).toBe(true);
        expect((target - rounded) << 15n <= target).toBe(true);
      }),
    );
  });
});

describe("a target in bytes", () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  it("is little-endian", () => {
    expect(encodeTarget(0x0102n).subarray(0, 3)).toEqual(Uint8Array.of(2, 1, 0));
  });
  it("is the number it was", () => {
    fc.assert(
      fc.property(bytes, (target) => {
        expect(encodeTarget(decodeTarget(target))).toEqual(target);
      }),
    );
  });
  it("is met by what is at most as large", () => {
    fc.assert(
      fc.property(bytes, bytes, (hash, target) => {
        expect(meetsTarget(hash, target)).toBe(decodeTarget(hash) <= decodeTarget(target));
        expect(meetsTarget(hash, hash)).toBe(true);
      }),
    );
  });
});
