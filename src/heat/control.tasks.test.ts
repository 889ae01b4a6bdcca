import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Watts } from "../domain/index.ts";
import type { ControlOutput } from "./controlOutput.ts";
import { asks, heaterOf, Home, range, siteOf, traitsOf } from "./home.suite.ts";

const steps = range(35, 90, 5);
/** Its room is to have 20 °C, give or take 0.3 K. */
const homeAt = (air: number, heater = {}, site = {}) =>
  new Home(siteOf([heaterOf("pc", steps, heater)], site), { air, fabric: air });
const claim = (home: Home, watts: number, change = {}) =>
  (home.tasks = {
    pc: { watts: Watts(watts), why: "runs 2 tasks", warmest: Celsius(21), isEnding: false, ...change },
  });
const gist = ({ decisions: [decision] }: ControlOutput) =>
  `${decision?.setpoint.workload} ${decision?.setpoint.watts}, ${decision?.cause}`;

describe("tasks on a heater", () => {
  it("raise what it is set to in a room that is warm enough, and pre-empt mining", () => {
    const home = homeAt(20.6);
    expect(gist(home.run(30))).toBe("idle 0, comfort");
    claim(home, 60);
    expect(gist(home.run(30))).toBe("job 60, job");
  });

  it("are one of its powers at least", () => {
    const home = homeAt(20.6);
    claim(home, 58);
    expect(asks(home.run(30))).toBe(60);
  });

  it("take none of the heat that a cold room asks for", () => {
    const home = homeAt(17);
    claim(home, 60);
    expect(gist(home.run(30))).toBe("job 90, comfort");
  });

  it("run beside a plan that has less, and as much as one that has more", () => {
    const home = homeAt(20.1);
    claim(home, 60);
    home.plan = { pc: { watts: Watts(0), why: "planned to rest", warmest: Celsius(21) } };
    expect(gist(home.run(30))).toBe("job 60, job");
    home.plan = { pc: { watts: Watts(80), why: "planned", warmest: Celsius(21) } };
    expect(gist(home.run(30))).toBe("job 80, plan");
  });

  it("leave the heater to mine as soon as they are gone", () => {
    const home = homeAt(17);
    claim(home, 60);
    home.run(30);
    home.tasks = {};
    expect(gist(home.tick())).toBe("mining 90, comfort");
  });

  it("do not keep a room from cooling that is as warm as tasks may make it", () => {
    const home = homeAt(21.2);
    claim(home, 60);
    expect(asks(home.run(5))).toBe(0);
  });

  it("wait for the heater's rest, and let it run its least time", () => {
    const home = homeAt(17);
    home.run(40);
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("pc")] };
    home.run(2);
    home.owner = { ...home.owner, stoppedHeaters: [] };
    claim(home, 60);
    expect(gist(home.run(3))).toBe("idle 0, must-rest");
    expect(gist(home.run(20))).toBe("job 90, comfort");
  });
});

describe("tasks that were told to end", () => {
  it("hold their power against the thermostat", () => {
    const home = homeAt(20.6);
    claim(home, 60);
    home.run(60);
    home.rooms.set("room", { air: Celsius(21.3), fabric: Celsius(21.3) });
    claim(home, 60, { isEnding: true });
    expect(gist(home.run(60))).toBe("job 60, job");
    home.tasks = {};
    expect(asks(home.run(60))).toBe(0);
  });

  it("hold it against their owner's stop, and nothing else is mined beside them", () => {
    const home = homeAt(17);
    claim(home, 60);
    expect(asks(home.run(40))).toBe(90);
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("pc")] };
    claim(home, 60, { isEnding: true });
    expect(gist(home.tick())).toBe("job 60, job");
    home.tasks = {};
    expect(gist(home.tick())).toBe("idle 0, stopped-by-owner");
  });

  it("are stopped by their owner at once when nobody said so", () => {
    const home = homeAt(17);
    claim(home, 60);
    home.run(40);
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("pc")] };
    expect(asks(home.tick())).toBe(0);
  });
});

describe("limits that no task overrides, not even for the half-minute in which it ends", () => {
  it.each<[string, (home: Home) => void, string]>([
    ["a room that is too hot", (home) => (home.sense = () => 27), "sink-too-hot"],
    ["a device that is too hot", (home) => (home.device("pc").temperature = 95), "device-too-hot"],
    ["a lost sensor", (home) => (home.sense = () => undefined), "sensor-lost"],
    ["nobody to stop it", (home) => (home.device("pc").tells = { unguarded: "no timer" }), "unguarded"],
  ])("%s", (_, breakIt, cause) => {
    const home = homeAt(20.1);
    claim(home, 60, { isEnding: true });
    expect(asks(home.run(60))).toBe(60);
    breakIt(home);
    expect(gist(home.run(200))).toBe(`idle 0, ${cause}`);
  });

  it("the feeder", () => {
    const home = homeAt(20.1, {}, { feeder: { maxWatts: Watts(50) } });
    claim(home, 60, { isEnding: true });
    home.run(60, (output) => expect(asks(output)).toBeLessThanOrEqual(50));
  });

  it("quiet hours, and a price above the heater's ceiling", () => {
    const days = ["mon"] as const;
    const quiet = [{ days, from: "00:00", to: "24:00", maxWatts: Watts(40) }];
    const loud = homeAt(20.1, { quiet });
    claim(loud, 60);
    expect(asks(loud.run(60))).toBe(40);
    const dear = homeAt(20.1, { priceCeiling: 0.3 });
    claim(dear, 60);
    dear.price = 0.4;
    expect(asks(dear.run(60))).toBe(0);
  });
});

describe("a heater that can only run tasks", () => {
  it("is asked for nothing while it holds none, and heats with them", () => {
    const traits = { ...traitsOf(steps), steps: { job: steps } };
    const home = homeAt(17, { traits });
    home.device("pc").tells = { available: { kind: "levels", watts: [] } };
    expect(asks(home.run(60))).toBe(0);
    home.device("pc").tells = { available: { kind: "levels", watts: [Watts(60)] } };
    claim(home, 60);
    expect(gist(home.run(30))).toBe("job 60, comfort");
  });
});
