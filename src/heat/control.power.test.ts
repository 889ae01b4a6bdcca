import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Instant, Seconds, Watts, weekdays } from "../domain/index.ts";
import { asks, constant, heaterOf, Home, levels, says, sinkOf, siteOf } from "./home.suite.ts";
import { powerProblem } from "./steps.ts";

const steps = levels(60, 90, 125);
const homeWith = (heater = {}, air = 21, sink = {}) =>
  new Home(
    siteOf([heaterOf("miner", steps, heater), heaterOf("other", levels(500))], {
      sinks: [sinkOf("room", sink)],
    }),
    { air },
  );
const wish = (home: Home, watts: number, seconds = 3600) => {
  const until = Instant(home.wall + seconds * 1000);
  home.owner = { ...home.owner, powers: { miner: { watts: Watts(watts), until } } };
};

describe("a power that the owner asked for", () => {
  it("is given though the room is warm, and its reason is told, until it ends", () => {
    const home = homeWith();
    wish(home, 100);
    const output = home.run(60);
    expect([asks(output), output.decisions[0]?.cause, says(output)]).toEqual([
      90,
      "owner-power",
      "holding 90 W: asked for 100 W by its owner, for another 50 min",
    ]);
    expect(output.owner.powers).toEqual(home.owner.powers);
    const ended = home.run(301);
    expect([asks(ended), ended.owner.powers]).toEqual([0, {}]);
    expect(says(ended)).toMatch(/^stopped: .* above target$/);
  });

  it("of nothing keeps it off though the room is cold, when it has run its time", () => {
    const home = homeWith({}, 18);
    home.run(30);
    wish(home, 0);
    expect([asks(home.tick()), says(home.tick())]).toEqual([60, "holding 60 W: must run another 3 min"]);
    const output = home.run(60);
    expect([asks(output), says(output)]).toEqual([0, "off: asked for 0 W by its owner, for another 50 min"]);
  });

  it("is counted as heat, so that the others give less", () => {
    const home = homeWith({ traits: heaterOf("x", levels(1000)).traits }, 18);
    wish(home, 1000, 40 * 3600);
    home.run(30 * 360);
    expect(home.room().air).toBeGreaterThan(19.5);
    expect(home.tick().decisions[1]?.setpoint.watts).toBe(0);
  });

  it.each<[string, (home: Home) => void, number, string]>([
    ["a room that is too hot", (home) => (home.sense = () => 27), 0, "sink-too-hot"],
    ["a device that is too hot", (home) => (home.device("miner").temperature = 95), 0, "device-too-hot"],
    ["a lost sensor", (home) => (home.sense = () => undefined), 0, "sensor-lost"],
    [
      "a stop",
      (home) => (home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] }),
      0,
      "stopped-by-owner",
    ],
    ["frost", (home) => home.rooms.set("room", { air: Celsius(3), fabric: Celsius(3) }), 125, "frost"],
  ])("is outranked by %s", (_case, change, watts, cause) => {
    const home = homeWith();
    wish(home, 60);
    home.run(60);
    change(home);
    const output = home.run(60);
    expect([asks(output), output.decisions[0]?.cause]).toEqual([watts, cause]);
  });

  it("is capped by quiet hours, by the feeder, and by the heater's rest", () => {
    const quiet = [{ days: weekdays, from: "00:00", to: "24:00", maxWatts: Watts(60) }];
    const hushed = homeWith({ quiet });
    wish(hushed, 125);
    expect(says(hushed.run(60))).toMatch(/^holding 60 W: quiet hours, at most 60 W/);
    const narrow = new Home(
      siteOf([heaterOf("miner", steps)], { feeder: { maxWatts: Watts(100) }, sinks: [sinkOf("room")] }),
      { air: 21 },
    );
    wish(narrow, 125);
    expect(says(narrow.run(60))).toBe("holding 90 W: the feeder's 100 W are in use");
    const resting = homeWith({ minOff: Seconds(1800) });
    wish(resting, 125);
    expect(says(resting.run(60))).toBe("off: must rest another 20 min");
  });

  it("does not wind the thermostat up", () => {
    const home = homeWith({}, 20, { comfort: constant(20) });
    wish(home, 0, 6 * 3600);
    home.outdoor = -5;
    home.run(8 * 360);
    let hottest = 0;
    home.run(6 * 360, () => (hottest = Math.max(hottest, home.room().air)));
    expect(hottest).toBeLessThan(20.5);
  });
});

describe("powerProblem", () => {
  const [some, many] = [heaterOf("a", steps).traits, heaterOf("b", levels()).traits];
  it.each([
    [0, undefined],
    [60, undefined],
    [100, undefined],
    [59, "59 W is no power of this heater; ask for 0, or for one of 60, 90, 125 W"],
    [126, "126 W is no power of this heater; ask for 0, or for one of 60, 90, 125 W"],
  ])("%d W", (watts, problem) => {
    expect(powerProblem(some, watts)).toBe(problem);
  });
  it("tells bounds of a range that it takes itself", () => {
    const third = heaterOf("c", {
      kind: "range",
      min: Watts(34 + 1 / 3),
      max: Watts(120),
      step: Watts(13.7),
    });
    const advice = /between ([\d.]+) and ([\d.]+) W/.exec(powerProblem(third.traits, 5) ?? "");
    expect(advice?.slice(1)).toEqual(["34.4", "116.5"]);
    for (const watts of advice?.slice(1) ?? []) {
      expect(powerProblem(third.traits, Number(watts))).toBeUndefined();
    }
  });
  it("of a heater that cannot mine", () => {
    expect(powerProblem(many, 5)).toMatch(/^5 W is no power/);
  });
});
