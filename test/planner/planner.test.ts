import { afterAll, describe, expect, it } from "vitest";
import { Celsius, seededRandom, Seconds, Watts } from "../../src/domain/index.ts";
import { explainPlan, type Plan, type PlanProblem, solvePlan, stepRoom } from "../../src/heat/index.ts";
import { sampleDay } from "../../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../../src/solver/index.ts";
import { expectEnergyKept, expectWithinLimits } from "./soundPlan.suite.ts";

const day = (name: string | number, over: Partial<PlanProblem> = {}): PlanProblem => ({
  ...sampleDay(seededRandom(7).fork(String(name))),
  ...over,
});

describe("the planner on the real solver", { timeout: 120_000 }, () => {
  const solver = openSolver();
  afterAll(() => solver.close());
  /** With time to prove it also on a busy machine. */
  const planned = (problem: PlanProblem) => solvePlan(problem, solver.solve, { seconds: 15 });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("keeps to every cap and to its own physics on day %d", async (name) => {
    const problem = day(name);
    const plan = await planned(problem);
    expect(plan.origin).not.toBe("rules");
    expectSound(problem, plan);
    expectPhysics(problem, plan);
  });

  it("takes a pump by what it gives each sink, within the most of each step, and asks once where nothing is whole", async () => {
    const { backups, steps, ...rest } = day("by sink");
    const [pump] = backups;
    const mostWatts = steps.map((_, at) => 500 + 20 * at);
    const free = {
      ...pump!,
      minWatts: Watts(0),
      minOn: Seconds(0),
      minOff: Seconds(0),
      startCost: 0,
      mostWatts,
    };
    const performanceInto = { room: steps.map(() => 3.5), tank: steps.map(() => 2) };
    const sinks = rest.sinks.map((sink) =>
      sink.kind === "tank" ? { ...sink, disinfection: undefined } : sink,
    );
    const problem = { ...rest, sinks, steps, heaters: [], backups: [{ ...free, performanceInto }] };
    let asked = 0;
    const plan = await solvePlan(problem, (program, limits) => {
      asked += 1;
      return solver.solve(program, limits);
    });
    expect([asked, plan.origin]).toEqual([1, "proven"]);
    const given = plan.steps.map(({ backups: [own] }) => own!);
    given.forEach(({ watts, heat: { room = 0, tank = 0 } }, at) => {
      expect(room / 3.5 + tank / 2).toBeCloseTo(watts, 3);
      expect(watts).toBeLessThanOrEqual(mostWatts[at]! + 1e-3);
    });
    expect(given.some(({ heat }) => (heat["tank"] ?? 0) > 0 && (heat["room"] ?? 0) > 0)).toBe(true);
  });

  it("costs no more than plain rules do, comfort counted", async () => {
    for (const name of ["a", "b", "c", "d"]) {
      const problem = day(name);
      const ruled = await solvePlan(problem, () => Promise.reject(new Error("is away")));
      const plan = await planned(problem);
      expect(ruled.origin).toBe("rules");
      expect(ruled.reason).toContain("is away");
      expectSound(problem, ruled);
      const whole = ({ netCost, discomfort }: Plan) => netCost + 0.5 * discomfort;
      expect(whole(plan)).toBeLessThan(whole(ruled) + 0.3);
    }
  });

  it.each<[string, (problem: PlanProblem) => Partial<PlanProblem>]>([
    [
      "a room far below its target",
      ({ sinks }) => ({
        sinks: sinks.map((sink) =>
          sink.kind === "room" ? { ...sink, state: { air: Celsius(6), fabric: Celsius(6) } } : sink,
        ),
      }),
    ],
    [
      "a cold tank",
      ({ sinks }) => ({
        sinks: sinks.map((sink) => (sink.kind === "tank" ? { ...sink, temperature: Celsius(12) } : sink)),
      }),
    ],
    ["a feeder that is smaller than the need", () => ({ feederWatts: Watts(900) })],
    [
      "other loads above the feeder",
      ({ steps }) => ({
        steps: steps.map((step) => ({ ...step, otherWatts: Watts(9000), solarWatts: Watts(0) })),
      }),
    ],
    [
      "negative prices",
      ({ steps }) => ({ steps: steps.map((step) => ({ ...step, pricePerKwh: -0.1, exportPerKwh: -0.2 })) }),
    ],
    [
      "weather that is colder by 20 K",
      ({ steps }) => ({ steps: steps.map((step) => ({ ...step, outdoor: Celsius(step.outdoor - 20) })) }),
    ],
    [
      "heaters that run already though the feeder does not bear them",
      ({ heaters }) => ({
        feederWatts: Watts(700),
        heaters: heaters.map((heater) => ({
          ...heater,
          watts: heater.steps.kind === "levels" ? (heater.steps.watts[0] ?? Watts(0)) : Watts(0),
          since: Seconds(60),
        })),
      }),
    ],
  ])("has a plan for %s", async (_, change) => {
    const problem = day("hard");
    const hard = { ...problem, ...change(problem) };
    const plan = await planned(hard);
    expectSound(hard, plan);
    expect(plan.steps).toHaveLength(hard.steps.length);
  });

  it("heats all that it can where the price is negative", async () => {
    const problem = day("negative");
    const steps = problem.steps.map((step, at) => ({ ...step, pricePerKwh: at < 8 ? -0.5 : 0.4 }));
    const plan = await planned({ ...problem, steps });
    const drawn = (at: number) => plan.steps[at]?.importedWatts ?? 0;
    expect(drawn(2)).toBeGreaterThan(3000);
    expect(drawn(2)).toBeGreaterThan(drawn(12));
  });

  it("lets a heater rest while energy is above its price ceiling", async () => {
    const problem = day("ceiling");
    const steps = problem.steps.map((step, at) => ({ ...step, pricePerKwh: at < 12 ? 0.5 : 0.1 }));
    const heaters = problem.heaters.map((heater) => ({
      ...heater,
      earnsPerKwh: heater.earnsPerKwh.map(() => 0.9),
      priceCeiling: 0.3,
      watts: Watts(0),
      since: Seconds(7200),
    }));
    const plan = await planned({ ...problem, steps, heaters });
    for (const step of plan.steps.slice(0, 12))
      expect(step.heaters.map(({ watts }) => watts)).toEqual([0, 0, 0]);
    expect(plan.steps.some(({ heaters: own }) => own.some(({ watts }) => watts > 0))).toBe(true);
  });

  it("lets a deferrable load run when energy costs least, and an optional one only where it is worth it", async () => {
    const problem = day("load");
    const steps = problem.steps.map((step, at) => ({
      ...step,
      pricePerKwh: at === 10 || at === 11 ? 0.05 : 0.4,
      solarWatts: Watts(0),
    }));
    const load = { joules: 0.5 * 3.6e6, maxWatts: Watts(1000), fromStep: 4, untilStep: 20 };
    const plan = await planned({
      ...problem,
      steps,
      loads: [
        { id: "dishes", ...load },
        { id: "luxury", ...load, untilStep: 9, value: 0.05 },
        { id: "boiler", ...load, joules: 0.6 * 3.6e6, isSwitched: true, startCost: 0.05 },
      ],
    });
    const boiler = plan.steps.map(({ loads }) => loads[2]?.watts ?? 0);
    expect(boiler.filter((watts) => watts > 1e-3).map((watts) => Math.round(watts))).toEqual([
      1000, 1000, 1000,
    ]);
    const first = boiler.findIndex((watts) => watts > 1e-3);
    expect(boiler.slice(first, first + 3).every((watts) => watts > 1e-3)).toBe(true);
    const energy = (id: string, from: number, until: number) =>
      plan.steps
        .slice(from, until)
        .reduce(
          (sum, step) => sum + (step.loads.find((one) => one.id === id)?.watts ?? 0) * step.duration,
          0,
        );
    expect(energy("dishes", 0, 42)).toBeCloseTo(load.joules, -3);
    expect(energy("dishes", 10, 12)).toBeCloseTo(load.joules, -3);
    expect(energy("luxury", 0, 42)).toBe(0);
  });

  it("cools a hot room ahead while that is cheap, and by rules when it has to, with a pool beside it", async () => {
    const { sinks, steps, ...rest } = day("hot");
    const hourAt = (at: number) => (steps[at]!.from - steps[0]!.from) / 3_600_000;
    const hot = steps.map((step, at) => ({
      ...step,
      outdoor: Celsius(26 + 8 * Math.sin(((hourAt(at) - 9) / 24) * 2 * Math.PI)),
      pricePerKwh: hourAt(at) < 9 ? 0.1 : 0.4,
      solarWatts: Watts(0),
    }));
    const state = { air: Celsius(25), fabric: Celsius(25) };
    const gains = steps.map(() => 900);
    const room = {
      ...sinks[0]!,
      state,
      gains,
      most: steps.map(() => 26),
      worthPerKwh: 0,
      hotPerKelvinHour: 5,
    };
    const pool = {
      kind: "pool",
      id: "pool",
      joulesPerKelvin: 20 * 4.186e6,
      lossWattsPerKelvin: steps.map((_, at) => 100 + 20 * at),
      around: Celsius(26.5),
      temperature: Celsius(26.5),
      drawOff: steps.map((_, at) => 2000 - 30 * at),
      least: steps.map(() => 26.5),
      most: steps.map(() => 27.5),
      mostHeat: steps.map(() => 900),
      coldPerKelvinHour: 2,
      hotPerKelvinHour: 2,
    } as const;
    const mostWatts = steps.map(() => 1500);
    const problem: PlanProblem = {
      ...rest,
      steps: hot,
      heaters: [],
      backups: rest.backups.map((pump) => ({ ...pump, sinks: ["tank", "pool"] })),
      sinks: [room, sinks[1]!, pool],
      coolers: [{ id: "split", room: "room", mostWatts, performance: steps.map(() => 3) }],
    };
    const drawn = ({ steps: of }: Plan, isCheap: boolean) =>
      of.reduce(
        (sum, { coolers = [], duration }, at) =>
          hourAt(at) < 9 === isCheap ? sum + (coolers[0]?.watts ?? 0) * (duration / 3.6e6) : sum,
        0,
      );
    const plan = await planned(problem);
    const ruled = await solvePlan(problem, () => Promise.reject(new Error("is away")));
    for (const one of [plan, ruled]) {
      expectWithinLimits(problem, one.steps);
      expectEnergyKept(problem, one.steps);
      expect(Math.max(...one.steps.map(({ temperatures }) => temperatures["room"] ?? 0))).toBeLessThan(26.05);
    }
    for (const { backups } of plan.steps)
      expect(backups[0]?.heat["pool"] ?? 0).toBeLessThanOrEqual(900 + 1e-3);
    expect(drawn(ruled, true)).toBeLessThan(0.5 * drawn(plan, true));
    expect(drawn(plan, false)).toBeLessThan(0.95 * drawn(ruled, false));
  });

  it("brings the tank to 60 °C by its deadline", async () => {
    const problem = day("legionella");
    const sinks = problem.sinks.map((sink) =>
      sink.kind === "tank" ? { ...sink, disinfection: { celsius: 60, byStep: 20 } } : sink,
    );
    const plan = await planned({ ...problem, sinks });
    expect(
      Math.max(...plan.steps.slice(0, 21).map(({ temperatures }) => temperatures["tank"] ?? 0)),
    ).toBeGreaterThan(59.99);
  });

  it("says why it runs each device, and what that saves", async () => {
    const problem = day("words");
    const steps = problem.steps.map((step, at) => ({ ...step, pricePerKwh: at < 16 ? 0.05 : 0.5 }));
    const plan = await planned({ ...problem, steps });
    const words = explainPlan({ ...problem, steps }, plan, "UTC").map((one) => one.words);
    expect(words.length).toBeGreaterThan(0);
    for (const said of words)
      expect(said).toMatch(/^running [a-z-]+ at \d+(?: to \d+)? W \d\d:\d\d–\d\d:\d\d: price -?\d+\.\d\d/);
    expect(
      words.some((said) => /stored in (room|tank).*saves \d+\.\d\d against [a-z-]+ at \d\d:\d\d/.test(said)),
    ).toBe(true);
  });
});

