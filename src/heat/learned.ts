import type { PowerSteps } from "./heater.ts";
import { rangeAt, stepAtMost } from "./steps.ts";

/** What a heater was metered to draw at a power that it was asked for. Plain data. */
export interface LearnedPower {
  /** Asked for, W. */
  readonly watts: number;
  /** Drawn, W: a running estimate that single readings hardly move. */
  readonly drawn: number;
  /** For how long it was metered, s. */
  readonly seconds: number;
}

/** Ascending by the power asked for. */
export type LearnedPowers = readonly LearnedPower[];

/** So many powers are remembered of one heater at most, the longest metered ones. */
export const mostLearnedPowers = 64;
const memorySeconds = 600;
/** While little is known every reading counts alike; later none counts for more than this share of the power. */
const openFor = 120;
const mostPerReading = 0.05;
const rangePoints = 10;
/** Known for less it is not planned with. */
const knownAfter = 60;

/** Takes a reading at a power that was asked for and has settled. */
export function learnPower(
  before: LearnedPowers,
  steps: PowerSteps,
  asked: number,
  drawn: number,
  elapsed: number,
): LearnedPowers {
  if (elapsed <= 0 || asked <= 0) return before;
  const point = learnedAt(steps, asked);
  const ratio = drawn / asked;
  if (before.some(({ watts }) => watts === point)) {
    return before.map((one) => (one.watts === point ? moved(one, ratio, elapsed) : one));
  }
  const longest = before
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, mostLearnedPowers - 1);
  const first = { watts: point, drawn: ratio * point, seconds: elapsed };
  return [...longest, first].toSorted((one, other) => one.watts - other.watts);
}

function moved(known: LearnedPower, ratio: number, elapsed: number): LearnedPower {
  const { watts, seconds } = known;
  const most = seconds < openFor ? Infinity : mostPerReading;
  const error = Math.min(most, Math.max(-most, ratio - known.drawn / watts));
  const gain = elapsed / Math.min(Math.max(memorySeconds, elapsed), seconds + elapsed);
  return { watts, drawn: known.drawn + gain * error * watts, seconds: Math.min(1e6, seconds + elapsed) };
}

/** Levels are learned each, a range at some points of it. */
function learnedAt(steps: PowerSteps, asked: number): number {
  if (steps.kind === "levels") return asked;
  const spacing = (steps.max - steps.min) / rangePoints;
  if (!(spacing > steps.step)) return asked;
  return rangeAt(steps, steps.min + Math.round((asked - steps.min) / spacing) * spacing);
}

/** Drawn per watt asked for, by the nearest power that is known; 1 while none is. */
export function learnedRatio(learned: LearnedPowers, asked: number): number {
  let [ratio, distance] = [1, Infinity];
  for (const { watts, drawn, seconds } of learned) {
    if (seconds < knownAfter || Math.abs(watts - asked) >= distance) continue;
    [ratio, distance] = [drawn / watts, Math.abs(watts - asked)];
  }
  return ratio;
}

/** The most that was learned per watt; at least 1. */
export const highestRatio = (learned: LearnedPowers): number =>
  learned.reduce((most, { watts }) => Math.max(most, learnedRatio(learned, watts)), 1);

/** What is still believed of a heater whose powers may have changed. */
export const keptPowers = (learned: LearnedPowers, steps: PowerSteps): LearnedPowers =>
  learned.filter(({ watts }) => watts > 0 && stepAtMost(steps, watts) === watts);
