import { expect, it } from "vitest";
import { expectedPerKwh, type JobExpectation, noExpectation, watchJobs } from "./jobExpectation.ts";

const hours = (count: number, watts: number, settled: number, before: JobExpectation = noExpectation) =>
  Array.from({ length: count }).reduce<JobExpectation>(
    (seen) => watchJobs(seen, { seconds: 3600, watts, settled }),
    before,
  );

it("expects of a kWh what was settled for the kWh that were offered, taken or not", () => {
  expect(expectedPerKwh(hours(3, 1000, 0.06))).toBeCloseTo(0.06, 9);
});

it("forgets what was long ago", () => {
  const idle = hours(24, 1000, 0, hours(6, 1000, 0.06));
  expect(expectedPerKwh(idle)).toBeLessThan(0.002);
});

it("expects nothing where hardly anything was offered", () => {
  expect(expectedPerKwh(watchJobs(noExpectation, { seconds: 60, watts: 60, settled: 1 }))).toBe(0);
});
