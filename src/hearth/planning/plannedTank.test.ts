import { describe, expect, it } from "vitest";
import {
  Celsius,
  HeaterId,
  Instant,
  Micros,
  plus,
  Seconds,
  seededRandom,
  simulatedClock,
  SinkId,
  Watts,
  weekdays,
} from "../../domain/index.ts";
import type { Tariff } from "../../energy/index.ts";
import {
  type ControlConfig,
  controlDefaults,
  type HeaterReading,
  type Setpoint,
  tankModel,
  usualDraw,
} from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { initialRound, round, type RoundState } from "../round.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import type { PlannedSite } from "./askedSite.ts";
import { planProblemOf } from "./planProblemOf.ts";
import { sitePlanner } from "./sitePlanner.ts";

const began = Instant(Date.UTC(2026, 0, 12, 12));
const step = Seconds(60);
const tariff: Tariff = {
  kind: "time-of-use",
  currency: "EUR",
  timezone: "UTC",
  pricePerKwh: Micros(400_000n),
  entries: [{ days: weekdays, from: "00:00", to: "06:00", pricePerKwh: Micros(100_000n) }],
};
const size = { litres: 200, lossWattsPerKelvin: 1.6 };
const { tank: usual } = controlDefaults;
const hotWater = { litresPerDay: 110, profile: "household", tapC: usual.tapC, mainsC: usual.mainsC } as const;
const rule = { celsius: 60, holdSeconds: 1800, everyHours: 168 };

const room = oneRoomSite(
  { setBackC: Celsius(20), bandK: 0.3, entries: [] },
  { kind: "levels", watts: [Watts(1500)] },
);
const config: ControlConfig = {
  ...room,
  sinks: [
    {
      id: SinkId("tank"),
      kind: "tank",
      comfort: { setBackC: Celsius(50), bandK: 4, entries: [] },
      limits: usual.limits,
      ...size,
      model: tankModel(size),
      sensor: { ...controlDefaults.sensor, plausible: usual.plausible },
      fallback: { kind: "stop" },
      aroundC: Celsius(18),
      disinfection: rule,
      hotWater,
      storeC: Celsius(60),
    },
  ],
  heaters: room.heaters.map((heater) => ({ ...heater, sink: SinkId("tank") })),
};

const siteAt = (at: Instant, state: RoundState, control: PlannedSite["control"]): PlannedSite => ({
  at,
  settings: { hours: 24, warmerK: 1, carbonPerKg: 0 },
  config,
  control,
  state: state.control,
  owner: state.owner,
  tariff,
  outside: { carbon: [], marginal: [], weather: [] },
  gramsPerKwh: undefined,
  peakWatts: 0,
  names: {},
  earnsPerKwh: {},
});

interface Life {
  /** After the first half day, in which the tank's model has to show that it foresees. */
  readonly cost: number;
  readonly coldest: number;
  readonly hottest: number;
  readonly causes: ReadonlySet<string>;
  readonly disinfectedAfterHours: number | undefined;
  readonly state: RoundState;
}

