import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Watts } from "../domain/index.ts";
import type { PowerSteps } from "./heater.ts";
import { levels, range } from "./home.suite.ts";
import { highestStep, isStep, lowestStep, nearestStep, stepAtMost } from "./steps.ts";

const some = levels(60, 90, 125);
const many = range(200, 1000, 30);

describe("stepAtMost", () => {
  it.each<[PowerSteps, number, number]>([
    [some, 59, 0],
    [some, 60, 60],
    [some, 124.9, 90],
    [some, 9999, 125],
    [many, 199, 0],
    [many, 200, 200],
    [many, 259, 230],
    [many, 9999, 980],
    [many, -5, 0],
  ])("of %j for %d W is %d W", (steps, watts, expected) => {
    expect(stepAtMost(steps, watts)).toBe(expected);
  });
});

describe("nearestStep", () => {
  it.each<[string, PowerSteps, number, number, number]>([
    ["starts only when well over half of the lowest", some, 0, 35, 0],
    ["starts then", some, 0, 37, 60],
    ["stops only when well under half", some, 60, 25, 60],
    ["stops then", some, 60, 23, 0],
    ["stays at a level until another is clearly nearer", some, 60, 77, 60],
    ["goes up then", some, 60, 79, 90],
    ["and does not come back at once", some, 90, 73, 90],
    ["leaps over levels", some, 0, 500, 125],
    ["stays at a step of a range until another is clearly nearer", many, 500, 517, 500],
    ["bears small wishes where steps are fine", range(200, 1000, 1), 500, 528, 500],
    ["follows larger ones", range(200, 1000, 1), 500, 535, 535],
    ["follows a larger one", many, 500, 545, 530],
    ["reaches a range's top", many, 950, 5000, 980],
  ])("%s", (_case, steps, current, wanted, expected) => {
    expect(nearestStep(steps, Watts(current), wanted)).toBe(expected);
  });

  it("gives a step for any wish, never further from it than the current one", () => {
    const all = fc.oneof(
      fc
        .uniqueArray(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 })
        .map((watts) => levels(...watts.toSorted((a, b) => a - b))),
      fc
        .tuple(
          fc.integer({ min: 1, max: 500 }),
          fc.integer({ min: 0, max: 2000 }),
          fc.integer({ min: 1, max: 100 }),
        )
        .map(([min, more, step]) => range(min, min + more, step)),
    );
    fc.assert(
      fc.property(
        all,
        fc.integer({ min: 0, max: 3000 }),
        fc.double({ min: 0, max: 4000, noNaN: true }),
        (steps, at, wanted) => {
          const current = stepAtMost(steps, at);
          const next = nearestStep(steps, current, wanted);
          expect(isStep(steps, next)).toBe(true);
          expect(Math.abs(next - wanted)).toBeLessThanOrEqual(Math.abs(current - wanted));
          expect(nearestStep(steps, next, wanted)).toBe(next);
          expect(isStep(steps, lowestStep(steps)) && isStep(steps, highestStep(steps))).toBe(true);
        },
      ),
    );
  });

  it("does not swing when the wish wavers around the middle", () => {
    let current = Watts(60);
    let changes = 0;
    for (let turn = 0; turn < 100; turn++) {
      const next = nearestStep(some, current, 75 + (turn % 2 === 0 ? 2 : -2));
      if (next !== current) changes++;
      current = next;
    }
    expect(changes).toBe(0);
  });
});
