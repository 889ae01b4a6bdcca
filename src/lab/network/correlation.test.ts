import { expect, it } from "vitest";
import { correlation } from "./correlation.ts";

it("is Pearson's", () => {
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
});

it("is none where a row never changes or is empty", () => {
  expect(correlation([1, 2], [5, 5])).toBeUndefined();
  expect(correlation([], [])).toBeUndefined();
});
