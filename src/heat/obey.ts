import type { HeaterConfig } from "./controlConfig.ts";
import type { HeaterInput } from "./controlInput.ts";
import type { HeaterReading } from "./heater.ts";
import type { HeaterMemory } from "./heaterMemory.ts";
import { learnedRatio } from "./learned.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import { stepsOf, toleratedWatts } from "./steps.ts";

/** A heater obeys within its settle time, or within two rounds where that is shorter. */
const shortestSettle = 20;
/** A power that it always draws more than is asked for, learned and planned with, is no fault up to this share. */
const mostLearned = 1.3;
/** Asked again so often without success it is said to disobey; from then on it is asked once an hour. */
const repeatsBorne = 5;
const longestPause = 3600;
export const mostRepeats = 100;

type Obeying = Pick<HeaterMemory, "overrunFor" | "underrunFor" | "strayedFor" | "repeats">;

/** How a heater keeps to what it was asked for, s and times. */
export function followObeying(
  { traits }: HeaterConfig,
  { setpoint, learned, ...before }: HeaterMemory,
  reading: HeaterReading,
  { held }: HeaterInput,
  elapsed: number,
): Obeying {
  const { watts, workload, busy, faults, setTo } = reading;
  const usual = Math.min(mostLearned, Math.max(1, learnedRatio(learned, setpoint.watts)));
  const isOver = watts > toleratedWatts(traits, setpoint.watts * usual);
  const isUnder = setpoint.watts > 0 && workload === "idle" && busy === undefined && faults.length === 0;
  const isTaken = held?.watts === setpoint.watts && busy === undefined;
  const isAway = setTo !== undefined && isTaken && isElsewhere(traits, setpoint.watts, setTo);
  const grown = (wrong: boolean, since: number) => (wrong ? since + elapsed : 0);
  return {
    overrunFor: grown(isOver, before.overrunFor),
    underrunFor: grown(isUnder, before.underrunFor),
    strayedFor: grown(isAway, before.strayedFor),
    repeats: isOver || isUnder || isAway ? before.repeats : 0,
  };
}

const smallestMove = 0.03;
const farShare = 0.2;

/** Whether a device is set to another of its powers than was asked for: its own figures are seldom round. */
function isElsewhere(traits: HeaterConfig["traits"], asked: number, setTo: number): boolean {
  const steps = stepsOf(traits);
  const distance = Math.abs(setTo - asked);
  if (asked === 0 || setTo === 0) return asked !== setTo;
  if (steps.kind === "range") return distance > Math.max(steps.step, smallestMove * steps.max);
  return distance > farShare * asked || steps.watts.some((level) => Math.abs(level - setTo) < distance);
}

const hasLasted = ({ config, memory }: ObservedHeater, since: "overrunFor" | "underrunFor" | "strayedFor") =>
  memory[since] > Math.max(config.traits.settle, shortestSettle);

export const overruns = (heater: ObservedHeater): boolean => hasLasted(heater, "overrunFor");
export const underruns = (heater: ObservedHeater): boolean => hasLasted(heater, "underrunFor");
export const strays = (heater: ObservedHeater): boolean => hasLasted(heater, "strayedFor");

/** Whether it had its time to follow its setpoint. */
export const hadTime = ({ config, memory }: ObservedHeater): boolean =>
  memory.sinceChange > Math.max(config.traits.settle, shortestSettle);

/** Whether it is to be asked again now, with growing pauses: some devices restart at every word. */
export function isAskedAgain(heater: ObservedHeater): boolean {
  const { config, memory, reading } = heater;
  if (reading?.busy !== undefined) return false;
  const growth = memory.setpoint.watts === 0 ? 1 : 2 ** memory.repeats;
  const pause = Math.max(config.traits.settle, shortestSettle) * growth;
  const isDue = memory.sinceAsked >= Math.min(longestPause, pause);
  return isDue && isWrong(heater);
}

/** It had its time and does not do as it was asked. */
export const isWrong = (heater: ObservedHeater): boolean =>
  overruns(heater) || underruns(heater) || strays(heater);

export const disobeys = (heater: ObservedHeater): boolean =>
  heater.memory.repeats >= repeatsBorne && isWrong(heater);
