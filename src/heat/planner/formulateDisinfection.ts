import { highestStep } from "../steps.ts";
import { performanceOf, type PlannedTank, type PlanProblem } from "./planProblem.ts";
import type { Column, ProgramBuilder, Term } from "./program.ts";
import { waterStepOf } from "./waterStep.ts";

/** One that is missed counts like so many K·h of cold water. */
export const missedDisinfection = 100;
export const rounding = 1e-6;
/** A lift that is smaller makes nothing tight, K. */
const leastLift = 1e-3;

/**
 * One step up to the deadline is chosen in which the tank is hot enough, or it is missed. A tank that is so hot in the
 * chosen step is at least so warm before and after it as full power and rest allow; as one sum over all choices, that
 * makes the choice tight, where a bound on the chosen step alone would cost a relaxation next to nothing. Gives the choices.
 */
export function formulateDisinfection(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedTank,
  { celsius, byStep }: NonNullable<PlannedTank["disinfection"]>,
  water: readonly Column[],
  unheated: readonly number[],
): readonly Column[] {
  const missed = builder.column({ cost: missedDisinfection * sink.coldPerKelvinHour, upper: 1 });
  const chosen = problem.steps
    .slice(0, Math.max(1, byStep + 1))
    .map(() => builder.column({ upper: 1, isInteger: true }));
  builder.row([...chosen.map((column): Term => [1, column]), [1, missed]], 1, 1);
  const leasts = chosen.map((_, at) => leastAround(problem, sink, celsius, at, unheated));
  water.forEach((column, at) => {
    const floor = unheated[at] ?? -Infinity;
    const lifts = chosen.flatMap((here, index): Term[] => {
      const lift = (leasts[index]?.[at] ?? floor) - floor;
      return lift > leastLift ? [[-lift, here]] : [];
    });
    if (lifts.length > 0) builder.row([[1, column], ...lifts], floor, Infinity);
  });
  return chosen;
}

/** How warm the tank is at least at the end of each step when it is `celsius` at the end of step `hot`, °C. */
function leastAround(
  problem: PlanProblem,
  sink: PlannedTank,
  celsius: number,
  hot: number,
  unheated: readonly number[],
): readonly number[] {
  const { steps } = problem;
  const least = [...unheated];
  least[hot] = celsius;
  for (let at = hot; at > 0; at--) {
    const { keeps, rest, perWatt } = waterStepOf(sink, steps[at]!, at);
    const before = ((least[at] ?? 0) - rest - perWatt * mostHeat(problem, sink.id, at)) / keeps;
    const floor = unheated[at - 1] ?? before;
    least[at - 1] = Math.max(floor, before - rounding);
    if (before <= floor) break;
  }
  for (let at = hot + 1; at < steps.length; at++) {
    const { keeps, rest } = waterStepOf(sink, steps[at]!, at);
    least[at] = Math.max(unheated[at] ?? 0, keeps * (least[at - 1] ?? 0) + rest - rounding);
  }
  return least;
}

/** The most that all devices together could give a sink in a step, W. */
const mostHeat = ({ heaters, backups }: PlanProblem, sink: string, at: number): number =>
  heaters.reduce(
    (sum, { sinks, steps, heatShare }) => sum + (sinks.includes(sink) ? highestStep(steps) * heatShare : 0),
    0,
  ) +
  backups.reduce(
    (sum, backup) =>
      sum + (backup.sinks.includes(sink) ? backup.maxWatts * performanceOf(backup, sink, at) : 0),
    0,
  );
