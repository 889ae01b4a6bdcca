import type { Instant, Seconds } from "../domain/index.ts";
import { followBlindRest, unseenRest } from "./blindRest.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import type { HeaterInput } from "./controlInput.ts";
import { compareWatts } from "./differ.ts";
import type { HeaterReading, HeaterTraits } from "./heater.ts";
import { type HeaterMemory, idleSetpoint, longAgo } from "./heaterMemory.ts";
import { learnPower } from "./learned.ts";
import { followObeying } from "./obey.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import { ageStarts, seeStarts } from "./starts.ts";
import { lowestStep, stepAtMost, stepsOf, toleratedWatts, workloadOf } from "./steps.ts";
import { followTrial } from "./trial.ts";

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
  return { config, memory: heard(config, met, known, input, passage), reading: known, input };
}

/** What a reading adds to what is remembered. */
function heard(
  config: HeaterConfig,
  met: HeaterMemory,
  reading: HeaterReading,
  input: HeaterInput,
  { elapsed }: Passage,
): HeaterMemory {
  const { traits } = config;
  const { setpoint } = met;
  const isBack = met.silentFor > silenceBorne;
  const obeying = followObeying(config, met, reading, input, elapsed);
  const tooHot = isTooHot(config, met, reading);
  const unwatched = unwatchedFor(config, met, reading, elapsed);
  const runs = reading.watts > toleratedWatts(traits, 0);
  const blindRest = followBlindRest(met.blindRest, {
    tellsTemperature: reading.temperature !== undefined && Number.isFinite(reading.temperature),
    tooHot,
    unwatched: isUnwatched({ unwatchedFor: unwatched }),
    runs,
    isIdle: setpoint.watts === 0 && !runs,
    elapsed,
  });
  const begins = blindRest.trying && !met.blindRest.trying;
  const isSettled = setpoint.watts > 0 && met.sinceChange > Math.max(traits.settle, shortestSettle);
  const learns = isSettled && isFit(met, reading, input);
  return {
    ...met,
    ...obeying,
    sinceSwitch: setpoint.watts === 0 && (isBack || obeying.overrunFor > 0) ? 0 : met.sinceSwitch,
    silentFor: 0,
    tooHot,
    hot: isHot(config, reading),
    unwatchedFor: begins ? 0 : unwatched,
    blindRest,
    overdraw: overdrawOf(traits, met, reading, elapsed),
    starts: seeStarts(met.starts, reading),
    trial: followTrial(met.trial, { ...met, traits, tooHot, reading, input, elapsed }),
    differ: compareWatts(met.differ, reading, isSettled, elapsed),
    learned: learns
      ? learnPower(met.learned, stepsOf(traits), setpoint.watts, reading.watts, elapsed)
      : met.learned,
  };
}

const shortestSettle = 20;

/** Whether a reading tells what a setpoint draws: metered, and nothing is wrong with it. */
const isFit = ({ setpoint, strayedFor }: HeaterMemory, reading: HeaterReading, { held }: HeaterInput) =>
  reading.provenance === "metered" &&
  reading.workload !== "idle" &&
  reading.busy === undefined &&
  reading.faults.length === 0 &&
  strayedFor === 0 &&
  held?.watts === setpoint.watts;

const hotBelowLimitKelvin = 20;

/** Losing sight of it now would be grave: it draws, or it is near its limit. */
const isHot = ({ traits, limits }: HeaterConfig, { watts, temperature }: HeaterReading) =>
  watts > toleratedWatts(traits, 0) ||
  (temperature !== undefined && temperature > limits.deviceMaxC - hotBelowLimitKelvin);

/** After a longer silence nobody knows what it did meanwhile, so it is not met again as a stranger. */
function missed(memory: HeaterMemory, elapsed: Seconds): HeaterMemory {
  const silentFor = Math.min(longAgo, memory.silentFor + elapsed);
  return {
    ...memory,
    silentFor,
    overrunFor: 0,
    underrunFor: 0,
    strayedFor: 0,
    blindRest: unseenRest(memory.blindRest),
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
    sinceAsked: grown(before.sinceAsked),
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
    ? { watts: step > 0 ? step : lowestStep(steps), workload: workloadOf(config.traits) }
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

export const isUnwatched = ({ unwatchedFor: since }: Pick<HeaterMemory, "unwatchedFor">): boolean =>
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
