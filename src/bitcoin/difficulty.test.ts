import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difficultyOfHash, difficultyOfTarget, targetOfDifficulty } from "./difficulty.ts";
import { parseHash } from "./hash.ts";
import { maxTarget, targetOfBits } from "./target.ts";

describe("difficulty of a target", () => {
  it.each([
    [0x1d00ffff, 1],
    [0x1b0404cb, 16307.42093852],
    [0x1a44b9f2, 244112.48777434],
  ])("bits %i: %d", (bits, difficulty) => {
    expect(difficultyOfTarget(targetOfBits(bits))).toBeCloseTo(difficulty, 7);
  });

  it("of regtest is far below 1", () => {
    expect(difficultyOfTarget(targetOfBits(0x207fffff))).toBe(0xffff / (0x7fffff * 2 ** 24));
  });

  it("of a block's hash is what it would just have met", () => {
    const hash = parseHash("00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d");
    expect(difficultyOfHash(hash)).toBeCloseTo((0xffff * 2 ** 48) / 0x1e8d6829, -3);
    expect(difficultyOfHash(new Uint8Array(32))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("target of a difficulty", () => {
  const unit = 0xffffn << 208n;
  it.each([
    [1, unit],
    [2, unit / 2n],
    [0.5, unit * 2n],
    [1024, unit / 1024n],
    [1e12, unit / 1_000_000_000_000n],
    [2 ** -40, maxTarget],
    [Number.MIN_VALUE, maxTarget],
    [Number.MAX_VALUE, 0n],
  ])("%d", (difficulty, target) => {
    expect(targetOfDifficulty(difficulty)).toBe(target);
  });

  it("takes a double for exactly what it is", () => {
    const tenth = 3602879701896397n;
    expect(targetOfDifficulty(0.1)).toBe((unit * 2n ** 55n) / tenth);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (difficulty) => {
    expect(() => targetOfDifficulty(difficulty)).toThrow("no difficulty");
  });

  it("is undone by the difficulty of the target", () => {
    const difficulty = fc.double({ min: 2 ** -31, max: 2 ** 80, noNaN: true });
    fc.assert(
      fc.property(difficulty, (difficulty) => {
        const back = difficultyOfTarget(targetOfDifficulty(difficulty));
        expect(Math.abs(back / difficulty - 1)).toBeLessThan(1e-15);
      }),
    );
  });

  it("falls as difficulty rises", () => {
    const difficulty = fc.double({ min: 2 ** -31, max: 2 ** 80, noNaN: true });
    fc.assert(
      fc.property(difficulty, difficulty, (a, b) => {
        expect(targetOfDifficulty(Math.max(a, b)) <= targetOfDifficulty(Math.min(a, b))).toBe(true);
      }),
    );
  });
});
