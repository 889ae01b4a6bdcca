import { lowestStep } from "../steps.ts";
import type { PlannedBackup, PlannedHeater, PlanProblem, PlanStep, Switching } from "./planProblem.ts";

/** Whether a device's price ceiling, and its quiet hours, let it run at its lowest power in each step. */
export const mayRunBy = (
  { priceCeiling, mostWatts }: Switching,
  lowest: number,
  steps: readonly PlanStep[],
): readonly boolean[] =>
  steps.map(
    ({ pricePerKwh }, at) =>
      (priceCeiling === undefined || pricePerKwh <= priceCeiling) && lowest <= (mostWatts?.[at] ?? Infinity),
  );

/** When each step begins, s after the first. */
export const beginsOf = ({ steps }: PlanProblem): readonly number[] =>
  steps.map(({ from }) => (from - (steps[0]?.from ?? 0)) / 1000);

/**
 * How long each device has to stay as it is, by its least times, s from the first step on. A price ceiling, quiet hours and the feeder
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
      hold(heater, lowestStep(heater.steps), mayRunBy(heater, lowestStep(heater.steps), problem.steps)),
    ),
    ...problem.backups.map((backup) =>
      hold(
        backup,
        backup.fuelPerKwh === undefined ? backup.minWatts : 0,
        mayRunBy(backup, backup.minWatts, problem.steps),
      ),
    ),
  ]);
}
