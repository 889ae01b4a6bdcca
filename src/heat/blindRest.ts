/** How a heater that had to stop rests while nobody sees its temperature. Plain data. */
export interface BlindRest {
  /** For how long it has drawn nothing, s by the monotonic clock. */
  readonly restedFor: number;
  /** How often it was let try, since it last ran sound for long. */
  readonly tries: number;
  /** It may run at its lowest power, until it tells its temperature or is found to tell none. */
  readonly trying: boolean;
  /** For how long it has run and told that it is cool, s. */
  readonly soundFor: number;
}

export const noBlindRest: BlindRest = { restedFor: 0, tries: 0, trying: false, soundFor: 0 };

/** Rest before the first try and the longest, s; each further try doubles it. */
const firstRest = 1800;
const longestRest = 21_600;
/** Enough for the longest rest. */
export const mostBlindTries = 10;
/** So long it has to run sound until its tries are forgotten, s. */
const soundEnough = 3600;

export interface BlindRound {
  readonly tellsTemperature: boolean;
  /** It is too hot, or was and is not known to have cooled. */
  readonly tooHot: boolean;
  /** It has run for too long without telling its temperature. */
  readonly unwatched: boolean;
  readonly runs: boolean;
  /** It is told to be off and draws no more than an idle one. */
  readonly isIdle: boolean;
  readonly elapsed: number;
}

/**
 * Many devices tell their temperature only while they run, or have no power while they are stopped: such a one that
 * became too hot, or stopped telling, would rest for ever. One that has drawn nothing for long enough to be cool may try
 * again, at its lowest power and under the same watch as before. One that fails again rests twice as long.
 */
export function followBlindRest(before: BlindRest, round: BlindRound): BlindRest {
  const { tellsTemperature, tooHot, unwatched, runs, isIdle, elapsed } = round;
  if (tellsTemperature) {
    const soundFor = tooHot ? 0 : Math.min(soundEnough, before.soundFor + (runs ? elapsed : 0));
    const tries = soundFor >= soundEnough ? 0 : before.tries;
    return { restedFor: 0, tries, trying: false, soundFor };
  }
  if (before.trying) return { ...before, trying: !unwatched, restedFor: 0, soundFor: 0 };
  if (!(tooHot || unwatched) || !isIdle) return { ...before, restedFor: 0, soundFor: 0 };
  const restedFor = before.restedFor + elapsed;
  if (restedFor < Math.min(longestRest, firstRest * 2 ** before.tries)) {
    return { ...before, restedFor, soundFor: 0 };
  }
  return { restedFor: 0, tries: Math.min(mostBlindTries, before.tries + 1), trying: true, soundFor: 0 };
}

/** What happened while it did not answer, nobody knows: its rest begins anew. */
export const unseenRest = (rest: BlindRest): BlindRest => ({ ...rest, restedFor: 0, soundFor: 0 });
