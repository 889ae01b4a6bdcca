import { expect, it } from "vitest";
import { expectGoodLife } from "./house.suite.ts";
import { liveInHouse } from "./liveHouse.ts";

it.each([11, 12])("keeps the house for 48 hours with random faults (seed %d)", async (seed) => {
  const life = await liveInHouse({ hours: 48, seed, faultEvery: 5400 });
  process.stdout.write(`${JSON.stringify({ ...life, comfort: life.comfortable / life.judged })}\n`);
  expectGoodLife(life);
  expect(life.faults.length).toBeGreaterThan(12);
  expect(life.residentGrowthMiB).toBeLessThan(64);
});
