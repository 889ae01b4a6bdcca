import type { Plan } from "./plan.ts";
import type { PlanProblem } from "./planProblem.ts";
import type { SolveProgram } from "./program.ts";
import { solvePlan, type SolvePlanOptions } from "./solvePlan.ts";

/** A horizon in coarse steps, and the same one in finer ones. */
export interface PlanProblems {
  readonly coarse: PlanProblem;
  readonly finer: PlanProblem;
}

/** A plan with the problem whose steps it has. */
export interface SolvedPlan {
  readonly problem: PlanProblem;
  readonly plan: Plan;
}

/**
 * A plan in coarse steps first, which nearly always is proven at once; what is left of the first quarter of the time goes
 * into finer steps, which count if they are proven too. So finer steps cost no proof, and a hard day takes no longer.
 */
export async function solveFiner(
  { coarse, finer }: PlanProblems,
  solve: SolveProgram,
  options: SolvePlanOptions = {},
): Promise<SolvedPlan> {
  const { seconds = wholeSeconds, ...others } = options;
  const first = await solvePlan(coarse, solve, { ...others, seconds });
  const left = seconds * finerShare - first.seconds;
  if (first.origin !== "proven" || left < worthwhileSeconds) return { problem: coarse, plan: first };
  const second = await solvePlan(finer, solve, { ...others, seconds: left });
  const spent = first.seconds + second.seconds;
  return second.origin === "proven"
    ? { problem: finer, plan: { ...second, seconds: spent } }
    : { problem: coarse, plan: { ...first, seconds: spent } };
}

const wholeSeconds = 1.8;
/** Of the time, what both may take together. */
const finerShare = 0.25;
const worthwhileSeconds = 0.1;
