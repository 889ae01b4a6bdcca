import { expect, it } from "vitest";
import { airConditionerCop } from "./airConditioner.ts";

it.each([
  [35, 3.2],
  [25, 4.2],
  [0, 6],
  [60, 1.5],
])("an air conditioner at %d °C outside cools by %d of its electricity", (outdoorC, cop) => {
  expect(airConditionerCop(outdoorC)).toBeCloseTo(cop, 9);
});
