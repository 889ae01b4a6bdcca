import type { Instant, Seconds, Watts } from "../domain/index.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import type { HeaterInput } from "./controlInput.ts";
import type { HeaterReading, HeaterTraits, PowerSteps } from "./heater.ts";
import { type HeaterMemory, idleSetpoint, longAgo } from "./heaterMemory.ts";
import { ageStarts, seeStarts } from "./starts.ts";
import { lowestStep, narrowSteps, stepAtMost, stepsOf, toleratedWatts } from "./steps.ts";
import { followTrial, trustedSteps } from "./trial.ts";

/** A heater with what is known of it now. */
export interface ObservedHeater {
  readonly config: HeaterConfig;
  readonly memory: HeaterMemory;
  /** Its reading, if it answers and the reading is recent. */
  readonly reading: HeaterReading | undefined;
  readonly input: HeaterInput;
}

export interface Passage {
  readonly at: Instant;
  readonly elapsed: Seconds;
  readonly jump: Seconds;
}

const silent: HeaterInput = { reading: undefined, answers: false, held: undefined };
/** A heater that does not answer keeps its setpoint for so long, so that one lost packet does not switch it, s. */
export const silenceBorne = 60;
const readingKeeps = 60;
const cooledByKelvin = 10;
/** In which what a heater drew beyond its setpoint is forgotten, s; slowly while it is off and shows nothing better. */
const overdrawFades = { running: 3600, off: 86_400 };
export const mostOverdraw = 3;
/** As a share of the power. */
export const meterError = 0.01;

export function observeHeater(
  config: HeaterConfig,
  before: HeaterMemory,
  input: HeaterInput = silent,
  passage: Passage,
): ObservedHeater {
  const aged = age(before, input.reading, passage);
  const known =
    input.answers && aged.unseenFor <= readingKeeps && Number.isFinite(input.reading?.watts)
      ? input.reading
      : undefined;
  if (!known) {
    return { config, memory: missed(aged, passage.elapsed), reading: known, input };
  }
  const met = before.strange ? meet(config, aged, known) : aged;
  const isBack = before.silentFor > silenceBorne;
  const underruns =
    met.setpoint.watts > 0 &&
    known.workload === "idle" &&
    known.busy === undefined &&
    known.faults.length === 0;
  const overruns = known.watts > toleratedWatts(config.traits, met.setpoint.watts);
  const tooHot = isTooHot(config, met, known);
  return {
    config,
    memory: {
      ...met,
      sinceSwitch: met.setpoint.watts === 0 && (isBack || overruns) ? 0 : met.sinceSwitch,
      silentFor: 0,
      overrunFor: overruns ? met.overrunFor + passage.elapsed : 0,
      underrunFor: underruns ? met.underrunFor + passage.elapsed : 0,
      tooHot,
      unwatchedFor: unwatchedFor(config, met, known, passage.elapsed),
      overdraw: overdrawOf(config.traits, met, known, passage.elapsed),
      starts: seeStarts(met.starts, known),
      trial: followTrial(met.trial, { ...met, ...config, ...passage, tooHot, reading: known, input }),
    },
    reading: known,
    input,
  };
}

/** After a longer silence nobody knows what it did meanwhile, so it is not met again as a stranger. */
function missed(memory: HeaterMemory, elapsed: Seconds): HeaterMemory {
  const silentFor = Math.min(longAgo, memory.silentFor + elapsed);
  return {
    ...memory,
    silentFor,
    overrunFor: 0,
    underrunFor: 0,
    strange: memory.strange && silentFor <= silenceBorne,
  };
}

function age(before: HeaterMemory, reading: HeaterReading | undefined, passage: Passage): HeaterMemory {
  const { elapsed, at, jump } = passage;
  const grown = (duration: number) => Math.min(longAgo, duration + elapsed);
  const isNew = reading !== undefined && reading.at !== before.seenAt;
  return {
    ...before,
    sinceSwitch: grown(before.sinceSwitch),
    sinceChange: grown(before.sinceChange),
    sinceLowered: grown(before.sinceLowered),
    starts: ageStarts(before.starts, elapsed),
    seenAt: isNew ? reading.at : before.seenAt,
    unseenFor: isNew ? Math.max(0, (at - reading.at) / 1000 - Math.max(0, jump)) : grown(before.unseenFor),
  };
}

/** A heater that is found running when the hearth comes up goes on, so that a restart does not switch it. */
function meet(config: HeaterConfig, memory: HeaterMemory, reading: HeaterReading): HeaterMemory {
  const steps = stepsOf(config.traits);
  const runs = reading.workload !== "idle" && reading.watts > toleratedWatts(config.traits, 0);
  const step = stepAtMost(steps, reading.watts * 1.05);
  const setpoint = runs
    ? { watts: step > 0 ? step : lowestStep(steps), workload: "mining" as const }
    : idleSetpoint;
  return { ...memory, strange: false, setpoint, sinceSwitch: 0 };
}

function isTooHot({ limits }: HeaterConfig, { tooHot }: HeaterMemory, { temperature }: HeaterReading) {
  if (temperature === undefined || !Number.isFinite(temperature)) return tooHot;
  return temperature >= limits.deviceMaxC || (tooHot && temperature > limits.deviceMaxC - cooledByKelvin);
}

/** Grows only while it runs, since some devices tell their temperature only then. */
function unwatchedFor(
  { traits }: HeaterConfig,
  memory: HeaterMemory,
  { temperature, watts }: HeaterReading,
  elapsed: Seconds,
): number | null {
  if (temperature !== undefined && Number.isFinite(temperature)) return 0;
  const runs = memory.setpoint.watts > 0 && watts > toleratedWatts(traits, 0);
  return memory.unwatchedFor === null || !runs ? memory.unwatchedFor : memory.unwatchedFor + elapsed;
}

/** A heater that told its temperature once may run for so long without, s. */
const unwatchedBorne = 60;

export const isUnwatched = ({ unwatchedFor: since }: HeaterMemory): boolean =>
  since !== null && since > unwatchedBorne;

/** A rising heater never draws more than asked, so only one that was just lowered is given time. */
function overdrawOf(
  { settle }: HeaterTraits,
  memory: HeaterMemory,
  { watts }: HeaterReading,
  elapsed: Seconds,
): number {
  const isOn = memory.setpoint.watts > 0;
  const fades = isOn ? overdrawFades.running : overdrawFades.off;
  const faded = 1 + (memory.overdraw - 1) * Math.exp((-1 * elapsed) / fades);
  const isLowered = memory.sinceLowered > Math.max(settle, 20);
  const drawn = isOn && isLowered ? watts / memory.setpoint.watts : 1;
  const most = Math.min(mostOverdraw, Math.max(faded, drawn));
  return most > 1 + meterError ? most : 1;
}

/** The powers that it may be asked for now: those that it takes, as far as it is trusted. */
export function usableSteps({ config, memory, reading }: ObservedHeater): PowerSteps {
  const trusted = trustedSteps(config.traits, memory.trial);
  return reading?.available ? narrowSteps(trusted, reading.available) : trusted;
}

/** Drawn now; the most it can when that is not known. */
export const drawnOrMost = ({ reading, config }: ObservedHeater): Watts =>
  reading?.watts ?? config.traits.maxWatts;
