import { type Random, seededRandom } from "../src/domain/index.ts";
import type { Plan, PlanProblem, SolveProgram } from "../src/heat/index.ts";
import { chosenBy } from "../src/heat/planner/chosenBy.ts";
import { divideDay, inHalfHours } from "../src/heat/planner/divideDay.suite.ts";
import { formulate } from "../src/heat/planner/formulate.ts";
import { sampleDay } from "../src/heat/planner/sampleDay.suite.ts";
import { solveFiner } from "../src/heat/planner/solveFiner.ts";
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
const asPlanned = { seconds: 36, gap: 0.001 };

/**
 * A day is planned in quarter-hours throughout, and as the hearth does: in half-hours after the sixth hour and hours
 * after the twelfth, or in hours after the sixth where that is not proven. Then what the second plan switches in its
 * quarter-hours is fixed in the first one's programme, and the rest of the day is planned in quarter-hours, as planning
 * anew does. What that costs more, as a share of what the day's energy costs, is what coarser steps lose. Either plan is as
 * far from the best as its gap says, at most 1 %, so a single day may seem to lose or to win as much.
 */
export const planSteps: Benchmark<Name> = {
  title:
    "What a plan loses by coarser steps after its sixth hour, beside quarter-hours throughout, over 30 days",
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
  const halves = inHalfHours(coarse, random);
  const fine = divideDay(halves, ({ duration }) => duration / 900, random);
  const throughout = await solvePlan(fine, solve, throughQuarters);
  if (throughout.origin !== "proven") return { isProven: false, lost: 0, seconds: throughout.seconds };
  const { plan } = await solveFiner({ coarse, finer: halves }, solve, asPlanned);
  const afterwards = await solvePlan(fine, withDecided(fine, plan, solve), throughQuarters);
  const more = wholeCost(fine, afterwards.steps) - wholeCost(fine, throughout.steps);
  return {
    isProven: plan.origin === "proven" && afterwards.origin === "proven",
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
