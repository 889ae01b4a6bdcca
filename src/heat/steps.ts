import { Watts } from "../domain/index.ts";
import type { HeaterTraits, PowerSteps } from "./heater.ts";

/** A heater is moved to another step only when that is nearer by this share of the way. */
const hysteresis = 0.2;
/** A range's setpoint is moved only by more than this share of its top, or to an end. */
const smallestMove = 0.03;

/** The steps at which control runs a heater; a heater that cannot mine has none. */
export const stepsOf = (traits: HeaterTraits): PowerSteps =>
  traits.steps.mining ?? { kind: "levels", watts: [] };

export function lowestStep(steps: PowerSteps): Watts {
  return steps.kind === "range" ? steps.min : (steps.watts[0] ?? Watts(0));
}

export function highestStep(steps: PowerSteps): Watts {
  return steps.kind === "levels" ? (steps.watts.at(-1) ?? Watts(0)) : stepAtMost(steps, steps.max);
}

/** The highest step not above `watts`; 0 when there is none. */
export function stepAtMost(steps: PowerSteps, watts: number): Watts {
  if (steps.kind === "levels") return steps.watts.findLast((level) => level <= watts) ?? Watts(0);
  if (watts < steps.min) return Watts(0);
  const stepsUp = Math.floor((Math.min(watts, steps.max) - steps.min) / steps.step + 1e-9);
  return rangeStep(steps, stepsUp);
}

/** Whether a heater may be asked for exactly this; 0, being stopped, always. */
export function isStep(steps: PowerSteps, watts: number): boolean {
  return watts === 0 || stepAtMost(steps, watts) === watts;
}

/** The step, or 0, for a wish: the nearest one, but the current one unless another is clearly nearer. */
export function nearestStep(steps: PowerSteps, current: Watts, wanted: number): Watts {
  const below = stepAtMost(steps, wanted);
  const above = nextStep(steps, below);
  const nearest = above - wanted < wanted - below ? above : below;
  if (nearest === current) return current;
  const top = highestStep(steps);
  const isEnd = nearest === 0 || nearest === top || current === 0;
  if (steps.kind === "range" && !isEnd && Math.abs(nearest - current) < smallestMove * top) return current;
  const gain = Math.abs(wanted - current) - Math.abs(wanted - nearest);
  return gain > hysteresis * Math.abs(nearest - current) ? nearest : current;
}

/** The step above, or the same when there is none. */
function nextStep(steps: PowerSteps, watts: Watts): Watts {
  if (steps.kind === "levels") return steps.watts.find((level) => level > watts) ?? watts;
  if (watts < steps.min) return steps.min;
  return stepAtMost(steps, watts + steps.step);
}

function rangeStep(steps: Extract<PowerSteps, { kind: "range" }>, stepsUp: number): Watts {
  return Watts(steps.min + stepsUp * steps.step);
}
