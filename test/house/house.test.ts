import { expect, it } from "vitest";
import { expectGoodLife } from "./house.suite.ts";
import { liveInHouse } from "./liveHouse.ts";

it(
  "keeps a house of two rooms comfortable and safe for two hours, with faults",
  { timeout: 300_000 },
  async () => {
    const life = await liveInHouse({ hours: 2, seed: 1, faultEvery: 1800 });
    expectGoodLife(life);
    expect(life.judged).toBeGreaterThan(200);
    expect(life.faults.length).toBeGreaterThan(0);
  },
);
