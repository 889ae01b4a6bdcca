import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Celsius, type Random, seededRandom, Seconds, Watts } from "../../src/domain/index.ts";
import { type PlanProblem, solvePlan, type SolveProgram } from "../../src/heat/index.ts";
import { rulePlan } from "../../src/heat/planner/rulePlan.ts";
import { sampleDay } from "../../src/heat/planner/sampleDay.suite.ts";
import { wholeCost } from "../../src/heat/planner/wholeCost.ts";
import { openSolver } from "../../src/solver/index.ts";
import { expectEnergyKept, expectWithinLimits } from "./soundPlan.suite.ts";

/** A sampled day with feeders, ceilings, least times and starts that bind. */
function bindingDay(seed: number): PlanProblem {
  const random = seededRandom(seed);
  const day = sampleDay(random.fork("day"));
  const binding = random.fork("binding");
  const either = <Value>(...values: Value[]): Value => values[binding.integer(values.length)]!;
  const switching = () => ({
    minOn: Seconds(either(900, 1800, 3600, 5400)),
    minOff: Seconds(either(900, 1800, 3600)),
    since: Seconds(7200 * binding.next()),
  });
  const mean = day.steps.reduce((sum, { pricePerKwh }) => sum + pricePerKwh, 0) / day.steps.length;
  return {
    ...day,
    feederWatts: Watts(either(1500, 2500, 4000, 7000)),
    peakPerKw: either(0, 0, 0.2),
    heaters: day.heaters.map((heater) => ({
      ...heater,
      ...switching(),
      priceCeiling: either(undefined, mean, 0.7 * mean),
      mostWatts: quietOf(day.steps, either(undefined, 0, 500)),
    })),
    backups: day.backups.map((backup) => ({
      ...backup,
      ...switching(),
      watts: Watts(either<number>(0, backup.minWatts)),
    })),
    loads: either(
      [],
      [{ id: "dishes", joules: 1.2 * 3.6e6, maxWatts: Watts(2000), fromStep: 4, untilStep: 26 }],
    ),
    sinks: day.sinks.map((sink) => hardStart(sink, binding)),
  };
}

/** At most so much in a third of the day. */
const quietOf = (steps: PlanProblem["steps"], most: number | undefined) =>
  most === undefined ? undefined : steps.map((_, at) => (at % 12 < 4 ? most : Infinity));

const hardStart = (sink: PlanProblem["sinks"][number], random: Random): PlanProblem["sinks"][number] =>
  random.next() < 0.7
    ? sink
    : sink.kind === "room"
      ? { ...sink, state: { air: Celsius(8), fabric: Celsius(9) } }
      : { ...sink, temperature: Celsius(12) };

const many = Array.from({ length: 10 }, (_, seed) => seed);

describe("every plan of the solver", { timeout: 120_000 }, () => {
  const solver = openSolver();
  // The first programme of a worker pays for compiling the solver.
  beforeAll(() => solvePlan(bindingDay(99), solver.solve, { seconds: 15 }));
  afterAll(() => solver.close());

  it.each(many)("keeps limits, least times and energy, on binding day %i", async (seed) => {
    const problem = bindingDay(seed);
    // With time to find one also on a busy machine.
    const plan = await solvePlan(problem, solver.solve, { seconds: 15 });
    expect(plan.origin, plan.reason ?? "").not.toBe("rules");
    expectWithinLimits(problem, plan.steps);
    expectEnergyKept(problem, plan.steps);
  });

  it.each(many)("costs no more than plain rules but for its gap, on day %i", async (seed) => {
    const problem = sampleDay(seededRandom(seed).fork("rules"));
    const plan = await solvePlan(problem, solver.solve);
    const ruled = rulePlan(problem);
    const most = wholeCost(problem, ruled.steps) + 0.01 * plan.energyCost;
    expect(wholeCost(problem, plan.steps)).toBeLessThanOrEqual(most);
  });
});

it("takes the plain rules' plan where the best in time costs more, and says so", async () => {
  const solver = openSolver();
  onTestFinished(() => solver.close());
  const problem = sampleDay(seededRandom(3).fork("dear"));
  let relaxations = 0;
  const outOfTime: SolveProgram = async (program, limits) => {
    if (limits.relaxed === true && relaxations++ === 0) return solver.solve(program, limits);
    if (limits.relaxed === true) return { values: undefined, end: "time", bound: -Infinity, seconds: 0 };
    // A plan that keeps to everything and heeds no cost.
    const heedless = { ...program, cost: program.cost.map(() => 0) };
    const { values } = await solver.solve(heedless, { gap: 1, seconds: 15 });
    return { values, end: "time", bound: -Infinity, seconds: 0.5 };
  };
  const plan = await solvePlan(problem, outOfTime);
  const ruled = rulePlan(problem);
  expect(plan.origin).toBe("rules");
  expect(plan.reason).toMatch(/^the best that was found in time costs \d+\.\d\d more than plain rules do$/);
  expect(plan.steps).toEqual(ruled.steps);
});

describe("every plan by rules", () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed))(
    "keeps limits, least times and energy, on binding day %i",
    (seed) => {
      const problem = bindingDay(1000 + seed);
      const { steps } = rulePlan(problem);
      expectWithinLimits(problem, steps);
      expectEnergyKept(problem, steps);
    },
  );
});