/** Whatever was asked: no cap is passed, and each device has one of its powers. */
function expectSound(problem: PlanProblem, plan: Plan): void {
  plan.steps.forEach((step, at) => {
    const known = problem.steps[at]!;
    const other = known.otherWatts - known.solarWatts;
    expect(step.importedWatts).toBeLessThanOrEqual(Math.max(problem.feederWatts, other) + 0.5);
    const drawn = [...step.heaters, ...step.backups].reduce((sum, { watts }) => sum + watts, 0);
    if (drawn > 1) expect(drawn + other).toBeLessThanOrEqual(problem.feederWatts + 0.5);
    if (known.duration > 900) return;
    step.heaters.forEach(({ watts }, one) => {
      const { steps } = problem.heaters[one]!;
      const levels: readonly number[] = steps.kind === "levels" ? [0, ...steps.watts] : [];
      expect(Math.min(...levels.map((level) => Math.abs(level - watts)))).toBeLessThan(0.5);
    });
    for (const { watts } of step.backups) if (watts > 0.5) expect(watts).toBeGreaterThan(499);
  });
}

/** The temperatures that it predicts are those of the room's own physics under the heat that it plans. */
function expectPhysics({ sinks, steps }: PlanProblem, plan: Plan): void {
  const room = sinks.find((sink) => sink.kind === "room")!;
  let { state } = room;
  plan.steps.forEach((planned, at) => {
    const heat = [...planned.heaters, ...planned.backups].reduce(
      (sum, one) => sum + (one.heat[room.id] ?? 0),
      0,
    );
    state = stepRoom(room.model, state, { outdoor: steps[at]!.outdoor, heat: Watts(heat) }, planned.duration);
    expect(planned.temperatures[room.id]).toBeCloseTo(state.air, 2);
  });
}
