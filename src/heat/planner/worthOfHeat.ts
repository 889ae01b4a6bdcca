import { performanceOf, type PlannedSink, type PlanProblem, wholePrice } from "./planProblem.ts";

/** What a kWh left in a sink is worth at the end: as it says, or what its cheapest source takes for one on average; at least nothing. */
export function worthOfHeat(problem: PlanProblem, { id: sink, worthPerKwh }: PlannedSink): number {
  if (worthPerKwh !== undefined) return worthPerKwh;
  const { steps, heaters, backups } = problem;
  const costs = steps.map((step, at) => {
    const price = wholePrice(step, problem);
    return Math.min(
      ...heaters.flatMap(({ sinks, heatShare, earnsPerKwh }) =>
        sinks.includes(sink) && heatShare > 0 ? [(price - (earnsPerKwh[at] ?? 0)) / heatShare] : [],
      ),
      ...backups.flatMap((backup) =>
        backup.sinks.includes(sink) ? [(backup.fuelPerKwh ?? price) / performanceOf(backup, sink, at)] : [],
      ),
    );
  });
  const known = costs.filter(Number.isFinite);
  return known.length === 0 ? 0 : Math.max(0, known.reduce((sum, cost) => sum + cost, 0) / known.length);
}
