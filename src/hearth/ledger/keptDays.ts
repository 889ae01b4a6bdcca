import { z } from "zod";
import { type Instant, Instant as instant } from "../../domain/index.ts";
import type { Json, Store } from "../../store/index.ts";
import { keptDay, type LedgerDay, ledgerDaySchema } from "./ledgerDay.ts";

type Memory = Pick<Store, "remember" | "recall">;

const monthMs = 31 * 86_400_000;
/** Days are kept by their month, UTC, each a memo of its own. */
const memoOf = (at: Instant) => `ledger/${new Date(at).toISOString().slice(0, 7)}`;

async function daysIn(memory: Memory, memo: string): Promise<LedgerDay[]> {
  const kept = z.array(z.unknown()).safeParse(await memory.recall(memo)).data ?? [];
  return kept.flatMap((day) => ledgerDaySchema.safeParse(day).data ?? []);
}

/** Keeps days that are over. A day that is kept already is written anew: doing it twice changes nothing. */
export async function keepDays(memory: Memory, days: readonly LedgerDay[]): Promise<void> {
  for (const memo of new Set(days.map(({ dayStart }) => memoOf(dayStart)))) {
    const added = days.filter(({ dayStart }) => memoOf(dayStart) === memo);
    const before = await daysIn(memory, memo);
    const all = new Map([...before, ...added].map((day) => [day.dayStart, day]));
    const sorted = [...all.values()].toSorted((one, other) => one.dayStart - other.dayStart);
    await memory.remember(memo, sorted.map(keptDay) as unknown as Json);
  }
}

/** The days that are kept of the last `months`, oldest first. */
export async function readDays(memory: Memory, now: Instant, months: number): Promise<LedgerDay[]> {
  const memos = new Set(
    Array.from({ length: months + 1 }, (_, back) => memoOf(instant(now - back * monthMs))).toReversed(),
  );
  const days: LedgerDay[] = [];
  for (const memo of memos) days.push(...(await daysIn(memory, memo)));
  return days.toSorted((one, other) => one.dayStart - other.dayStart);
}
