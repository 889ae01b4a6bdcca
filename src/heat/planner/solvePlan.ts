import { chosenBy } from "./chosenBy.ts";
import { formulate, type Formulated } from "./formulate.ts";
import type { Chosen } from "./formulateDevice.ts";
import type { Plan } from "./plan.ts";
import { hoursOf, type PlanProblem, wholePrice } from "./planProblem.ts";
import type { Program, ProgramSolution, SolveProgram } from "./program.ts";
import { readPlan } from "./readPlan.ts";
import { rulePlan } from "./rulePlan.ts";
import { wholeCost } from "./wholeCost.ts";

export interface SolvePlanOptions {
  /** For the whole search, s. Default 1.8. */
  readonly seconds?: number;
  /** As a share of what the horizon's energy costs. Default 0.01. */
  readonly gap?: number;
}

const integral = 1e-6;
/** Of the time, what the search among the choices that the relaxation leaves open may take. */
const narrowShare = 0.25;
/** The search aims a little below what is asked, since the energy's cost is known only at its end. */
const aim = 0.95;
const leastEnergyCost = 0.01;

/**
 * A plan for a site's next day or so; there always is one. First the relaxation without integers tells a bound, which
 * is the plan itself where it made all of them whole; then the choices that it leaves open are searched with the others fixed, which nearly always comes within the gap of that
 * bound; else all are searched from there on, or from what plain rules choose where that costs less. The gap is a share
 * of the energy's cost, since net cost may be near zero. Never throws for what the solver does: without its answer, or
 * where they cost less than one that is not proven, plain rules plan.
 */
export async function solvePlan(
  problem: PlanProblem,
  solve: SolveProgram,
  { seconds = 1.8, gap = 0.01 }: SolvePlanOptions = {},
): Promise<Plan> {
  const formulated = formulate(problem);
  try {
    const found = await search(problem, formulated, solve, seconds, gap);
    if (!found.values) return byRules(problem, found.seconds, "the solver found none in time");
    const read = readPlan(problem, formulated, found.values);
    const distance = costOf(formulated.program, found.values) - found.bound;
    const share = Math.max(0, distance) / Math.max(leastEnergyCost, read.energyCost);
    const isProven = share <= gap;
    if (!isProven) {
      const saving = wholeCost(problem, read.steps) - wholeCost(problem, rulePlan(problem).steps);
      const reason = `the best that was found in time costs ${saving.toFixed(2)} more than plain rules do`;
      if (saving > 0) return byRules(problem, found.seconds, reason);
    }
    return {
      ...read,
      origin: isProven ? "proven" : "best in time",
      gap: Number.isFinite(share) ? share : null,
      reason: isProven ? null : `time was over ${(share * 100).toFixed(1)} % from the bound`,
      seconds: found.seconds,
    };
  } catch (thrown) {
    return byRules(
      problem,
      0,
      `the solver failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
}

const byRules = (problem: PlanProblem, seconds: number, reason: string): Plan => ({
  ...rulePlan(problem),
  origin: "rules",
  gap: null,
  reason,
  seconds,
});

type Found = Pick<ProgramSolution, "values" | "bound" | "seconds">;

async function search(
  problem: PlanProblem,
  formulated: Formulated,
  solve: SolveProgram,
  seconds: number,
  share: number,
): Promise<Found> {
  const { program, imported } = formulated;
  const relaxed = await solve(program, { gap: 0, seconds, relaxed: true });
  if (!relaxed.values || relaxed.end !== "solved") return { ...relaxed, values: undefined };
  const whole = wholeIn(program, relaxed.values);
  if (whole.length === program.isInteger.filter(Boolean).length) return relaxed;
  const energyCost = problem.steps.reduce((sum, step, at) => {
    const kilowatts = relaxed.values?.[imported[at] ?? -1] ?? 0;
    return sum + hoursOf(step) * kilowatts * Math.abs(wholePrice(step, problem));
  }, 0);
  const gap = aim * share * Math.max(leastEnergyCost, energyCost);
  const left = seconds - relaxed.seconds;
  const narrow = await solve(fixed(program, whole), {
    gap: gap / 10,
    seconds: Math.max(0.05, left * narrowShare),
    target: relaxed.bound + gap,
  });
  let spent = relaxed.seconds + narrow.seconds;
  if (narrow.values && costOf(program, narrow.values) <= relaxed.bound + gap) {
    return { values: narrow.values, bound: relaxed.bound, seconds: spent };
  }
  const chosen = chosenBy(problem, formulated, rulePlan(problem).steps);
  const ruled = await solve(fixed(program, chosen), { gap: 0, seconds: left / 3, relaxed: true });
  spent += ruled.seconds;
  const start = cheaper(program, narrow.values, ruled.end === "solved" ? ruled.values : undefined);
  const all = await solve(program, { gap, seconds: Math.max(0.05, seconds - spent), start });
  const values = cheaper(program, all.values, start);
  return { values, bound: Math.max(relaxed.bound, all.bound), seconds: spent + all.seconds };
}

/** The integers that a relaxation made whole. */
const wholeIn = ({ isInteger }: Program, values: readonly number[]): readonly Chosen[] =>
  values.flatMap((value, column): Chosen[] => {
    const whole = Math.round(value);
    return isInteger[column] === true && Math.abs(value - whole) <= integral ? [[column, whole]] : [];
  });

/** The programme with some integers fixed. */
function fixed(program: Program, chosen: readonly Chosen[]): Program {
  const [lower, upper] = [[...program.lower], [...program.upper]];
  for (const [column, value] of chosen) {
    if (program.isInteger[column] !== true) continue;
    lower[column] = value;
    upper[column] = value;
  }
  return { ...program, lower, upper };
}

const costOf = ({ cost }: Program, values: readonly number[]) =>
  values.reduce((sum, value, column) => sum + value * (cost[column] ?? 0), 0);

function cheaper(
  program: Program,
  one: readonly number[] | undefined,
  other: readonly number[] | undefined,
): readonly number[] | undefined {
  if (!one || !other) return one ?? other;
  return costOf(program, one) <= costOf(program, other) ? one : other;
}
