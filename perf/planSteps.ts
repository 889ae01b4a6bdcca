import { Instant, type Random, seededRandom, Seconds } from "../src/domain/index.ts";
import type { Plan, PlannedSink, PlanProblem, SolveProgram } from "../src/heat/index.ts";
import { chosenBy } from "../src/heat/planner/chosenBy.ts";
import { formulate } from "../src/heat/planner/formulate.ts";
import { sampleDay } from "../src/heat/planner/sampleDay.suite.ts";
import { solvePlan } from "../src/heat/planner/solvePlan.ts";
import { wholeCost } from "../src/heat/planner/wholeCost.ts";
import { openSolver } from "../src/solver/index.ts";
import type { Benchmark } from "./benchmark.ts";

type Name = "lostMean" | "lostMax" | "seconds" | "days" | "leftOut";

const days = 30;
/** Six hours of quarter-hours, which both plans have. */
const decided = 24;
/** Days in quarter-hours throughout that are not proven so far tell nothing, and others take their place. */
const throughQuarters = { seconds: 9, gap: 0.01 };
const byHours = { seconds: 9, gap: 0.001 };

/**
 * A day is planned in quarter-hours throughout, and in hours after the sixth. Then what the second plan switches in its
 * quarter-hours is fixed in the first one's programme, and the rest of the day is planned in quarter-hours, as planning
 * anew does. What that costs more, as a share of what the day's energy costs, is what the hours lose. Either plan is as
 * far from the best as its gap says, at most 1 %, so a single day may seem to lose or to win as much.
 */
export const planSteps: Benchmark<Name> = {
  title: "What a plan loses by hours after its sixth, beside quarter-hours throughout, over 30 days",
  figures: [
    { name: "lostMean", unit: "of the energy's cost", better: "lower", goal: 0.005 },
    { name: "lostMax", unit: "of the energy's cost", better: "lower" },
    { name: "seconds", unit: "s for quarter-hours throughout, on average", better: "lower" },
    { name: "days", unit: "days", better: "higher" },
    { name: "leftOut", unit: "days that could not be proven in quarter-hours", better: "lower" },
  ],
  async measure() {
    const random = seededRandom(2026);
    const solver = openSolver();
    const lost: number[] = [];
    const seconds: number[] = [];
    let leftOut = 0;
    try {
      while (lost.length < days) {
        const fork = random.fork(`day ${lost.length + leftOut}`);
        const compared = await compare(sampleDay(fork), fork.fork("quarters"), solver.solve);
        if (compared.isProven) {
          lost.push(compared.lost);
          seconds.push(compared.seconds);
        } else leftOut += 1;
      }
    } finally {
      await solver.close();
    }
    return { lostMean: mean(lost), lostMax: Math.max(...lost), seconds: mean(seconds), days, leftOut };
  },
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function compare(coarse: PlanProblem, random: Random, solve: SolveProgram) {
  const fine = inQuarters(coarse, random);
  const throughout = await solvePlan(fine, solve, throughQuarters);
  if (throughout.origin !== "proven") return { isProven: false, lost: 0, seconds: throughout.seconds };
  const hourly = await solvePlan(coarse, solve, byHours);
  const afterwards = await solvePlan(fine, withDecided(fine, hourly, solve), throughQuarters);
  const more = wholeCost(fine, afterwards.steps) - wholeCost(fine, throughout.steps);
  return {
    isProven: hourly.origin === "proven" && afterwards.origin === "proven",
    lost: more / throughout.energyCost,
    seconds: throughout.seconds,
  };
}

/** Solves programmes in which a plan's first hours are done as it says. */
function withDecided(problem: PlanProblem, { steps }: Plan, solve: SolveProgram): SolveProgram {
  const formulated = formulate(problem);
  const first = steps.slice(0, decided);
  const switched = chosenBy({ ...problem, sinks: [], loads: [] }, formulated, first);
  const powers = first.flatMap(({ backups }, at) =>
    formulated.backups.map((device, one) => {
      const [[, column] = [0, -1]] = device.power(at);
      return [column, (backups[one]?.watts ?? 0) / 1000] as const;
    }),
  );
  return (program, limits) => {
    const [lower, upper] = [[...program.lower], [...program.upper]];
    for (const [column, value] of [...switched, ...powers]) [lower[column], upper[column]] = [value, value];
    return solve({ ...program, lower, upper }, limits);
  };
}

/** The same day in quarter-hours throughout; on a market's days an hour's quarters rise or fall about its price. */
function inQuarters(problem: PlanProblem, random: Random): PlanProblem {
  const parts = problem.steps.flatMap(({ duration }, at) =>
    Array.from({ length: duration / 900 }, (_, part) => ({ at, part, of: duration / 900 })),
  );
  const isMarket = new Set(problem.steps.map(({ pricePerKwh }) => pricePerKwh)).size > 4;
  const slopes = problem.steps.map(() => (isMarket ? 0.09 * (2 * random.next() - 1) : 0));
  const again = <Value>(values: readonly Value[]) => parts.map(({ at }) => values[at]!);
  const lastOf = (step: number) => parts.findLastIndex(({ at }) => at === step);
  return {
    ...problem,
    steps: parts.map(({ at, part, of }) => {
      const step = problem.steps[at]!;
      const beside = of === 1 ? 0 : (slopes[at] ?? 0) * ((2 * part) / 3 - 1);
      return {
        ...step,
        from: Instant(step.from + part * 900_000),
        duration: Seconds(900),
        pricePerKwh: step.pricePerKwh + Math.abs(step.pricePerKwh) * beside,
      };
    }),
    heaters: problem.heaters.map((heater) => ({ ...heater, earnsPerKwh: again(heater.earnsPerKwh) })),
    backups: problem.backups.map((backup) => ({ ...backup, performance: again(backup.performance) })),
    sinks: problem.sinks.map((sink): PlannedSink => {
      const comfort = { least: again(sink.least), most: again(sink.most) };
      if (sink.kind === "room") return { ...sink, ...comfort, gains: sink.gains && again(sink.gains) };
      const { disinfection } = sink;
      return {
        ...sink,
        ...comfort,
        drawOff: again(sink.drawOff),
        disinfection: disinfection && { ...disinfection, byStep: lastOf(disinfection.byStep) },
      };
    }),
  };
}
