import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SinkId } from "../../domain/index.ts";
import {
  Celsius,
  HeaterId,
  Instant,
  Micros,
  plus,
  Seconds,
  type SimulatedClock,
  simulatedClock,
  Watts,
  weekdays,
} from "../../domain/index.ts";
import type { Tariff } from "../../energy/index.ts";
import { initialControl } from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import type { PlannedSite } from "./askedSite.ts";
import { planProblemOf } from "./planProblemOf.ts";
import { type SitePlanner, sitePlanner } from "./sitePlanner.ts";

/** Wednesday evening; energy is cheap from midnight to five. */
const evening = Instant(Date.UTC(2026, 0, 14, 22));
const tariff: Tariff = {
  kind: "time-of-use",
  currency: "EUR",
  timezone: "UTC",
  pricePerKwh: Micros(400_000n),
  entries: [{ days: weekdays, from: "00:00", to: "05:00", pricePerKwh: Micros(100_000n) }],
};
const config = oneRoomSite(
  {
    setBackC: Celsius(18),
    bandK: 0.3,
    entries: [{ days: weekdays, from: "06:00", to: "22:00", targetC: Celsius(21) }],
  },
  { kind: "levels", watts: [Watts(500), Watts(1000)] },
);

function siteAt(at: Instant, changes: Partial<PlannedSite> = {}): PlannedSite {
  const state = initialControl(config);
  const room = state.sinks["room"];
  if (!room) throw new Error("no room");
  const estimate = { ...room.estimate, mean: [18.4, 18, 0] as const };
  return {
    at,
    settings: { hours: 24, warmerK: 1, carbonPerKg: 0 },
    config,
    control: {
      heaters: config.heaters.map(({ id }) => ({ id, state: "off" }) as never),
    },
    state: { ...state, sinks: { room: { ...room, estimate } } },
    owner: { stoppedHeaters: [], overrides: {}, powers: {}, trials: {} },
    tariff,
    outside: { carbon: [], marginal: [], weather: [] },
    gramsPerKwh: undefined,
    peakWatts: 0,
    names: { room: "Bath", heater: "Miner" },
    earnsPerKwh: { heater: 0.05 },
    ...changes,
  };
}

describe("the problem of a site's day", () => {
  const problem = planProblemOf(siteAt(plus(evening, Seconds(440)))) ?? expect.unreachable();
  const minutes = problem.steps.map(({ duration }) => duration / 60);

  it("has quarter-hours at first and hours then, by the clock", () => {
    expect(minutes.slice(0, 2)).toEqual([(900 - 440) / 60, 15]);
    expect(minutes.at(-2)).toBe(60);
    expect(minutes.reduce((sum, each) => sum + each, 0)).toBeCloseTo(24 * 60);
    expect(problem.steps.slice(1).every(({ from }) => from % 900_000 === 0)).toBe(true);
  });

  it("has each step's price, and what is wanted at its end", () => {
    const at = (time: number) => problem.steps.findIndex(({ from }) => from === Date.UTC(2026, 0, 15, time));
    expect(problem.steps[at(0)]?.pricePerKwh).toBeCloseTo(0.1);
    expect(problem.steps[at(5)]?.pricePerKwh).toBeCloseTo(0.4);
    const [room] = problem.sinks;
    expect([room?.least[at(4)], room?.least[at(7)]]).toEqual([18, 21]);
    expect(room?.most[at(1)]).toBe(19);
    expect(room?.most[at(4)]).toBe(22);
  });

  it("is none while no temperature is known", () => {
    expect(planProblemOf({ ...siteAt(evening), state: initialControl(config) })).toBeUndefined();
  });

  it.each(["stopped-by-owner", "unreachable", "fault"] as const)(
    "counts on no heater that is %s",
    (state) => {
      const control = { heaters: [{ id: HeaterId("heater"), state } as never] };
      expect(planProblemOf(siteAt(evening, { control }))).toBeUndefined();
    },
  );

  it("takes what is supposed", () => {
    const supposed = planProblemOf(siteAt(evening), {
      warmerBy: 1,
      priceTimes: 2,
      away: { targetC: Celsius(15), hours: 12 },
    });
    expect(supposed?.steps[0]?.pricePerKwh).toBeCloseTo(0.8);
    expect([supposed?.sinks[0]?.least[0], supposed?.sinks[0]?.least.at(-1)]).toEqual([16, 22]);
  });
});

