import { Watts } from "../domain/index.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import type { HeaterInput, TrialWish } from "./controlInput.ts";
import type { HeaterReading, HeaterTraits, PowerSteps, Setpoint } from "./heater.ts";
import { highestStep, lowestStep, stepAtMost, stepsOf } from "./steps.ts";
import { inTime, inWatts } from "./words.ts";

/** What became of a power that was tried. */
export interface TrialResult {
  readonly watts: number;
  readonly outcome: "proven" | "failed";
  /** Drawn on average, W; null when it never came to that. */
  readonly drawn: number | null;
  /** In words, why it failed. */
  readonly why: string;
}

/** How far a heater is trusted: each of its powers is tried, from the lowest on, before it is counted on. Plain data. */
export interface TrialMemory {
  readonly status: "waiting" | "proven" | "failed" | "skipped";
  /** Asked for by the owner: the room may be warm. */
  readonly asked: boolean;
  /** The powers that are tried, ascending, W; a heater whose powers have changed is tried again. */
  readonly powers: readonly number[];
  readonly results: readonly TrialResult[];
  /** Of the power that is being tried, since it settled. */
  readonly watched: number;
  readonly joules: number;
  /** Which device was tried; null where nobody knows. */
  readonly device: string | null;
}

export const newTrial = (traits: HeaterTraits, asked: boolean): TrialMemory => ({
  status: "waiting",
  asked,
  powers: trialPowers(stepsOf(traits)),
  results: [],
  watched: 0,
  joules: 0,
  device: null,
});

export const skippedTrial = (traits: HeaterTraits): TrialMemory => ({
  ...newTrial(traits, false),
  status: "skipped",
});

/** All levels; of a range its ends and its middle. */
export function trialPowers(steps: PowerSteps): readonly number[] {
  if (steps.kind === "levels") return steps.watts;
  const middle = stepAtMost(steps, (steps.min + steps.max) / 2);
  return [...new Set([lowestStep(steps), middle, highestStep(steps)])];
}

/** Before anything is known of a heater. */
export const firstTrial = ({ traits, trusted, device }: HeaterConfig): TrialMemory => ({
  ...(trusted ? skippedTrial(traits) : newTrial(traits, false)),
  device: device ?? null,
});

/** What is still believed under a configuration: another device, or one whose powers have changed, is tried anew. */
export function keptTrial(config: HeaterConfig, kept: TrialMemory): TrialMemory {
  const first = firstTrial(config);
  const device = first.device ?? kept.device;
  const isSame = kept.powers.join() === first.powers.join() && (kept.device ?? device) === device;
  const isTrusted = config.trusted && kept.status === "waiting" && !kept.asked;
  return isSame && !isTrusted ? { ...kept, device } : first;
}

/** What the owner asks for takes the place of what was. */
export function wishedTrial(
  before: TrialMemory,
  traits: HeaterTraits,
  wish: TrialWish | undefined,
): TrialMemory {
  if (wish === undefined) return before;
  const wished = wish === "skip" ? skippedTrial(traits) : newTrial(traits, true);
  return { ...wished, device: before.device };
}

export const isOnTrial = ({ status }: TrialMemory): boolean => status === "waiting";

/** The power that is to be tried next; undefined when there is none. */
export const nextTrial = ({ powers, results }: TrialMemory): Watts | undefined => {
  const next = powers[results.length];
  return next === undefined ? undefined : Watts(next);
};

/** The steps that a heater may be run at by its trial; all while it waits for one, since frost may not wait. */
export function trustedSteps(traits: HeaterTraits, { status, results }: TrialMemory): PowerSteps {
  const steps = stepsOf(traits);
  if (status === "waiting" || status === "skipped") return steps;
  const proven = results.filter(({ outcome }) => outcome === "proven").map(({ watts }) => Watts(watts));
  const highest = proven.at(-1);
  if (steps.kind === "levels" || highest === undefined) return { kind: "levels", watts: proven };
  return { ...steps, max: highest };
}

/** A heater during its trial. */
export interface Tried {
  readonly traits: HeaterTraits;
  readonly setpoint: Setpoint;
  readonly sinceChange: number;
  readonly tooHot: boolean;
  readonly reading: HeaterReading;
  readonly input: HeaterInput;
  readonly elapsed: number;
}

const shortestSettle = 20;
/** What it draws is averaged for so long. */
const watchFor = 60;
/** It has so long to take a power, and to begin to compute, beyond its settle time. */
const takesWithin = 300;
const computesWithin = 600;
/** It draws between these shares of what it was asked for, or the power is not one of its own. */
const share = { least: 0.5, most: 1.3 };
const meterErrorWatts = 10;

/** Follows the trial of a heater by what it does at the power that it was asked for. */
export function followTrial(trial: TrialMemory, tried: Tried): TrialMemory {
  if (!isOnTrial(trial)) return trial;
  const power = nextTrial(trial);
  if (power === undefined) return concluded(trial);
  const { traits, setpoint, sinceChange, tooHot, reading, input } = tried;
  if (setpoint.watts !== power) return { ...trial, watched: 0, joules: 0 };
  const failed = (why: string, drawn: number | null, ends = false) =>
    next(trial, { watts: power, outcome: "failed", drawn, why }, ends);
  if (tooHot) return failed("became too hot", null, true);
  const late = sinceChange - Math.max(traits.settle, shortestSettle);
  if (late < 0 || reading.busy !== undefined) return trial;
  if (input.held?.watts !== power) {
    return late > takesWithin ? failed(`did not take it: ${input.trouble ?? "no answer"}`, null) : trial;
  }
  if (reading.workload === "idle") {
    const isTold = reading.faults.length > 0;
    return late > computesWithin && !isTold ? failed("did not begin to compute", reading.watts) : trial;
  }
  const watched = trial.watched + tried.elapsed;
  const joules = trial.joules + reading.watts * tried.elapsed;
  if (watched < watchFor) return { ...trial, watched, joules };
  const drawn = joules / watched;
  if (drawn > share.most * power + meterErrorWatts) return failed(`drew ${inWatts(drawn)}`, drawn, true);
  if (drawn < share.least * power) return failed(`drew only ${inWatts(drawn)}`, drawn);
  return next(trial, { watts: power, outcome: "proven", drawn, why: "" }, false);
}

function next(trial: TrialMemory, result: TrialResult, ends: boolean): TrialMemory {
  const followed = { ...trial, results: [...trial.results, result], watched: 0, joules: 0 };
  return ends || nextTrial(followed) === undefined ? concluded(followed) : followed;
}

function concluded(trial: TrialMemory): TrialMemory {
  const isProven = trial.results.some(({ outcome }) => outcome === "proven");
  return { ...trial, status: isProven ? "proven" : "failed" };
}

/** "tries 90 W, 2 of 3, for another 40 s" */
export function sayTrial(trial: TrialMemory, { settle }: HeaterTraits, sinceChange: number): string {
  const power = inWatts(nextTrial(trial) ?? 0);
  const left = Math.max(settle, shortestSettle) + watchFor - sinceChange;
  const end = left > 0 ? `, for another ${inTime(left)}` : "";
  return `tries ${power}, ${trial.results.length + 1} of ${trial.powers.length}${end}`;
}

/** "800 W (drew 1200 W), 1000 W (not tried)" */
export function sayFailures({ powers, results }: TrialMemory): string {
  return powers
    .flatMap((watts, index) => {
      const result = results[index];
      if (result?.outcome === "proven") return [];
      return [`${inWatts(watts)} (${result?.why ?? "not tried"})`];
    })
    .join(", ");
}
