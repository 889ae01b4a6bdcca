import { z } from "zod";
import { type Instant, Instant as instant } from "../../domain/index.ts";
import type { Store } from "../../store/index.ts";
import {
  type Ledger,
  type LedgerDay,
  ledgerDaySchema,
  type LedgerQuarter,
  ledgerQuarterSchema,
} from "./ledger.ts";
import { keptSum } from "./ledgerSum.ts";

type Memory = Pick<Store, "remember" | "recall">;

const dayMs = 86_400_000;
const monthMs = 31 * dayMs;
/** Days are kept for ever, by their month, UTC, each a memo of its own. */
const monthMemo = (at: Instant) => `ledger/${new Date(at).toISOString().slice(0, 7)}`;
/** Quarter-hours lie in a ring of days, UTC: each is written over the one that is this many days older. */
const ringDays = 92;
const dayOf = (at: Instant) => Math.floor(at / dayMs);
const quartersMemo = (day: number) =>
  `ledger/quarters/${String(((day % ringDays) + ringDays) % ringDays).padStart(2, "0")}`;

/** Keeps what is over of a ledger. What is kept already is written anew: doing it twice changes nothing. */
export async function keepClosed(
  memory: Memory,
  { closed, closedQuarters }: Pick<Ledger, "closed" | "closedQuarters">,
): Promise<void> {
  for (const [memo, days] of Map.groupBy(closed, ({ dayStart }) => monthMemo(dayStart))) {
    await keep(memory, memo, [...(await daysIn(memory, memo)), ...days], ({ dayStart }) => dayStart);
  }
  for (const [day, quarters] of Map.groupBy(closedQuarters, ({ from }) => dayOf(from))) {
    await keep(
      memory,
      quartersMemo(day),
      [...(await quartersOf(memory, day)), ...quarters],
      ({ from }) => from,
    );
  }
}

/** The days that are kept of the last `months`, oldest first. */
export async function readDays(memory: Memory, now: Instant, months: number): Promise<LedgerDay[]> {
  const memos = new Set(
    Array.from({ length: months + 1 }, (_, back) => monthMemo(instant(now - back * monthMs))).toReversed(),
  );
  const days: LedgerDay[] = [];
  for (const memo of memos) days.push(...(await daysIn(memory, memo)));
  return days.toSorted((one, other) => one.dayStart - other.dayStart);
}

/** The quarter-hours that are kept and began in a span, oldest first, a day at a time. */
export async function* readQuarters(
  memory: Memory,
  from: Instant,
  to: Instant,
): AsyncGenerator<readonly LedgerQuarter[]> {
  for (let day = dayOf(from); day * dayMs < to; day++) {
    yield (await quartersOf(memory, day)).filter((quarter) => quarter.from >= from && quarter.from < to);
  }
}

const daysIn = (memory: Memory, memo: string) => known(memory, memo, ledgerDaySchema);

const quartersOf = async (memory: Memory, day: number): Promise<LedgerQuarter[]> =>
  (await known(memory, quartersMemo(day), ledgerQuarterSchema)).filter(({ from }) => dayOf(from) === day);

/** What cannot be read of a memo is passed over. */
async function known<Schema extends z.ZodType>(
  memory: Memory,
  memo: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const kept = z.array(z.unknown()).safeParse(await memory.recall(memo)).data ?? [];
  return kept.flatMap((sum) => schema.safeParse(sum).data ?? []);
}

/** Of two with one beginning the later counts. */
async function keep<Sum extends LedgerDay | LedgerQuarter>(
  memory: Memory,
  memo: string,
  sums: readonly Sum[],
  beginning: (sum: Sum) => Instant,
): Promise<void> {
  const all = [...new Map(sums.map((sum) => [beginning(sum), sum])).values()];
  const sorted = all.toSorted((one, other) => beginning(one) - beginning(other));
  await memory.remember(memo, sorted.map(keptSum));
}
