import { Watts } from "../domain/index.ts";
import { isBackup } from "./backup.ts";
import type { Freedom } from "./freedom.ts";
import { learnedRatio } from "./learned.ts";
import { hadTime } from "./obey.ts";
import { type ObservedHeater, usableSteps } from "./observedHeater.ts";
import { isOnTrial } from "./trial.ts";
import { highestStep, nearestStep, stepAtMost } from "./steps.ts";

export interface FreeHeater extends ObservedHeater {
  readonly freedom: Freedom;
}

/** Heat wanted in a sink; or the most power that its heaters may draw; or all the heat there is. */
export interface Demand {
  readonly kind: "heat" | "ceiling" | "all";
  readonly watts: Watts;
}

export interface Share {
  readonly power: Watts;
  /** What binds the heater gave it another power than was wanted. */
  readonly isBound: boolean;
}

/**
 * Shares the heat wanted in a sink among its heaters: those that are bound give what they must, running ones come before
 * stopped ones, earlier before later, and those that only heat after all others. Gives a power per heater, each one of its steps or 0.
 */
export function dispatch(
  heaters: readonly FreeHeater[],
  { kind, watts }: Demand,
): ReadonlyMap<string, Share> {
  const isBound = ({ freedom }: FreeHeater) => freedom.min === freedom.max;
  const order = (heater: FreeHeater) => {
    if (isBound(heater)) return 0;
    return (isBackup(heater.config) ? 3 : 1) + (heater.memory.setpoint.watts > 0 ? 0 : 1);
  };
  const shares = new Map<string, Share>();
  let open: number = watts;
  for (const heater of heaters.toSorted((one, other) => order(one) - order(other))) {
    const { config, freedom, memory } = heater;
    const steps = usableSteps(heater);
    const share = kind === "ceiling" ? Math.max(1, config.heatShare) : config.heatShare;
    const drawn = share > 0 ? Math.max(0, open) / share : 0;
    const wanted = drawn / Math.max(1, learnedRatio(memory.learned, drawn));
    const picked = {
      heat: () => nearestStep(steps, memory.setpoint.watts, wanted),
      ceiling: () => stepAtMost(steps, wanted),
      all: () => highestStep(steps),
    }[kind]();
    const power = Watts(Math.min(freedom.max, Math.max(freedom.min, picked)));
    shares.set(config.id, { power, isBound: power !== picked });
    open -= (kind === "ceiling" ? power : countedWatts(heater, power)) * share;
  }
  return shares;
}

const obeysFrom = 0.5;

/** What a heater is counted on to draw: one that had its time and does not obey, or is on trial, for what it draws. */
export function countedWatts(heater: ObservedHeater, power: Watts): number {
  const { memory, reading } = heater;
  if (!reading || power === 0) return power;
  const drawn = Math.min(power, reading.watts);
  if (isOnTrial(memory.trial)) return drawn;
  const { watts } = memory.setpoint;
  const fails = hadTime(heater) && watts > 0 && reading.watts < obeysFrom * watts;
  return fails ? drawn : power * Math.max(1, learnedRatio(memory.learned, power));
}

/** Heat that a sink's heaters must and can give now, W. */
export function possibleHeat(heaters: readonly FreeHeater[]): { readonly min: Watts; readonly max: Watts } {
  const sum = (end: "min" | "max") =>
    heaters.reduce((watts, heater) => {
      return watts + countedWatts(heater, heater.freedom[end]) * heater.config.heatShare;
    }, 0);
  return { min: Watts(sum("min")), max: Watts(sum("max")) };
}
