import { expect, it } from "vitest";
import { expectGoodLife } from "./house.suite.ts";
import { liveInHouse } from "./liveHouse.ts";

it(
  "keeps a house of two rooms comfortable and safe for three quarters of an hour, with faults",
  { timeout: 300_000 },
  async () => {
    const life = await liveInHouse({ hours: 0.75, seed: 1, faultEvery: 600 });
    expectGoodLife(life);
    expect(life.judged).toBeGreaterThan(60);
    expect(life.faults.length).toBeGreaterThan(0);
  },
);
