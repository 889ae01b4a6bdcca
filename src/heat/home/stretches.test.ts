import { expect, it } from "vitest";
import { sampleWeather } from "./sampleHome.suite.ts";
import { typicalDays, wholeYear } from "./stretches.ts";

it("twelve typical days stand for a whole year, one for each month", () => {
  const days = typicalDays(sampleWeather);
  expect(days).toHaveLength(12);
  expect(days.reduce((sum, { from, until, weight }) => sum + (until - from) * weight, 0)).toBe(8760);
  expect(days.map(({ from }) => from)).toEqual(days.map(({ from }) => from).toSorted((a, b) => a - b));
});

it("a whole year has each hour once", () => {
  expect(wholeYear(sampleWeather)).toEqual([{ from: 0, until: 8760, warmUp: 336, weight: 1 }]);
});
