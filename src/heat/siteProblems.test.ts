import { expect, it } from "vitest";
import { HeaterId, SinkId, Watts } from "../domain/index.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import type { Guard } from "./heater.ts";
import { heaterOf, sinkOf, siteOf } from "./home.suite.ts";
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
  const sinks = [sinkOf("room"), sinkOf("attic")];
  expect(siteProblems(siteOf(apart as HeaterConfig[], { sinks }))).toEqual([]);
});
