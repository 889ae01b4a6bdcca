import { between, type Instant } from "../../domain/index.ts";
import type { Plan, PlannedStep } from "./plan.ts";

/** A plan is made anew each hour; an older one than this no longer acts, s. */
const oldestSeconds = 2 * 3600;

/** The step of a plan that an instant lies in; undefined where the plan is too old, or is none yet. */
export function stepInAct(plan: Pick<Plan, "steps"> | undefined, at: Instant): PlannedStep | undefined {
  const first = plan?.steps[0];
  if (!first || between(first.from, at) >= oldestSeconds) return undefined;
  return plan.steps.find(({ from, duration }) => at >= from && between(from, at) < duration);
}
