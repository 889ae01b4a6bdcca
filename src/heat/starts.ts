import type { HeaterReading } from "./heater.ts";
import { inTime } from "./words.ts";

/** How often a heater was started lately, by the hearth or by itself. Plain data. */
export interface StartMemory {
  /** Ages of the starts of the last hour, s by the monotonic clock, newest first. */
  readonly ages: readonly number[];
  /** Whether it computed when it was last seen; null before. */
  readonly ran: boolean | null;
  /** It was started by the hearth and has not been seen to compute since. */
  readonly awaited: boolean;
}

export const noStarts: StartMemory = { ages: [], ran: null, awaited: false };

const window = 3600;
/** The newest ones tell how long it has to rest; a device that restarts all the time fills no memory. */
export const mostStarts = 100;

export function ageStarts(starts: StartMemory, elapsed: number): StartMemory {
  return {
    ...starts,
    ages: starts.ages.map((age) => age + elapsed).filter((age) => age < window),
  };
}

/** Counts a start that the hearth did not ask for: it idled when it was last seen, and computes now. */
export function seeStarts(starts: StartMemory, { workload }: HeaterReading): StartMemory {
  const runs = workload !== "idle";
  const begins = runs && starts.ran === false;
  if (begins && !starts.awaited) return { ...add(starts), ran: runs };
  return { ...starts, ran: runs, awaited: starts.awaited && !runs };
}

/** Counts a start that the hearth asks for; when it stops it, it waits for none. */
export function askStarts(starts: StartMemory, before: number, now: number): StartMemory {
  if (now === 0) return { ...starts, awaited: false };
  return before === 0 ? { ...add(starts), awaited: true } : starts;
}

const add = (starts: StartMemory): StartMemory => ({
  ...starts,
  ages: [0, ...starts.ages].slice(0, mostStarts),
});

/** How long it may not be started for, s; 0 when it may. */
export function restsFor({ ages }: StartMemory, maxStartsPerHour: number): number {
  const oldest = ages[maxStartsPerHour - 1];
  return oldest === undefined ? 0 : window - oldest;
}

export const sayFlapping = (starts: StartMemory, most: number): string =>
  `was started ${most} times within an hour, rests another ${inTime(restsFor(starts, most))}`;

/** It was started more often than it may be, which only it itself can do. */
export const flaps = ({ ages }: StartMemory, maxStartsPerHour: number): boolean =>
  ages.length > maxStartsPerHour;
