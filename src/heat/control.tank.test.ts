import { describe, expect, it } from "vitest";
import { Celsius, Seconds, SinkId, Watts } from "../domain/index.ts";
import { type HeaterConfig, type TankSink } from "./controlConfig.ts";
import type { PlanWish } from "./controlInput.ts";
import { siteProblems } from "./siteProblems.ts";
import { codes, heaterOf, Home, levels, siteOf, tankOf, traitsOf } from "./home.suite.ts";
import { initialControl } from "./startControl.ts";

const rule = { celsius: 60, holdSeconds: 1800, everyHours: 168 };
const hour = 360;

/** A tank of 120 litres with one heater of 1000 W. */
function tankHome(tank: Partial<TankSink> = {}, heater: Partial<HeaterConfig> = {}, air = 44): Home {
  const heats = heaterOf("coil", levels(1000), { sink: SinkId("tank"), ...heater });
  return new Home(siteOf([heats], { sinks: [tankOf("tank", tank)] }), { air });
}

const asked = (home: Home) => home.state.heaters["coil"]?.setpoint.watts;

describe("a tank", () => {
  it("is heated from a band below its target up to it, and then left alone", () => {
    const home = tankHome();
    const seen = { warmest: 0, coldest: Infinity, starts: 0 };
    home.run(2 * hour);
    let before = asked(home);
    home.run(48 * hour, () => {
      const { air } = home.room("tank");
      seen.warmest = Math.max(seen.warmest, air);
      seen.coldest = Math.min(seen.coldest, air);
      seen.starts += before === 0 && asked(home) === 1000 ? 1 : 0;
      before = asked(home);
    });
    expect(seen.warmest).toBeLessThan(50.5);
    expect(seen.coldest).toBeGreaterThan(45.5);
    expect(seen.starts).toBeGreaterThan(1);
    expect(seen.starts).toBeLessThan(8);
  });

  it("is heated again after a shower, whose fall is believed", () => {
    const home = tankHome({}, {}, 49);
    home.run(60);
    const alarms = new Set<string>();
    for (let tick = 0; tick < 30; tick++) {
      home.draw("tank", 2);
      for (const code of codes(home.tick())) alarms.add(code);
    }
    expect(home.room("tank").air).toBeLessThan(36);
    home.run(30, (output) => codes(output).forEach((code) => alarms.add(code)));
    expect([asked(home), [...alarms]]).toEqual([1000, []]);
  });

  it("holds to its heater's least times, but not at its limit", () => {
    const home = tankHome({ limits: { maxC: Celsius(56), minC: Celsius(5) } }, { minOn: Seconds(3600) }, 45);
    home.run(120);
    home.rooms.set("tank", { air: Celsius(51), fabric: Celsius(50) });
    expect(home.run(30).decisions[0]).toMatchObject({ cause: "must-run", setpoint: { watts: 1000 } });
    home.sense = () => 56.1;
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({
      setpoint: { watts: 0 },
      urgent: true,
      cause: "sink-too-hot",
      reason: "stopped: tank above its limit of 56 °C",
    });
    expect(codes(output)).toEqual(["tank/too-hot"]);
  });

  it.each<[string, (home: Home) => void, string, string]>([
    ["its sensor is silent", (home) => (home.sense = () => undefined), "sensor-lost", "sensor/lost"],
    ["its sensor tells nonsense", (home) => (home.sense = () => -127), "sensor-lost", "sensor/absurd"],
    ["its sensor is broken", (home) => (home.sense = () => Number.NaN), "sensor-lost", "sensor/absurd"],
  ])("is never heated while %s", (_, breaks, cause, alarm) => {
    const home = tankHome();
    home.run(60);
    expect(asked(home)).toBe(1000);
    breaks(home);
    const output = home.run(40);
    expect(output.decisions[0]).toMatchObject({ cause, setpoint: { watts: 0 } });
    expect(output.alarms.map(({ code }) => code)).toEqual([alarm]);
  });

  it("is not heated before its first temperature, nor after a restart before the next", () => {
    const home = tankHome();
    const { sense } = home;
    home.sense = () => undefined;
    expect(home.run(10).decisions[0]).toMatchObject({ cause: "no-temperature", setpoint: { watts: 0 } });
    home.sense = sense;
    home.run(60);
    home.restart(30);
    home.sense = () => undefined;
    expect(home.run(3).decisions[0]).toMatchObject({ cause: "no-temperature", setpoint: { watts: 0 } });
  });

  it.each([46, 49.9])("is heated no more than 12 K on by a sensor that is stuck at %d °C", (stuckAt) => {
    const home = tankHome({ limits: { maxC: Celsius(90), minC: Celsius(5) } }, {}, stuckAt - 0.5);
    home.run(60);
    home.sense = () => stuckAt;
    home.plan = wish(1000);
    const alarms = new Set<string>();
    home.run(48 * hour, (output) => codes(output).forEach((code) => alarms.add(code)));
    expect(home.room("tank").air).toBeLessThan(stuckAt + 12);
    expect([...alarms]).toEqual(["sensor/frozen"]);
  });

  it("follows a plan within its comfort, up to what the plan may store, and below its limit", () => {
    const home = tankHome({}, {}, 49);
    home.run(60);
    expect(asked(home)).toBe(0);
    home.plan = wish(1000, 58);
    expect(home.run(5).decisions[0]?.cause).toBe("plan");
    home.run(6 * hour);
    expect(home.room("tank").air).toBeGreaterThan(53);
    expect(home.room("tank").air).toBeLessThan(59);
    home.plan = wish(0);
    home.rooms.set("tank", { air: Celsius(40), fabric: Celsius(40) });
    expect(home.run(60).decisions[0]).toMatchObject({ cause: "comfort", setpoint: { watts: 1000 } });
  });

  it("is held under the feeder's cap together with rooms", () => {
    const heaters = [heaterOf("coil", levels(1000), { sink: SinkId("tank") })];
    const home = new Home(siteOf(heaters, { sinks: [tankOf("tank")], feeder: { maxWatts: Watts(900) } }), {
      air: 40,
    });
    expect(home.run(60).decisions[0]).toMatchObject({ cause: "feeder", setpoint: { watts: 0 } });
  });

  it("is refused heaters that would run on when the hearth dies, however little", () => {
    const guard = { by: "unattended-watts", watts: Watts(20) } as const;
    const traits = { ...traitsOf(levels(1000)), safeState: { description: "runs on", guard } };
    const heater = heaterOf("coil", levels(1000), { sink: SinkId("tank"), traits });
    expect(siteProblems(siteOf([heater], { sinks: [tankOf("tank")] }))).toEqual([
      {
        kind: "unattended",
        heaters: ["coil"],
        message: expect.stringContaining("never heated unwatched") as string,
      },
    ]);
  });
});

