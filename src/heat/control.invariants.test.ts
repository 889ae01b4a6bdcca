import { describe, expect, it } from "vitest";
import { liveThrough } from "./control.invariants.suite.ts";

describe("the laws of the hearth", () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  const alarms = new Set<string>();
  let starts = 0;

  it.each(seeds)("hold through the life of home %i", (seed) => {
    const seen = liveThrough(seed, 2500);
    starts += seen.starts;
    for (const alarm of seen.alarms) alarms.add(alarm);
  });

  it("were put to the test: heaters ran, and everything went wrong", () => {
    expect(starts).toBeGreaterThan(250);
    expect([...alarms].toSorted()).toEqual([
      "feeder/exceeded",
      "heater/disobeys",
      "heater/fault",
      "heater/flapping",
      "heater/lost-hot",
      "heater/overrun",
      "heater/strayed",
      "heater/too-hot",
      "heater/trial-failed",
      "heater/trial-partly-failed",
      "heater/underrun",
      "heater/unguarded",
      "heater/unreachable",
      "heater/watts-differ",
      "room/frost",
      "room/frost-unheld",
      "room/too-hot",
      "sensor/absurd",
      "sensor/frozen",
      "sensor/lost",
      "tank/frost",
      "tank/not-disinfected",
      "tank/too-hot",
    ]);
  });
});