/** Two days of a tank by the very rounds of the hearth, with taps that are opened by chance as often as usual. */
async function live(isPlanned: boolean): Promise<Life> {
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
  const random = seededRandom(11);
  const perKelvin = size.litres * 4180;
  let water = 52;
  let held: Setpoint = { watts: Watts(0), workload: "idle" };
  let state = initialRound(config);
  let [cost, coldest, hottest, heldHot] = [0, 100, 0, 0];
  let disinfectedAfterHours: number | undefined;
  const causes = new Set<string>();
  for (let tick = 0; tick < 48 * 60; tick++) {
    await clock.advance(step);
    const at = clock.now();
    const opens = random.next() < 0.02;
    const drawn = opens ? usualDraw(hotWater, at, "UTC") / 0.02 : 0;
    water += ((held.watts - drawn - size.lossWattsPerKelvin * (water - 18)) * step) / perKelvin;
    const { watts } = held;
    const reading: HeaterReading = { at, watts, provenance: "metered", workload: held.workload, faults: [] };
    const output = round(config, tariff, state, {
      events: [],
      heard: {},
      sensed: {},
      plan: isPlanned ? planner.now() : undefined,
      control: {
        at,
        elapsed: tick === 0 ? Seconds(0) : step,
        sensors: { tank: { reading: { at, value: water + 0.05 * random.normal() } } },
        heaters: { heater: { reading, answers: true, held } },
      },
    });
    ({ state } = output);
    const [decision] = output.control.decisions;
    if (decision && !decision.unseen) held = decision.setpoint;
    if (isPlanned && tick % 60 === 0) {
      const before = planner.latest();
      planner.follow(siteAt(at, state, output.control));
      while (planner.latest() === before) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    heldHot = water >= rule.celsius ? heldHot + step : 0;
    if (heldHot >= rule.holdSeconds) disinfectedAfterHours ??= (tick * step) / 3600;
    if (tick < 12 * 60) continue;
    causes.add(decision?.cause ?? "");
    cost += ((watts / 1000) * step * (new Date(at).getUTCHours() < 6 ? 0.1 : 0.4)) / 3600;
    coldest = Math.min(coldest, water);
    hottest = Math.max(hottest, water);
  }
  await planner.close();
  return { cost, coldest, hottest, causes, disinfectedAfterHours, state };
}

describe("a planned tank", { timeout: 120_000 }, () => {
  it("stores cheap heat, and is hot enough against legionella by its deadline", async () => {
    const [plain, planned] = [await live(false), await live(true)];
    expect([...plain.causes]).not.toContain("plan");
    expect([...planned.causes]).toContain("plan");
    expect(planned.cost).toBeLessThan(0.95 * plain.cost);
    expect(planned.coldest).toBeGreaterThan(plain.coldest - 1.5);
    expect(planned.hottest).toBeLessThan(64);
    for (const { disinfectedAfterHours } of [plain, planned]) expect(disinfectedAfterHours).toBeLessThan(24);
  });
});

describe("the problem of a tank", () => {
  const state = initialRound(config);
  const { control } = state;
  const known = (sinceHours: number): RoundState => ({
    ...state,
    control: {
      ...control,
      sinks: {
        tank: {
          ...control.sinks["tank"]!,
          estimate: { ...control.sinks["tank"]!.estimate, mean: [52, 52, 0] },
          disinfection: { heldSeconds: 0, sinceSeconds: sinceHours * 3600, seenAt: began, isDue: false },
        },
      },
    },
  });
  const status = {
    id: HeaterId("heater"),
    state: "off",
    watts: Watts(0),
    trial: control.heaters["heater"]!.trial,
    isTried: false,
    wattsDiffer: false,
    learned: [],
  } as const;
  const tankOf = (sinceHours: number, away?: Celsius) => {
    const site = siteAt(began, known(sinceHours), { heaters: [status] });
    const problem = planProblemOf(site, away === undefined ? {} : { away: { targetC: away, hours: 24 } });
    const [tank] = problem?.sinks ?? [];
    if (tank?.kind !== "tank") throw new Error("no tank is planned");
    return { tank, steps: problem?.steps ?? [] };
  };

  it("keeps it above where its thermostat would begin, and below what it may store", () => {
    const { tank } = tankOf(10);
    expect(tank).toMatchObject({ temperature: 52, around: 18, joulesPerKelvin: 836_000 });
    expect([tank.least[0], tank.most[0], tank.disinfection]).toEqual([46.5, 60, undefined]);
  });

  it("draws as much as on a usual day, and nothing while nobody is there", () => {
    const { tank, steps } = tankOf(10);
    const joules = steps.reduce((sum, { duration }, at) => sum + (tank.drawOff[at] ?? 0) * duration, 0);
    const day = hotWater.litresPerDay * 4180 * (hotWater.tapC - hotWater.mainsC);
    expect(joules / day).toBeGreaterThan(0.97);
    expect(joules / day).toBeLessThan(1.03);
    const { tank: left } = tankOf(10, Celsius(15));
    expect([Math.max(...left.drawOff), left.least[0]]).toEqual([0, 11.5]);
  });

  it.each([
    ["a deadline in ten hours", 158, 5 - 0.5],
    ["a deadline that has passed", 170, 1],
  ])("has %s, less the time in which the thermostat would see to it", (_, since, hours) => {
    const { tank, steps } = tankOf(since);
    const last = steps[tank.disinfection?.byStep ?? -1];
    const end = last ? plus(last.from, last.duration) : began;
    expect(tank.disinfection?.celsius).toBe(62);
    expect((end - began) / 3_600_000).toBeCloseTo(hours, 5);
    expect(tank.most[0]).toBe(62.5);
  });
});