describe("a tank that is disinfected by heat", { timeout: 60_000 }, () => {
  it("is hot for long enough within a day of its first start, and each week then", () => {
    const home = tankHome({ disinfection: rule });
    const hoursWithout: number[] = [];
    let [heldFor, lastHot] = [0, 0];
    home.run(20 * 24 * hour, () => {
      heldFor = home.room("tank").air >= rule.celsius ? heldFor + 10 : 0;
      if (heldFor === rule.holdSeconds) hoursWithout.push((home.elapsed - lastHot) / 3600);
      if (heldFor >= rule.holdSeconds) lastHot = home.elapsed;
    });
    const [first = Infinity, ...others] = hoursWithout;
    expect(first).toBeLessThan(24);
    expect(others).toHaveLength(2);
    for (const hours of others) {
      expect(hours).toBeGreaterThan(138);
      expect(hours).toBeLessThan(168);
    }
  });

  it("says that it does, and why", () => {
    const home = tankHome({ disinfection: rule });
    home.run(hour / 2);
    expect(home.tick().sinks[0]?.comfort.source).toBe("set-back");
    const output = home.run(hour);
    expect(output.sinks[0]?.comfort).toMatchObject({ source: "disinfection", target: 62 });
    expect(output.decisions[0]).toMatchObject({
      cause: "disinfection",
      reason: expect.stringContaining("disinfection to 62 °C"),
    });
  });

  it("leaves its time to a plan, until it has to begin", () => {
    const home = tankHome({ disinfection: rule });
    home.plan = wish(0);
    let begunAfter: number | undefined;
    home.run(22 * hour, ({ sinks }) => {
      if (sinks[0]?.comfort.source === "disinfection") begunAfter ??= home.elapsed / 3600;
    });
    expect(begunAfter).toBeGreaterThan(14);
    expect(begunAfter).toBeLessThan(20);
  });

  it("tells when it could not", () => {
    const home = tankHome({ disinfection: rule });
    home.owner = { ...home.owner, stoppedHeaters: home.config.heaters.map(({ id }) => id) };
    const alarms = new Set<string>();
    home.run(25 * hour, (output) => codes(output).forEach((code) => alarms.add(code)));
    expect([...alarms]).toContain("tank/not-disinfected");
    home.owner = { ...home.owner, stoppedHeaters: [] };
    const cleared = new Set<string>();
    home.run(12 * hour, (output) => codes(output).forEach((code) => cleared.add(code)));
    expect([...cleared]).toContain("tank/not-disinfected-cleared");
  });

  it("counts the time for which nobody watched", () => {
    const home = tankHome({ disinfection: rule });
    home.run(24 * hour);
    const since = () => home.state.sinks["tank"]?.disinfection?.sinceSeconds ?? 0;
    const before = since();
    home.restart(100 * 3600);
    home.run(2);
    expect(since() - before).toBeCloseTo(100 * 3600, -2);
  });

  it("goes on with it after the hearth was killed, and begins its holding time anew", () => {
    const home = tankHome({ disinfection: rule });
    const memory = () => home.state.sinks["tank"]?.disinfection;
    while ((memory()?.heldSeconds ?? 0) < 1200) home.tick();
    home.device("coil").drawsInstead = 0;
    home.restart(600);
    home.device("coil").drawsInstead = undefined;
    home.tick();
    expect(memory()).toMatchObject({ isDue: true, heldSeconds: 0 });
    let heldFor = 0;
    home.run(
      hour,
      () => (heldFor = home.room("tank").air >= 60 ? heldFor + 10 : heldFor >= 1800 ? heldFor : 0),
    );
    expect(heldFor).toBeGreaterThanOrEqual(1800);
    expect(memory()?.sinceSeconds).toBeLessThan(hour * 10);
  });

  it.each([
    ["spring", "2026-03-28T12:00:00Z"],
    ["autumn", "2026-10-24T12:00:00Z"],
  ])("is hot in time over the night in %s in which clocks are set", (_, start) => {
    const coil = heaterOf("coil", levels(1000), { sink: SinkId("tank") });
    const tank = tankOf("tank", { disinfection: rule });
    const home = new Home(siteOf([coil], { sinks: [tank] }), { air: 48, start });
    const alarms = new Set<string>();
    home.run(26 * hour, (output) => codes(output).forEach((code) => alarms.add(code)));
    expect([...alarms]).toEqual([]);
    expect(home.state.sinks["tank"]?.disinfection?.sinceSeconds).toBeLessThan(24 * 3600);
  });

  it.each([3600, -3600])("is hot for long enough though the clock jumps by %d s meanwhile", (jump) => {
    const home = tankHome({ disinfection: rule });
    const memory = () => home.state.sinks["tank"]?.disinfection;
    while ((memory()?.heldSeconds ?? 0) < 1200) home.tick();
    home.tick(10, jump);
    expect(memory()?.heldSeconds).toBeLessThanOrEqual(jump > 0 ? 0 : 1220);
    const before = home.elapsed;
    while ((memory()?.sinceSeconds ?? 0) > 0) home.tick();
    expect(home.elapsed - before).toBeGreaterThanOrEqual(jump > 0 ? 1700 : 500);
    expect(home.elapsed - before).toBeLessThan(4 * 3600);
  });

  it("does not count as hot what nobody watched, though the hearth lived", () => {
    const home = tankHome({ disinfection: rule }, {}, 63);
    home.run(60);
    expect(home.state.sinks["tank"]?.disinfection?.heldSeconds).toBeGreaterThan(500);
    home.tick(2400);
    expect(home.room("tank").air).toBeGreaterThan(61);
    expect(home.state.sinks["tank"]?.disinfection?.heldSeconds).toBe(0);
    expect(home.state.sinks["tank"]?.disinfection?.sinceSeconds).toBeGreaterThan(144 * 3600);
  });

  it("never passes its limit for it, and is refused a limit that leaves no room", () => {
    const limits = { maxC: Celsius(66), minC: Celsius(5) };
    const home = tankHome({ disinfection: rule, limits });
    let warmest = 0;
    home.run(30 * hour, () => (warmest = Math.max(warmest, home.room("tank").air)));
    expect(warmest).toBeGreaterThan(60);
    expect(warmest).toBeLessThan(66);
    const low = tankOf("tank", { disinfection: rule, limits: { ...limits, maxC: Celsius(64) } });
    const site = siteOf([heaterOf("coil", levels(1000), { sink: SinkId("tank") })], { sinks: [low] });
    expect(() => initialControl(site)).toThrow(/leaves no room to disinfect/);
  });
});

function wish(watts: number, warmest = 90): Readonly<Record<string, PlanWish>> {
  return { coil: { watts: Watts(watts), why: "planned", warmest: Celsius(warmest) } };
}
