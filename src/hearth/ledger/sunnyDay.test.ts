import { expect, it } from "vitest";
import {
  Celsius,
  HeaterId,
  Instant,
  Joules,
  Micros,
  parseMicros,
  plus,
  Seconds,
  SinkId,
  Watts,
} from "../../domain/index.ts";
import { wearOf } from "../../energy/index.ts";
import { type ControlConfig, controlDefaults, type HeaterTraits, roomModel } from "../../heat/index.ts";
import type { LedgerQuarter } from "./ledger.ts";
import { initialRound, round, type RoundState } from "../round.ts";

const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: [Watts(1000)] } },
  canStop: true,
  stopSurvivesRestart: false,
  powerReturnWatts: Watts(0),
  settle: Seconds(10),
  change: "live",
  idleWatts: Watts(0),
  maxWatts: Watts(1000),
  provenance: "metered",
  safeState: { guard: { by: "device-watchdog", within: Seconds(60) }, description: "stops" },
};
const config: ControlConfig = {
  timezone: "UTC",
  feeder: { maxWatts: Watts(1500) },
  stagger: Seconds(0),
  sinks: [
    {
      id: SinkId("room"),
      kind: "room",
      comfort: { setBackC: Celsius(21), bandK: 0.3, entries: [] },
      limits: { minC: Celsius(5), maxC: Celsius(26) },
      model: roomModel({ areaM2: 20, insulation: "average" }),
      sensor: controlDefaults.sensor,
      fallback: { kind: "stop" },
    },
  ],
  heaters: [
    {
      id: HeaterId("miner"),
      sink: SinkId("room"),
      traits,
      minOn: Seconds(0),
      minOff: Seconds(0),
      trusted: true,
      maxStartsPerHour: 60,
      quiet: [],
      limits: { deviceMaxC: Celsius(90) },
      heatShare: 1,
    },
  ],
};
const tariff = {
  kind: "fixed",
  currency: "EUR",
  pricePerKwh: parseMicros("0.300001"),
  feedIn: { kind: "fixed", pricePerKwh: parseMicros("0.080007") },
} as const;
const solar = {
  kWp: 5,
  latitude: 48,
  longitude: 0,
  tiltDeg: 35,
  azimuthDeg: 180,
  performance: 0.8,
  baseWatts: Watts(300),
};
const midnight = Instant(Date.UTC(2026, 5, 12));
const step = Seconds(30);

/** The heater draws 1 kW all day; the house draws 300 W; from 10 to 14 h the sun gives 2.3 kW, from 8 to 10 h 0.8 kW. */
function day(hours: number, meter: "there" | "none" | "silent after noon") {
  let state: RoundState = initialRound(config);
  const quarters = new Map<number, LedgerQuarter>();
  for (let second = 0; second <= hours * 3600; second += step) {
    const at = plus(midnight, Seconds(second));
    const hour = second / 3600;
    const sun = hour >= 10 && hour < 14 ? 2300 : hour >= 8 && hour < 10 ? 800 : 0;
    const said = { at, watts: Watts(1300 - sun) };
    const isSilent = meter === "silent after noon" && hour >= 12;
    const reading = {
      at,
      watts: Watts(1000),
      provenance: "metered",
      workload: "mining",
      faults: [],
    } as const;
    state = round(config, tariff, state, {
      events: [],
      heard: {},
      sensed: {},
      solar,
      ...(meter === "none" ? {} : { mains: isSilent ? [] : [said] }),
      rates: {
        wear: wearOf([]),
        heatInstead: { kind: "resistive" },
        gramsPerKwh: 400,
        marginalGramsPerKwh: undefined,
        solarGramsPerKwh: 0,
        warmerK: 0,
      },
      control: {
        at,
        elapsed: second === 0 ? Seconds(0) : step,
        sensors: { room: { reading: { at, value: 20 } } },
        heaters: {
          miner: { reading, answers: true, held: { watts: Watts(1000), workload: "mining" } },
        },
      },
    }).state;
    const { ledger } = state;
    for (const one of [...(ledger?.closedQuarters ?? []), ledger?.quarter]) {
      if (one) quarters.set(one.from, one);
    }
  }
  return { today: state.ledger?.today ?? expect.unreachable(), quarters: [...quarters.values()] };
}
const kwh = (joules: number | undefined) => Joules(joules ?? 0) / 3.6e6;

it("bills what the sun left over at what the grid would have paid, and the rest at the grid's price", () => {
  const { today, quarters } = day(16, "there");
  // From 8 to 10 h 500 W of it are left beside the house, from 10 to 14 h more than the heater draws.
  expect(kwh(today.joules)).toBeCloseTo(16, 6);
  expect(kwh(today.solar?.joules)).toBeGreaterThan(4.9);
  expect(kwh(today.solar?.joules)).toBeLessThanOrEqual(5);
  const expected =
    kwh(today.solar?.joules) * 0.080007 + (kwh(today.joules) - kwh(today.solar?.joules)) * 0.300001;
  expect(Number(today.cost) / 1e6).toBeCloseTo(expected, 5);
  expect(today.carbon?.used).toBeCloseTo((kwh(today.joules) - kwh(today.solar?.joules)) * 0.4, 6);
  const sum = (of: (quarter: LedgerQuarter) => bigint) =>
    quarters.reduce((total, quarter) => total + of(quarter), 0n);
  expect(sum(({ cost }) => cost)).toBe(today.cost);
  expect(sum(({ solar: own }) => own?.forgone ?? 0n)).toBe(today.solar?.forgone);
});

it("guesses no sun without a meter, and none while it is silent", () => {
  const without = day(16, "none").today;
  expect(without.solar).toBeUndefined();
  expect(without.cost).toBe(Micros(16n * 300_001n));
  expect(kwh(day(16, "silent after noon").today.solar?.joules)).toBeCloseTo(3, 1);
});
