import { Watts } from "../domain/index.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import type { HeaterInput } from "./controlInput.ts";
import type { HeaterReading, PowerSteps } from "./heater.ts";
import type { HeaterMemory } from "./heaterMemory.ts";
import { highestRatio, learnedRatio } from "./learned.ts";
import { lowestStep, narrowSteps } from "./steps.ts";
import { trustedSteps } from "./trial.ts";

/** A heater with what is known of it now. */
export interface ObservedHeater {
  readonly config: HeaterConfig;
  readonly memory: HeaterMemory;
  /** Its reading, if it answers and the reading is recent. */
  readonly reading: HeaterReading | undefined;
  readonly input: HeaterInput;
}

/** The powers that it may be asked for now: those that it takes, as far as it is trusted; its lowest while it is tried blindly. */
export function usableSteps({ config, memory, reading }: ObservedHeater): PowerSteps {
  const trusted = trustedSteps(config.traits, memory.trial);
  const taken = reading?.available ? narrowSteps(trusted, reading.available) : trusted;
  return memory.blindRest.trying ? { kind: "levels", watts: lowestOf(taken) } : taken;
}

const lowestOf = (steps: PowerSteps) => {
  const lowest = lowestStep(steps);
  return lowest > 0 ? [lowest] : [];
};

/** Drawn now; the most it can when that is not known, or more where it was seen to draw more. */
export const drawnOrMost = (heater: ObservedHeater): Watts =>
  heater.reading?.watts ?? Watts(heater.config.traits.maxWatts * mostPerWatt(heater));

/** What it is planned to draw when it is asked for a power, W: what it drew before, where that was more. */
export const plannedDraw = ({ memory }: ObservedHeater, watts: number): number =>
  watts * Math.max(memory.overdraw, learnedRatio(memory.learned, watts));

/** The most that it is planned to draw per watt asked for. */
export const mostPerWatt = ({ memory }: ObservedHeater): number =>
  Math.max(memory.overdraw, highestRatio(memory.learned));
