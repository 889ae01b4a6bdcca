import type { HeaterReading } from "./heater.ts";

/** How a heater that had to stop rests while nobody sees its temperature. Plain data. */
export interface BlindRest {
  /** For how long it has drawn nothing, s by the monotonic clock. */
  readonly restedFor: number;
  /** How often it was let try again since it last told its temperature. */
  readonly tries: number;
}

export const noBlindRest: BlindRest = { restedFor: 0, tries: 0 };

/** Rest before the first try and the longest, s; each try that ends as blind doubles it. */
const firstRest = 1800;
const longestRest = 21_600;
/** Enough for the longest rest. */
export const mostBlindTries = 10;

export interface BlindRound {
  /** It had to stop, and nobody would see whether it is cool again. */
  readonly isStopped: boolean;
  /** It is told to be off and draws no more than an idle one. */
  readonly isIdle: boolean;
  readonly elapsed: number;
}

/**
 * Many devices tell their temperature only while they run, or have no power while they are stopped: such a one that
 * became too hot, or stopped telling, would rest for ever. One that has drawn nothing for long enough to be cool may try
 * again, under the same watch as before.
 */
export function followBlindRest(
  before: BlindRest,
  { temperature }: HeaterReading,
  { isStopped, isIdle, elapsed }: BlindRound,
): { readonly rest: BlindRest; readonly mayTry: boolean } {
  if (temperature !== undefined && Number.isFinite(temperature)) return { rest: noBlindRest, mayTry: false };
  if (!isStopped || !isIdle) return { rest: { ...before, restedFor: 0 }, mayTry: false };
  const restedFor = before.restedFor + elapsed;
  if (restedFor < restOf(before)) return { rest: { ...before, restedFor }, mayTry: false };
  return { rest: { restedFor: 0, tries: Math.min(mostBlindTries, before.tries + 1) }, mayTry: true };
}

const restOf = ({ tries }: BlindRest) => Math.min(longestRest, firstRest * 2 ** tries);
