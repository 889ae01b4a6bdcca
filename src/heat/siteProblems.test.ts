import { expect, it } from "vitest";
import { Celsius, HeaterId, Seconds, SinkId, Watts } from "../domain/index.ts";
import type { HeaterConfig, TankSink } from "./controlConfig.ts";
import type { Guard } from "./heater.ts";
import { backupTraits, heaterOf, levels, sinkOf, siteOf, tankOf } from "./home.suite.ts";
import { siteProblems } from "./siteProblems.ts";

const miner = (id: string, powerReturnWatts: number, guard?: Guard): HeaterConfig => {
  const heater = heaterOf(id, { kind: "levels", watts: [Watts(800), Watts(3000)] });
  const { safeState } = heater.traits;
  return {
    ...heater,
    id: HeaterId(id),
    traits: {
      ...heater.traits,
      powerReturnWatts: Watts(powerReturnWatts),
      safeState: guard ? { ...safeState, guard } : safeState,
    },
  };
};
const boiler = (watts: number, within: number, id = "coil"): HeaterConfig => {
  const traits = backupTraits(watts);
  const guard = { by: "plug-timer", within: Seconds(within) } as const;
  return heaterOf(id, levels(), {
    sink: SinkId("tank"),
    traits: { ...traits, safeState: { ...traits.safeState, guard } },
  });
};
const small = { litres: 15, lossWattsPerKelvin: 1 };
const sinks = (changes: Partial<TankSink>) => [tankOf("tank", changes)];
const rule = { celsius: 60, holdSeconds: 1800, everyHours: 168 };

it("refuses a tank that would pass its limit before its heaters' guards act", () => {
  expect(siteProblems(siteOf([boiler(2000, 180)], { sinks: sinks({}) }))).toEqual([]);
  expect(siteProblems(siteOf([boiler(2000, 60)], { sinks: sinks(small) }))).toEqual([]);
  expect(siteProblems(siteOf([boiler(2000, 180)], { sinks: sinks(small) }))).toEqual([
    {
      kind: "slow-guard",
      heaters: ["coil"],
      message: expect.stringMatching(/coil would bring tank from 71 to 77 °C .* above its limit of 75 °C/),
    },
  ]);
  const two = [boiler(1000, 180, "one"), boiler(1000, 180, "other")];
  expect(siteProblems(siteOf(two, { sinks: sinks(small) }))).toMatchObject([{ heaters: ["one", "other"] }]);
});

it("refuses a least time on in which a heater would bring its tank above its limit each time", () => {
  const hour = { ...boiler(2000, 60), minOn: Seconds(3600) };
  expect(siteProblems(siteOf([hour], { sinks: sinks({}) }))).toEqual([]);
  expect(siteProblems(siteOf([{ ...hour, minOn: Seconds(14_400) }], { sinks: sinks({}) }))).toEqual([
    {
      kind: "long-least-time",
      heaters: ["coil"],
      message: expect.stringMatching(/runs for 240 min at least, .* from 46 to 103 °C/),
    },
  ]);
  expect(siteProblems(siteOf([hour], { sinks: sinks({ disinfection: rule, litres: 90 }) }))).toMatchObject([
    { kind: "long-least-time" },
  ]);
});

it("refuses a disinfection that no heater of the tank reaches", () => {
  const hp = {
    ...boiler(800, 180, "hp"),
    traits: backupTraits(800, { source: "air", supplyC: Celsius(35), maxSinkC: Celsius(55) }),
  };
  const site = { sinks: sinks({ disinfection: rule }) };
  expect(siteProblems(siteOf([hp], site))).toEqual([
    {
      kind: "cannot-disinfect",
      heaters: ["hp"],
      message: expect.stringMatching(/hp makes tank 50 °C hot at most, and its disinfection wants 62 °C/),
    },
  ]);
  expect(siteProblems(siteOf([hp, boiler(1000, 180)], site))).toEqual([]);
  expect(siteProblems(siteOf([hp], { sinks: sinks({ disinfection: null }) }))).toEqual([]);
});

it("refuses a heater that draws more than the feeder carries at its least", () => {
  expect(
    siteProblems(siteOf([boiler(2000, 180)], { sinks: sinks({}), feeder: { maxWatts: Watts(1500) } })),
  ).toEqual([
    {
      kind: "never-fits",
      heaters: ["coil"],
      message: expect.stringMatching(/coil draws 2000 W at least, .* 1500 W: it would never run/),
    },
  ]);
});

const feeder = { maxWatts: Watts(3500) };
const unattended = (watts: number): Guard => ({ by: "unattended-watts", watts: Watts(watts) });

it("lets a site be whose heaters stay off when the mains come back", () => {
  expect(siteProblems(siteOf([miner("a", 0), miner("b", 0)], { feeder }))).toEqual([]);
});

it("refuses one whose heaters would pass the feeder before the hearth says anything", () => {
  expect(siteProblems(siteOf([miner("a", 3000), miner("b", 3000)], { feeder }))).toEqual([
    {
      kind: "power-return",
      heaters: ["a", "b"],
      message: expect.stringMatching(/draw 6000 W before the hearth .*a 3000 W, b 3000 W.* carries 3500 W/),
    },
  ]);
});

it("adds up what heaters that are left alone bring to their room, each of them harmless by itself", () => {
  const own = { sinks: [sinkOf("room")] };
  expect(siteProblems(siteOf([miner("a", 0, unattended(250))], own))).toEqual([]);
  const two = [miner("a", 0, unattended(250)), miner("b", 0, unattended(250))];
  expect(siteProblems(siteOf(two, own))).toEqual([
    {
      kind: "unattended",
      heaters: ["a", "b"],
      message: expect.stringMatching(/left alone, a, b would bring room to/),
    },
  ]);
  const apart = [two[0], { ...two[1], sink: SinkId("attic") }].filter((heater) => heater !== undefined);
  const rooms = [sinkOf("room"), sinkOf("attic")];
  expect(siteProblems(siteOf(apart as HeaterConfig[], { sinks: rooms }))).toEqual([]);
});
