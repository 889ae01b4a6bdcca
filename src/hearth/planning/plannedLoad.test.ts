import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Celsius,
  Instant,
  Micros,
  plus,
  Seconds,
  simulatedClock,
  toKwh,
  Watts,
  weekdays,
} from "../../domain/index.ts";
import { energyToday, type Tariff } from "../../energy/index.ts";
import {
  type HeaterReading,
  type LoadConfig,
  newLoad,
  roomModel,
  type Setpoint,
  stepRoom,
} from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { ledgerDayView } from "../ledger/ledgerView.ts";
import { initialRound, restoredRound, round } from "../round.ts";
import type { PlannedSite } from "./askedSite.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import { planProblemOf } from "./planProblemOf.ts";
import { sitePlanner } from "./sitePlanner.ts";

const began = Instant(Date.UTC(2026, 0, 12, 20));
const step = Seconds(30);
const rounds = 11.5 * 120;
const dear = Micros(400_000n);
const cheap = Micros(100_000n);
const tariff: Tariff = {
  kind: "time-of-use",
  currency: "EUR",
  timezone: "UTC",
  pricePerKwh: dear,
  entries: [{ days: weekdays, from: "01:00", to: "06:00", pricePerKwh: cheap }],
};
const model = roomModel({ areaM2: 25, insulation: "good" });
const config = {
  ...oneRoomSite(
    { setBackC: Celsius(20), bandK: 0.3, entries: [] },
    { kind: "range", min: Watts(300), max: Watts(1200), step: Watts(25) },
    model,
  ),
  feeder: { maxWatts: Watts(2500) },
  stagger: Seconds(60),
};
/** A car that wants 4 kWh by 8 h, at 2 kW: beside a heater at its most it is above the feeder. */
const car: LoadConfig = {
  id: "car",
  watts: Watts(2000),
  need: { kind: "energy", joules: 4 * 3.6e6 },
  window: { days: [...weekdays], from: "22:00", to: "08:00" },
  minOn: Seconds(600),
  cutsWithin: Seconds(180),
};
const wear = { microsPerSecond: undefined, embodiedKgPerSecond: 0, assumedKgPerSecond: 0 };
const rates = {
  heatInstead: { kind: "resistive" },
  bitcoinPrice: undefined,
  wear,
  gramsPerKwh: undefined,
  marginalGramsPerKwh: undefined,
  solarGramsPerKwh: 0,
  warmerK: 1.5,
} as const;
const reading = (at: Instant, { watts, workload }: Setpoint): HeaterReading => ({
  at,
  watts,
  provenance: "metered",
  workload,
  faults: [],
});
const off: Setpoint = { watts: Watts(0), workload: "idle" };

