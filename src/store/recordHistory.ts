import { sql } from "kysely";
import type { Database } from "./database.ts";
import { fold, type Runs } from "./fold.ts";
import { hourMs, runOf } from "./readings.ts";
import { checkTick, insertTicks, keepJournal, keepState, readingsOf } from "./recordTick.ts";
import type { NumberOf, Sources } from "./sources.ts";
import type { TickRecord } from "./store.ts";

/** One transaction; all hours but the newest go straight into chunks and means. */
export async function recordHistory(
  { db, embedded }: Database,
  sources: Sources,
  ticks: readonly TickRecord[],
): Promise<void> {
  const newest = ticks.at(-1);
  if (!newest) return;
  for (const tick of ticks) checkTick(tick);
  const open = Math.floor(newest.at / hourMs) * hourMs;
  const complete = ticks.filter(({ at }) => at < open);
  const recent = ticks.filter(({ at }) => at >= open);
  const numberOf = await db.transaction().execute(async (transaction) => {
    const numbers = await sources.number(transaction, readingsOf(ticks));
    await fold(transaction, runsOf(complete, numbers), runsOf(recent, numbers));
    await insertTicks(transaction, recent, numbers);
    await keepJournal(transaction, ticks);
    await keepState(transaction, newest);
    return numbers;
  });
  sources.learn(readingsOf(ticks), numberOf);
  if (embedded) await sql`checkpoint`.execute(db);
}

function runsOf(ticks: readonly TickRecord[], numberOf: NumberOf): Runs {
  const bySource = new Map<number, [time: number, value: number][]>();
  for (const reading of readingsOf(ticks)) {
    const source = numberOf(reading);
    const known = bySource.get(source);
    const entry: [number, number] = [Math.round(reading.at), reading.value];
    if (known) known.push(entry);
    else bySource.set(source, [entry]);
  }
  return new Map([...bySource].map(([source, readings]) => [source, runOf(readings)]));
}
