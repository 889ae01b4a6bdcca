import { between, type Instant, type Seconds } from "../../../domain/index.ts";

/** How hard a miner's shares are, and how many it found at that since when. */
export interface Vardiff {
  readonly difficulty: number;
  readonly since: Instant;
  readonly shares: number;
  /** At which it last found shares; undefined before its first. */
  readonly proven: number | undefined;
}

export interface VardiffLimits {
  /** How often a share is wanted. */
  readonly shareEvery: Seconds;
  readonly floor: number;
  /** Where it lies below the floor, the floor holds. */
  readonly ceiling: number;
}

/** So many shares are enough to judge by; by chance twice as many as wanted come once in 500 judgements. */
const enoughShares = 24;
/** So long, in wanted intervals, is enough to judge by, even if no share came. */
const enoughIntervals = 20;
/** Nothing is changed while shares come half to twice as often as wanted. */
const tolerated = 2;
const shortestSeconds = 0.05;
/**
 * A miner that finds nothing any more may be paused, and come back as fast as it was: its shares become easier by
 * this factor at most.
 */
const mostRelief = 16;

export const startVardiff = (difficulty: number, limits: VardiffLimits, now: Instant): Vardiff => ({
  difficulty: tidy(difficulty, limits),
  since: now,
  shares: 0,
  proven: undefined,
});

export const countShare = (vardiff: Vardiff): Vardiff => ({ ...vardiff, shares: vardiff.shares + 1 });

/**
 * The difficulty from now on. Judges once enough was seen, changes it only when shares come far too often or
 * too rarely, and lowers it for a miner that finds none.
 */
export function judge(vardiff: Vardiff, limits: VardiffLimits, now: Instant): Vardiff {
  const seconds = Math.max(shortestSeconds, between(vardiff.since, now));
  const intervals = seconds / limits.shareEvery;
  if (vardiff.shares < enoughShares && intervals < enoughIntervals) return vardiff;
  const ratio = Math.max(vardiff.shares, 0.5) / intervals;
  const keeps = ratio <= tolerated && ratio >= 1 / tolerated;
  const fitting = keeps ? vardiff.difficulty : vardiff.difficulty * ratio;
  if (vardiff.shares > 0) {
    const next = startVardiff(fitting, limits, now);
    return { ...next, proven: next.difficulty };
  }
  const least = Math.min(vardiff.difficulty, (vardiff.proven ?? 0) / mostRelief);
  return { ...startVardiff(Math.max(fitting, least), limits, now), proven: vardiff.proven };
}

/** Within the limits, and a number that any miner reads the same: whole from 1 on, three digits below 1000. */
export function tidy(difficulty: number, { floor, ceiling }: VardiffLimits): number {
  const within = Math.max(floor, Math.min(ceiling, difficulty));
  if (within === floor || within === ceiling) return within;
  const rounded = Number(within.toPrecision(3));
  return Math.max(floor, Math.min(ceiling, rounded > 1 ? Math.round(rounded) : rounded));
}
