import { Instant, type Random, Seconds } from "../../domain/index.ts";
import type { PlannedSink, PlanProblem, PlanStep } from "./planProblem.ts";

/**
 * The same day in shorter steps, each divided into so many; on a market's days the parts of a step rise or fall evenly
 * about its price, by up to 9 % either way.
 */
export function divideDay(
  problem: PlanProblem,
  partsOf: (step: PlanStep) => number,
  random: Random,
): PlanProblem {
  const parts = problem.steps.flatMap((step, at) => {
    const of = partsOf(step);
    return Array.from({ length: of }, (_, part) => ({ at, part, of }));
  });
  const isMarket = new Set(problem.steps.map(({ pricePerKwh }) => pricePerKwh)).size > 4;
  const slopes = problem.steps.map(() => (isMarket ? 0.09 * (2 * random.next() - 1) : 0));
  const again = <Value>(values: readonly Value[]) => parts.map(({ at }) => values[at]!);
  const lastOf = (step: number) => parts.findLastIndex(({ at }) => at === step);
  return {
    ...problem,
    steps: parts.map(({ at, part, of }) => {
      const step = problem.steps[at]!;
      const duration = Seconds(step.duration / of);
      const beside = (slopes[at] ?? 0) * (of === 1 ? 0 : ((2 * part + 1) / of - 1) * (4 / 3));
      return {
        ...step,
        from: Instant(step.from + part * duration * 1000),
        duration,
        pricePerKwh: step.pricePerKwh + Math.abs(step.pricePerKwh) * beside,
      };
    }),
    heaters: problem.heaters.map((heater) => ({ ...heater, earnsPerKwh: again(heater.earnsPerKwh) })),
    backups: problem.backups.map((backup) => ({ ...backup, performance: again(backup.performance) })),
    sinks: problem.sinks.map((sink): PlannedSink => {
      const comfort = { least: again(sink.least), most: again(sink.most) };
      if (sink.kind === "room") return { ...sink, ...comfort, gains: sink.gains && again(sink.gains) };
      if (sink.kind === "pool") return { ...sink, ...comfort, drawOff: again(sink.drawOff) };
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

/** Half-hours to the twelfth hour, as the hearth plans. */
export const inHalfHours = (problem: PlanProblem, random: Random): PlanProblem => {
  const end = (problem.steps[0]?.from ?? 0) + 12 * 3_600_000;
  return divideDay(
    problem,
    ({ from, duration }) => (from < end && duration > 1800 ? duration / 1800 : 1),
    random,
  );
};
