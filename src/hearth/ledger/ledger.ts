import { z } from "zod";
import { Instant, Joules, Micros } from "../../domain/index.ts";
import {
  emptySum,
  keptSum,
  type LedgerEntry,
  type LedgerSum,
  ledgerSumSchema,
  withEntry,
} from "./ledgerSum.ts";

const quarterMs = 900_000;

const instant = z.number().transform(Instant);
/** A local day of a site's heating, and a quarter-hour of one, as they are kept. */
export const ledgerDaySchema = ledgerSumSchema.extend({ dayStart: instant });
export const ledgerQuarterSchema = ledgerSumSchema.extend({ from: instant });
export type LedgerDay = z.output<typeof ledgerDaySchema>;
export type LedgerQuarter = z.output<typeof ledgerQuarterSchema>;

export interface Ledger {
  readonly today: LedgerDay | null;
  /** Of today, the one that runs. */
  readonly quarter: LedgerQuarter | null;
  /** What is over and not kept yet, oldest first. */
  readonly closed: readonly LedgerDay[];
  readonly closedQuarters: readonly LedgerQuarter[];
  /** What devices lost of their prices and is no whole millionth yet, 0 … 1. */
  readonly carry: number;
}

export const newLedger: Ledger = { today: null, quarter: null, closed: [], closedQuarters: [], carry: 0 };
const mostClosed = 62;
/** Two days of them: they are kept every ten minutes, and each round writes those that are not. */
const mostClosedQuarters = 192;

export const ledgerSchema = z
  .object({
    today: ledgerDaySchema.nullable(),
    quarter: ledgerQuarterSchema.nullable().default(null),
    closed: z.array(ledgerDaySchema),
    closedQuarters: z.array(ledgerQuarterSchema).default([]),
    carry: z.number().min(0).max(1).default(0),
  })
  .nullable();

/** As JSON has it. */
export const keptLedger = (ledger: Ledger | null): z.input<typeof ledgerSchema> =>
  ledger && {
    today: ledger.today && keptSum(ledger.today),
    quarter: ledger.quarter && keptSum(ledger.quarter),
    closed: ledger.closed.map(keptSum),
    closedQuarters: ledger.closedQuarters.map(keptSum),
    carry: ledger.carry,
  };

/** Of a day's heat, what was wanted; all of it where no ledger tells. */
export function usefulHeatOf(ledger: Ledger | null, dayStart: Instant | null, heat: Joules): Joules {
  const today = ledger?.today;
  return today && today.dayStart === dayStart ? Joules(Math.min(heat, today.usefulJoules)) : heat;
}

/**
 * Adds a round to its quarter-hour and its day; what is over is closed. A day's money is the sum of its quarter-hours',
 * to the millionth. Heat above demand earns nothing and displaces nothing.
 */
export function enterLedger(ledger: Ledger, entry: LedgerEntry): Ledger {
  const { today, quarter } = ledger;
  const day = today !== null && today.dayStart >= entry.dayStart ? today : newDay(entry.dayStart);
  const from = quarterStart(entry.at, day.dayStart);
  const running = quarter !== null && quarter.from >= from ? quarter : { from, ...emptySum };
  const { worn, carry } = wornBy(ledger.carry, entry);
  const next = { from: running.from, ...withEntry(running, entry, worn) };
  const gained = {
    ...withEntry(day, entry, worn),
    revenue: Micros(day.revenue + next.revenue - running.revenue),
  };
  return {
    today: { dayStart: day.dayStart, ...gained },
    quarter: next,
    closed: closedWith(ledger.closed, today, day, mostClosed),
    closedQuarters: closedWith(ledger.closedQuarters, quarter, running, mostClosedQuarters),
    carry,
  };
}

/** The millionths that are whole by now; the rest is carried, so that rounds as short as they are lose nothing. */
function wornBy(
  carry: number,
  { wear: { microsPerSecond }, seconds }: LedgerEntry,
): { readonly worn: Micros | undefined; readonly carry: number } {
  if (microsPerSecond === undefined) return { worn: undefined, carry };
  const all = carry + microsPerSecond * seconds;
  const whole = Math.floor(all);
  return { worn: Micros(BigInt(whole)), carry: all - whole };
}

/** What is left of a ledger once all that was over in an earlier state of it is kept. */
export const withoutKept = (ledger: Ledger, kept: Ledger): Ledger => ({
  ...ledger,
  closed: ledger.closed.filter(({ dayStart }) => kept.closed.every((day) => day.dayStart !== dayStart)),
  closedQuarters: ledger.closedQuarters.filter(({ from }) =>
    kept.closedQuarters.every((quarter) => quarter.from !== from),
  ),
});

export const quarterEnd = ({ from }: LedgerQuarter): Instant => Instant(from + quarterMs);

const newDay = (dayStart: Instant): LedgerDay => ({ dayStart, ...emptySum });

/** Counted from local midnight, so that none belongs to two days. */
const quarterStart = (at: Instant, dayStart: Instant): Instant =>
  Instant(dayStart + Math.max(0, Math.floor((at - dayStart) / quarterMs)) * quarterMs);

const closedWith = <Sum extends LedgerSum>(
  closed: readonly Sum[],
  before: Sum | null,
  now: Sum,
  most: number,
): readonly Sum[] => (before === null || before === now ? closed : [...closed, before].slice(-most));
