import { expect, it } from "vitest";
import { Celsius, HeaterId, Instant, Seconds, SinkId, Watts } from "../domain/index.ts";
import type { HeaterConfig, HeaterReading } from "../heat/index.ts";
import { heaterDetail } from "./heaterDetail.ts";

const config: HeaterConfig = {
  id: HeaterId("miner"),
  sink: SinkId("study"),
  traits: {
    steps: { mining: { kind: "levels", watts: [Watts(500), Watts(1000)] } },
    idleWatts: Watts(5),
    maxWatts: Watts(1100),
    powerReturnWatts: Watts(1000),
    canStop: true,
    stopSurvivesRestart: false,
    settle: Seconds(60),
    change: "restart",
    provenance: "metered",
    safeState: { description: "off", guard: { by: "plug-timer", within: Seconds(90) } },
  },
  minOn: Seconds(600),
  minOff: Seconds(300),
  trusted: true,
  maxStartsPerHour: 6,
  quiet: [],
  limits: { deviceMaxC: Celsius(80) },
  heatShare: 1,
};
const reading: HeaterReading = {
  at: Instant(0),
  watts: Watts(510),
  provenance: "metered",
  workload: "mining",
  ownWatts: Watts(450),
  setTo: Watts(500),
  available: { kind: "range", min: Watts(300), max: Watts(500), step: Watts(10) },
  busy: "tuning",
  faults: [],
};

it("a heater tells what it can do, what it says itself, and who guards it", () => {
  expect(heaterDetail(config, reading)).toEqual({
    id: "miner",
    powers: { kind: "levels", watts: [500, 1000] },
    available: { kind: "range", min: 300, max: 500, step: 10 },
    idleWatts: 5,
    maxWatts: 1100,
    powerReturnWatts: 1000,
    setToWatts: 500,
    ownWatts: 450,
    busy: "tuning",
    unguarded: null,
    canStop: true,
    stopSurvivesRestart: false,
    settleSeconds: 60,
    change: "restart",
    guard: { by: "plug-timer", withinSeconds: 90 },
    maxDeviceC: 80,
    minOnSeconds: 600,
    minOffSeconds: 300,
  });
});

it("a heater that is not reached says nothing itself, and one may be left alone at a power", () => {
  const guard = { by: "unattended-watts", watts: Watts(90) } as const;
  const traits = { ...config.traits, steps: {}, safeState: { description: "runs on", guard } };
  expect(heaterDetail({ ...config, traits }, undefined)).toMatchObject({
    powers: null,
    available: null,
    setToWatts: null,
    ownWatts: null,
    busy: null,
    guard: { by: "unattended-watts", watts: 90 },
  });
});
