import { lowestStep } from "../steps.ts";
import type { PlannedBackup, PlannedHeater, PlanProblem, PlanStep } from "./planProblem.ts";

/** Whether a heater's price ceiling lets it run in a step. */
export const isBelowCeiling = ({ priceCeiling }: PlannedHeater, { pricePerKwh }: PlanStep): boolean =>
  priceCeiling === undefined || pricePerKwh <= priceCeiling;

/** When each step begins, s after the first. */
export const beginsOf = ({ steps }: PlanProblem): readonly number[] =>
  steps.map(({ from }) => (from - (steps[0]?.from ?? 0)) / 1000);

/**
 * How long each device has to stay as it is, by its least times, s from the first step on. A price ceiling and the feeder
 * outrank that: a heater that runs above its ceiling is let go, and so is each device that the feeder does not bear
 * beside those before it.
 */
export function heldDevices(problem: PlanProblem): ReadonlyMap<string, number> {
  const begins = beginsOf(problem);
  const free = problem.steps.map(
    ({ otherWatts, solarWatts }) => problem.feederWatts - otherWatts + solarWatts,
  );
  const hold = (device: PlannedHeater | PlannedBackup, lowest: number, mayRun: readonly boolean[]) => {
    const { id, watts, since, minOn, minOff } = device;
    if (watts === 0) return [id, minOff - since] as const;
    const until = minOn - since;
    const within = begins.filter((begin) => begin < until).length;
    const isBorne = begins.every(
      (_, at) => at >= within || (mayRun[at] === true && lowest <= (free[at] ?? 0)),
    );
    if (!isBorne) return [id, 0] as const;
    for (let at = 0; at < within; at++) free[at] = (free[at] ?? 0) - lowest;
    return [id, until] as const;
  };
  return new Map([
    ...problem.heaters.map((heater) =>
      hold(
        heater,
        lowestStep(heater.steps),
        problem.steps.map((step) => isBelowCeiling(heater, step)),
      ),
    ),
    ...problem.backups.map((backup) =>
      hold(
        backup,
        backup.fuelPerKwh === undefined ? backup.minWatts : 0,
        problem.steps.map(() => true),
      ),
    ),
  ]);
}
