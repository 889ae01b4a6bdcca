import { expect, it } from "vitest";
import { parseMicros } from "../domain/index.ts";
import { capitalOf, equipmentDefaults, wearOf } from "./equipment.ts";

const year = 365.25 * 86_400;

it("wears devices off in a straight line over their lives, each its own", () => {
  const wear = wearOf([
    { price: parseMicros("2400"), lifeYears: 4, embodiedKg: 200 },
    { price: parseMicros("300"), lifeYears: 2, embodiedKg: 40 },
  ]);
  expect((wear.microsPerSecond ?? 0) * year).toBeCloseTo(750e6, 0);
  expect(wear.embodiedKgPerSecond * year).toBeCloseTo(70);
  expect(wear.assumedKgPerSecond).toBe(0);
});

it("assumes what making a device emitted where nobody tells it, and never a price", () => {
  const told = wearOf([{ lifeYears: 3, embodiedKg: 30 }, { lifeYears: 4 }]);
  expect(told.microsPerSecond).toBeUndefined();
  expect(told.assumedKgPerSecond * year).toBeCloseTo(equipmentDefaults.embodiedKg / 4);
  expect(told.embodiedKgPerSecond * year).toBeCloseTo(10 + equipmentDefaults.embodiedKg / 4);
});

it("sums what was paid and what it loses in a year, of those devices whose price is told", () => {
  expect(
    capitalOf([
      { price: parseMicros("2400"), lifeYears: 4 },
      { price: parseMicros("100"), lifeYears: 3 },
      { lifeYears: 4 },
    ]),
  ).toEqual({ price: parseMicros("2500"), depreciationPerYear: parseMicros("633.333333"), told: 2 });
  expect(capitalOf([{ lifeYears: 4 }])).toBeUndefined();
});