describe("the planner of a site", () => {
  let clock: SimulatedClock;
  let planner: SitePlanner;
  let faults: unknown[];
  beforeEach(() => {
    clock = simulatedClock(evening);
    faults = [];
    const solver = openSolver();
    planner = sitePlanner({
      clock,
      solve: solver.solve,
      closeSolver: () => solver.close(),
      onFault: (thrown) => faults.push(thrown),
    });
  });
  afterEach(async () => {
    await planner.close();
    expect(faults).toEqual([]);
  });
  const planned = async (site = siteAt(clock.now())) => {
    const before = planner.latest();
    planner.follow(site);
    await vi.waitFor(() => expect(planner.latest()).not.toBe(before), { timeout: 15_000 });
    return planner.latest() ?? expect.unreachable();
  };

  it("heats ahead while energy is cheap, and says why", async () => {
    const { plan, problem } = await planned();
    const before = problem.steps.findIndex(({ from }) => from === Date.UTC(2026, 0, 15, 5)) - 1;
    expect(problem.sinks[0]?.least[before]).toBe(18);
    expect(plan.steps[before]?.temperatures["room"]).toBeGreaterThan(20);
    expect(plan.discomfort).toBeLessThan(1);
    await clock.advance(Seconds(4 * 3600));
    const now = await planned(siteAt(clock.now()));
    const [first] = now.explanations;
    expect(first?.words).toMatch(
      /^running Miner at \d+ W \d\d:\d\d–\d\d:\d\d: price 0\.\d\d, (stored in|heats) Bath/,
    );
  });

  it("has a power for each moment of the next two hours, and what it foresees", async () => {
    const { problem } = await planned();
    const now = planner.now() ?? expect.unreachable();
    expect(now.foreseen["room" as SinkId]).toBeCloseTo(18.4);
    expect(now.wishes["heater"]?.warmest).toBe(problem.sinks[0]?.most[0]);
    expect(now.wishes["heater"]?.why).toMatch(/^planned (until|to rest)/);
    await clock.advance(Seconds(7190));
    expect(planner.now()).toBeDefined();
    await clock.advance(Seconds(20));
    expect(planner.now()).toBeUndefined();
  });

  it("plans anew every hour, and at once when its owner wants something else", async () => {
    const first = await planned();
    await clock.advance(Seconds(1800));
    planner.follow(siteAt(clock.now()));
    expect(planner.latest()).toBe(first);
    const hold = { kind: "hold", targetC: Celsius(24), since: clock.now() } as const;
    const owner = { ...siteAt(clock.now()).owner, overrides: { room: [hold] } };
    const other = siteAt(clock.now(), { owner });
    planner.follow(other);
    expect(planner.now()).toBeUndefined();
    const next = await planned(other);
    expect(next.problem.sinks[0]?.least[0]).toBe(24);
    await clock.advance(Seconds(3600));
    expect((await planned(siteAt(clock.now(), { owner }))).madeAt).toBe(clock.now());
  });

  it("answers what if without following it, and not too many at once", async () => {
    const made = await planned();
    const [dearer, colder] = await Promise.all([
      planner.whatIf({ priceTimes: 3 }),
      planner.whatIf({ warmerBy: -2 }),
      expect(planner.whatIf({})).rejects.toMatchObject({ code: "api/unavailable" }),
    ]);
    expect(dearer.plan.energyCost).toBeGreaterThan(made.plan.energyCost);
    expect(colder.plan.energyCost).toBeLessThan(made.plan.energyCost);
    expect(planner.latest()).toBe(made);
  });

  it("has none before anything is known, nor where nothing is to be planned", async () => {
    await expect(planner.whatIf({})).rejects.toMatchObject({ code: "api/conflict" });
    planner.follow({ ...siteAt(evening), state: initialControl(config) });
    await vi.waitFor(() => expect(planner.trouble()).toMatch(/no room's temperature is known/));
    planner.follow(undefined);
    expect([planner.now(), planner.latest()]).toEqual([undefined, undefined]);
  });
});
