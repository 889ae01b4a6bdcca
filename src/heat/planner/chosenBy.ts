import type { Formulated } from "./formulate.ts";
import type { Chosen } from "./formulateDevice.ts";
import type { PlannedStep } from "./plan.ts";
import type { PlanProblem } from "./planProblem.ts";

/** A programme's whole numbers as a plan chooses them. */
export function chosenBy(
  problem: PlanProblem,
  formulated: Formulated,
  steps: readonly PlannedStep[],
): readonly Chosen[] {
  const devices = steps.flatMap(({ heaters, backups }, at) => [
    ...formulated.heaters.flatMap(({ chosen }, one) => chosen(at, (heaters[one]?.watts ?? 0) / 1000)),
    ...formulated.backups.flatMap(({ chosen }, one) => chosen(at, (backups[one]?.watts ?? 0) / 1000)),
  ]);
  const tanks = problem.sinks.flatMap((sink, one) => {
    const { disinfected = [] } = formulated.sinks[one] ?? {};
    const wanted = sink.kind === "tank" ? (sink.disinfection?.celsius ?? Infinity) : Infinity;
    const first = steps.findIndex(({ temperatures }) => (temperatures[sink.id] ?? 0) >= wanted);
    return disinfected.map((column, at): Chosen => [column, at === first ? 1 : 0]);
  });
  const loads = formulated.loadRuns.flatMap((column, one): Chosen[] => {
    const powers = steps.flatMap(({ loads: planned }, at): Chosen[] => {
      const term = formulated.loads[one]?.[at];
      return term ? [[term[1], (planned[one]?.watts ?? 0) / 1000 / term[0]]] : [];
    });
    if (column === undefined) return powers;
    const { joules = 0 } = problem.loads[one] ?? {};
    const drawn = steps.reduce((sum, step) => sum + (step.loads[one]?.watts ?? 0) * step.duration, 0);
    return [...powers, [column, drawn >= joules - 1 ? 1 : 0]];
  });
  return [...devices, ...tanks, ...loads];
}
