import { Watts } from "../domain/index.ts";
import type { HeaterTraits, PowerSteps, Workload } from "./heater.ts";

/** A heater is moved to another step only when that is nearer by this share of the way. */
const hysteresis = 0.2;
/** A range's setpoint is moved only by more than this share of its top, or to an end. */
const smallestMove = 0.03;

/** The steps at which control runs a heater; one that does nothing has none. */
export const stepsOf = ({ steps }: HeaterTraits): PowerSteps =>
  steps.mining ?? steps.heating ?? steps.job ?? { kind: "levels", watts: [] };

/** What a heater is asked to do when it is to heat and holds no task. */
export const workloadOf = ({ steps }: Pick<HeaterTraits, "steps">): Workload =>
  steps.mining ? "mining" : steps.heating ? "heating" : "job";

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

/** The lowest step not below `watts`; the highest when there is none. */
export function stepAtLeast(steps: PowerSteps, watts: number): Watts {
  if (steps.kind === "levels") return steps.watts.find((level) => level >= watts) ?? highestStep(steps);
  const stepsUp = Math.ceil((watts - steps.min) / steps.step - 1e-9);
  return stepAtMost(steps, steps.min + Math.max(0, stepsUp) * steps.step);
}

/** Whether a heater may be asked for exactly this; 0, being stopped, always. */
export function isStep(steps: PowerSteps, watts: number): boolean {
  return watts === 0 || stepAtMost(steps, watts) === watts;
}

/** Why a heater cannot be asked for a power, in words; undefined when it can. */
export function powerProblem(traits: HeaterTraits, watts: number): string | undefined {
  const steps = stepsOf(traits);
  const [lowest, highest] = [lowestStep(steps), highestStep(steps)];
  if (watts === 0 || (watts >= lowest && watts <= highest)) return undefined;
  const powers =
    steps.kind === "range" ? `between ${sayBounds(lowest, highest)}` : `one of ${steps.watts.join(", ")}`;
  return `${watts} W is no power of this heater; ask for 0, or for ${powers} W`;
}

/** To a tenth, rounded to where the heater takes it. */
function sayBounds(lowest: number, highest: number): string {
  const [above, below] = [Math.ceil(lowest * 10 - 1e-6) / 10, Math.floor(highest * 10 + 1e-6) / 10];
  return above <= below ? `${above} and ${below}` : `${lowest} and ${highest}`;
}

/** The most that counts as obeying a setpoint. */
export const toleratedWatts = ({ idleWatts }: HeaterTraits, setpoint: number): number =>
  Math.max(setpoint, idleWatts) * 1.1 + 10;

/** The powers of `steps` that are also among `available`. */
export function narrowSteps(steps: PowerSteps, available: PowerSteps): PowerSteps {
  if (steps.kind === "levels") {
    return { kind: "levels", watts: steps.watts.filter((watts) => isAmong(available, watts)) };
  }
  if (available.kind === "levels") {
    return { kind: "levels", watts: available.watts.filter((watts) => isAmong(steps, watts)) };
  }
  const stepsUp = Math.max(0, Math.ceil((available.min - steps.min) / steps.step - 1e-9));
  const [min, max] = [rangeStep(steps, stepsUp), Watts(Math.min(steps.max, available.max))];
  return min > max ? { kind: "levels", watts: [] } : { ...steps, min, max };
}

const sameWatts = 0.5;
const isAmong = (steps: PowerSteps, watts: number): boolean =>
  steps.kind === "range"
    ? watts >= steps.min - sameWatts && watts <= steps.max + sameWatts
    : steps.watts.some((level) => Math.abs(level - watts) <= sameWatts);

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

/** The step of a range that is nearest. */
export function rangeAt(steps: Extract<PowerSteps, { kind: "range" }>, watts: number): Watts {
  return stepAtMost(steps, Math.max(steps.min, watts + steps.step / 2));
}

function rangeStep(steps: Extract<PowerSteps, { kind: "range" }>, stepsUp: number): Watts {
  return Watts(steps.min + stepsUp * steps.step);
}
