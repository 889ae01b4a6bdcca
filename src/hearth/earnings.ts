import { z } from "zod";
import { expectedSats, subsidyAt } from "../bitcoin/index.ts";
import { Hashes, Instant, type Micros, type Seconds } from "../domain/index.ts";
import type { HeaterReading } from "../heat/index.ts";

/** A decimal integer. */
const micros = z
  .string()
  .regex(/^\d{1,30}$/)
  .default("0");

/** What tasks of an exchange were settled for. */
export interface JobIncome {
  readonly micros: Micros;
  readonly tasks: number;
}

/** What hashing earned on average, in sats and fractions of them, and tasks by their prices: since local midnight, and since ever. */
export const earningsSchema = z.object({
  dayStart: z.number().transform(Instant).nullable(),
  sats: z.number().nonnegative(),
  everSats: z.number().nonnegative().default(0),
  /** Whatever they were worth. */
  everHashes: z.number().nonnegative().default(0),
  /** The network's, as a heater told it last; null before. */
  toldDifficulty: z.number().positive().nullable().default(null),
  /** What tasks of an exchange were settled for, in millionths, and how many: since local midnight, and since ever. */
  jobs: micros,
  tasks: z.int().nonnegative().default(0),
  everJobs: micros,
  everTasks: z.int().nonnegative().default(0),
});
export type Earnings = z.output<typeof earningsSchema>;

export const noEarnings: Earnings = {
  dayStart: null,
  sats: 0,
  everSats: 0,
  everHashes: 0,
  toldDifficulty: null,
  jobs: "0",
  tasks: 0,
  everJobs: "0",
  everTasks: 0,
};

/** The subsidy of every block up to 1,049,999; fees, some percent of it, are left out. */
const reward = subsidyAt(900_000);
const oldestMs = 60_000;
/** Mainnet has been harder since 2014; the coins of an easier chain are a test's and worth nothing. */
const easiestOfWorth = 1e10;
/** Of the network near the end of 2025, for a site at which no device tells it. */
const assumedDifficulty = 1.4e14;

interface EarningsInput {
  readonly at: Instant;
  /** Since the last round. */
  readonly elapsed: Seconds;
  readonly dayStart: Instant;
  readonly readings: readonly (HeaterReading | undefined)[];
  /** Since the last round. */
  readonly jobs?: JobIncome | undefined;
}

/**
 * Adds each heater's hashes of this round, and what they are worth on the chain that it mines for. A device that does not tell how
 * hard that is, is taken to mine for the network: at the hardest that any device told.
 */
export function earn(before: Earnings, { at, elapsed, dayStart, readings, jobs }: EarningsInput): Earnings {
  const isSameDay = before.dayStart === dayStart;
  const known = isSameDay ? before.sats : 0;
  const plus = (sum: string) => String(BigInt(sum) + (jobs?.micros ?? 0n));
  const fresh = readings.filter((reading) => reading && Math.abs(at - reading.at) <= oldestMs);
  const told = fresh.flatMap((reading) => reading?.networkDifficulty ?? []).filter(isOfWorth);
  const toldDifficulty = told.length > 0 ? Math.max(...told) : before.toldDifficulty;
  let [sats, hashes] = [0, 0];
  for (const reading of fresh) {
    const difficulty = reading?.networkDifficulty ?? toldDifficulty ?? assumedDifficulty;
    const own = Hashes((reading?.hashrate ?? 0) * Math.min(elapsed, oldestMs / 1000));
    hashes += own;
    if (isOfWorth(difficulty)) sats += expectedSats(own, { difficulty, reward });
  }
  return {
    dayStart,
    sats: known + sats,
    everSats: before.everSats + sats,
    everHashes: before.everHashes + hashes,
    toldDifficulty,
    jobs: plus(isSameDay ? before.jobs : "0"),
    tasks: (isSameDay ? before.tasks : 0) + (jobs?.tasks ?? 0),
    everJobs: plus(before.everJobs),
    everTasks: before.everTasks + (jobs?.tasks ?? 0),
  };
}

/** What a hash earns on average on the network as it was told last. */
export const satsPerHash = ({ toldDifficulty }: Pick<Earnings, "toldDifficulty">): number =>
  expectedSats(Hashes(1e15), { difficulty: toldDifficulty ?? assumedDifficulty, reward }) / 1e15;

const isOfWorth = (difficulty: number) => difficulty >= easiestOfWorth;
