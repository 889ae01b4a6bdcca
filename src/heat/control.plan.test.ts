import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Instant, Watts } from "../domain/index.ts";
import { asks, heaterOf, Home, levels, says, siteOf } from "./home.suite.ts";

const steps = levels(60, 90, 125);
/** Its room is to have 20 °C, give or take 0.3 K. */
const homeAt = (air: number, heater = {}) =>
  new Home(siteOf([heaterOf("miner", steps, heater)]), { air, fabric: air });
const planned = (home: Home, watts: number, warmest = 21) => {
  const why = "planned until 05:00, price 0.09, stored in room";
  home.plan = { miner: { watts: Watts(watts), why, warmest: Celsius(warmest) } };
};

describe("a plan", () => {
  it("heats a room that has what it wants, and says why", () => {
    const home = homeAt(20.4);
    planned(home, 100);
    const output = home.run(30);
    expect([asks(output), output.decisions[0]?.cause, says(output)]).toEqual([
      90,
      "plan",
      "holding 90 W: planned until 05:00, price 0.09, stored in room",
    ]);
  });

  it("lets a heater rest within the room's band", () => {
    const home = homeAt(19.95);
    planned(home, 0);
    expect(asks(home.run(30))).toBe(0);
    home.plan = undefined;
    expect(asks(home.run(30))).toBeGreaterThan(0);
  });

  it("is left for the thermostat when the room is below its band, until it is well inside", () => {
    const home = homeAt(19.2, { traits: heaterOf("x", levels(800)).traits });
    planned(home, 0);
    const causes = new Set<string>();
    home.run(6 * 360, ({ decisions }) => causes.add(decisions[0]?.cause ?? ""));
    expect(causes).toContain("comfort");
    expect(causes).toContain("plan");
    expect(home.room().air).toBeGreaterThan(19.6);
  });

  it("is left for the thermostat when the room is as warm as it may become by it", () => {
    const home = homeAt(21.5);
    planned(home, 125, 20.8);
    expect([asks(home.run(30)), home.tick().decisions[0]?.cause]).toEqual([0, "comfort"]);
  });

  it.each<[string, (home: Home) => void, string]>([
    ["a room that is too hot", (home) => (home.sense = () => 27), "sink-too-hot"],
    ["a device that is too hot", (home) => (home.device("miner").temperature = 95), "device-too-hot"],
    ["a lost sensor", (home) => (home.sense = () => undefined), "sensor-lost"],
    [
      "a stop",
      (home) => (home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] }),
      "stopped-by-owner",
    ],
    [
      "a power that the owner asked for",
      (home) => {
        const until = Instant(home.wall + 7_200_000);
        home.owner = { ...home.owner, powers: { miner: { watts: Watts(0), until } } };
      },
      "owner-power",
    ],
  ])("does not count against %s", (_what, happen, cause) => {
    const home = homeAt(20.2);
    planned(home, 125, 40);
    home.run(60);
    happen(home);
    const output = home.run(60);
    expect([asks(output), output.decisions[0]?.cause]).toEqual([0, cause]);
  });

  it("keeps a heater's minimum times", () => {
    const home = homeAt(20.2);
    planned(home, 125);
    let switches = 0;
    let before = asks(home.tick()) ?? 0;
    home.run(720, (output, tick) => {
      planned(home, tick % 2 === 0 ? 125 : 0);
      if ((asks(output) ?? 0) > 0 !== before > 0) switches += 1;
      before = asks(output) ?? 0;
    });
    expect(switches).toBeLessThan(32);
  });
});