/** A night by the very rounds of the hearth, as it plans them. */
async function live() {
  const clock = simulatedClock(began);
  const solver = openSolver();
  const planner = sitePlanner({
    clock,
    solve: solver.solve,
    closeSolver: () => solver.close(),
    onFault: (thrown) => {
      throw thrown;
    },
  });
  const weather = [
    {
      from: began,
      until: plus(began, Seconds(5 * 86_400)),
      value: { outdoorC: 3, globalWm2: 0, directNormalWm2: 0, diffuseWm2: 0 },
    },
  ];
  const outside = { carbon: [], marginal: [], weather };
  let room = { air: Celsius(20), fabric: Celsius(19.5) };
  let held = { heater: off, car: off };
  let state = initialRound(config);
  let site: PlannedSite | undefined;
  const lived = { coldest: 40, most: 0, carStarts: 0, starts: [] as number[], causes: new Set<string>() };
  const joules = { cheap: 0, dear: 0 };
  const reasons = new Set<string>();
  for (let tick = 0; tick < rounds; tick++) {
    await clock.advance(step);
    const at = clock.now();
    room = stepRoom(model, room, { outdoor: Celsius(3), heat: held.heater.watts }, step);
    const isCheap = new Date(at).getUTCHours() >= 1 && new Date(at).getUTCHours() < 6;
    joules[isCheap ? "cheap" : "dear"] += held.car.watts * step;
    const said = { heater: reading(at, held.heater), car: reading(at, held.car) };
    const output = round(config, tariff, state, {
      events: [],
      heard: {},
      sensed: {},
      plan: planner.now(),
      outside,
      rates,
      loads: {
        configs: [car],
        inputs: { car: { reading: said.car, answers: true, held: held.car } },
        heard: {},
      },
      control: {
        at,
        elapsed: tick === 0 ? Seconds(0) : step,
        outdoor: Celsius(3),
        sensors: { room: { reading: { at, value: room.air } } },
        heaters: { heater: { reading: said.heater, answers: true, held: held.heater } },
      },
    });
    const loads = state.loads;
    ({ state } = output);
    const [decision] = output.control.decisions;
    const [load] = output.loads.decisions;
    const next = { heater: decision?.setpoint ?? off, car: load?.setpoint ?? off };
    for (const id of ["heater", "car"] as const)
      if (held[id].watts === 0 && next[id].watts > 0) lived.starts.push(tick * step);
    if (held.car.watts === 0 && next.car.watts > 0) lived.carStarts += 1;
    held = next;
    lived.most = Math.max(lived.most, held.heater.watts + held.car.watts);
    lived.coldest = Math.min(lived.coldest, room.air);
    lived.causes.add(decision?.cause ?? "");
    if (held.car.watts > 0) reasons.add(load?.reason ?? "");
    if (tick % 120 !== 0) continue;
    const before = planner.latest();
    site = {
      at,
      settings: { hours: 24, warmerK: 1.5, carbonPerKg: 0 },
      config,
      control: output.control,
      state: state.control,
      owner: state.owner,
      loads: [{ config: car, memory: loads["car"] ?? newLoad }],
      tariff,
      outside,
      gramsPerKwh: undefined,
      peakWatts: 0,
      names: {},
      earnsPerKwh: {},
    };
    planner.follow(site);
    while (planner.latest() === before) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await planner.close();
  return { ...lived, joules, reasons, state, site };
}

describe("a plan and a deferrable load in one home", { timeout: 120_000 }, () => {
  let home: Awaited<ReturnType<typeof live>>;
  beforeAll(async () => {
    home = await live();
  });
  afterAll(() => expect(home.most).toBeGreaterThan(0));

  it("charges while that is cheap, by the plan, and is done in time", () => {
    const whole = home.joules.cheap + home.joules.dear;
    expect(whole / 3.6e6).toBeGreaterThanOrEqual(4);
    expect(whole / 3.6e6).toBeLessThan(4.2);
    expect(home.joules.cheap / whole).toBeGreaterThan(0.9);
    expect(home.carStarts).toBeLessThanOrEqual(4);
    expect([...home.reasons].join()).toMatch(/planned until 0\d:\d\d: price 0\.10/);
  });

  it("heats by the plan meanwhile, is warm, stays below the feeder and starts one after the other", () => {
    expect(home.causes).toContain("plan");
    expect(home.coldest).toBeGreaterThan(19.4);
    expect(home.most).toBeLessThanOrEqual(2500);
    const apart = home.starts.slice(1).map((start, at) => start - (home.starts[at] ?? 0));
    expect(home.starts.length).toBeGreaterThan(2);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(60);
  });

  it("weighs what it is worth that one runs, where its owner says so", () => {
    const site = home.site ?? expect.unreachable();
    const at = (config: LoadConfig) =>
      planProblemOf({ ...site, at: began, loads: [{ config, memory: newLoad }] })?.loads[0];
    expect(at({ ...car, worth: 0.5 })).toMatchObject({ value: 0.5, joules: 4 * 3.6e6, isSwitched: true });
    expect(at(car)?.value).toBeUndefined();
  });

  it("tells what the load drew and cost apart from what heating did, over a restart, too", () => {
    const kept = JSON.parse(
      JSON.stringify(home.state, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ) as unknown;
    for (const state of [home.state, restoredRound(config, kept)]) {
      const [load, heating] = [energyToday(state.loadEnergy), energyToday(state.energy)];
      expect(toKwh(load.energy)).toBeCloseTo((home.joules.cheap + home.joules.dear) / 3.6e6, 1);
      expect(Number(load.cost) / 1e6 / toKwh(load.energy)).toBeLessThan(0.14);
      const day = state.ledger?.today;
      const view = day ? ledgerDayView(day, "EUR", "UTC") : expect.unreachable();
      expect(view.loads?.energyKwh).toBeCloseTo(toKwh(load.energy), 5);
      expect(view.loads?.cost.amount).toBe((Number(load.cost) / 1e6).toFixed(6));
      // A round belongs to the day in which it ends.
      expect(view.energyKwh).toBeCloseTo(toKwh(heating.energy), 2);
    }
  });
});
