import { Instant } from "../domain/index.ts";
import type { JobSpec } from "../jobs/index.ts";
import { type Bid, ceilingAt } from "../market/index.ts";

/** What so many waiting tasks of a job want now. */
export function bidOfSpec(
  spec: JobSpec,
  tasks: number,
  now: Instant,
): Omit<Bid, "job" | "consumer" | "doers"> {
  const deadline = Instant(Date.parse(spec.deadline));
  const { classSeconds, memoryMiB, maxGrams } = spec;
  const ceiling = ceilingAt({ ...spec, deadline, tasks }, now);
  return { tasks, classSeconds, memoryMiB, ceiling, gramsCeiling: maxGrams, data: spec.module, deadline };
}
