import { expect, it } from "vitest";
import { expectGoodLife } from "./house.suite.ts";
import { liveInHouse } from "./liveHouse.ts";

it(
  "keeps a house of two rooms comfortable and safe for four hours, with faults",
  { timeout: 120_000 },
  async () => {
    const life = await liveInHouse({ hours: 4, seed: 1, faultEvery: 3600 });
    expectGoodLife(life);
    expect(life.judged).toBeGreaterThan(500);
    expect(life.faults.length).toBeGreaterThan(0);
  },
);
