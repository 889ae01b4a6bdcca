import { describe, expect, it } from "vitest";
import { afterCheck, checkChance, isBanned, trustIn, trustRules, unknown } from "./trust.ts";

const standing = (streak: number, wrong = 0) => ({ streak, wrong, isVouched: false });

describe("trust", () => {
  it.each([
    [0, 1],
    [9, 1],
    [10, 0.1],
    [12, 1 / 12],
    [16, 1 / 16],
    [1000, trustRules.floor],
  ])("after %i right results in a row checks with %d", (streak, chance) => {
    expect(checkChance(standing(streak))).toBeCloseTo(chance, 9);
  });

  it("begins anew after a wrong result, and ends with the third", () => {
    let now = standing(50);
    for (const banned of [false, false, true]) {
      now = afterCheck(now, "wrong");
      expect([now.streak, checkChance(now), isBanned(now)]).toEqual([0, 1, banned]);
      now = afterCheck(now, "right");
    }
  });

  it("grows with the streak, and is whole in whom the operator answers for", () => {
    expect(trustIn(unknown)).toBe(0);
    expect(trustIn(standing(10))).toBe(0.5);
    expect(trustIn(standing(90))).toBe(0.9);
    expect(trustIn(standing(90, 3))).toBe(0);
    expect(trustIn({ ...standing(0, 9), isVouched: true })).toBe(1);
    expect(checkChance({ ...standing(0, 9), isVouched: true })).toBe(0);
  });
});
