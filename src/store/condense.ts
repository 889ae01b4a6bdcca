import { type Kysely, sql } from "kysely";
import type { Instant } from "../domain/index.ts";
import type { Database, Tables } from "./database.ts";
import { fold, type Runs } from "./fold.ts";
import { hourMs, runOf } from "./readings.ts";
import { fiveMinutes, fiveMinutesKeepMs, journalKeep, type MeanLayer, rawKeepMs } from "./resolutions.ts";

/** How long after its end an hour counts as complete: the next readings, neighbours of its last, are in. */
const settleMs = 60_000;
const lookAheadMs = 10 * 60_000;
const hoursACall = 6;
const ticksAFold = 5_000;
const rowsADrop = 5_000;

/** Does a bounded part of the work, each step a transaction of its own, and tells whether there is more. */
export async function condense(database: Database, now: Instant): Promise<"done" | "more"> {
  const { db } = database;
  const until = Math.floor((now - settleMs) / hourMs) * hourMs;
  let folded = 0;
  while (folded < hoursACall && (await foldOldestHour(db, until))) folded += 1;
  const dropped = [
    await dropRaw(db, now),
    await dropMeans(db, fiveMinutes, now - fiveMinutesKeepMs),
    await dropJournal(db, "event"),
    await dropJournal(db, "decision"),
  ];
  if (database.embedded && (folded > 0 || dropped.some((rows) => rows > 0))) await tidy(db);
  return folded === hoursACall || dropped.some((rows) => rows >= rowsADrop) ? "more" : "done";
}

async function foldOldestHour(db: Kysely<Tables>, until: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    // Of two programs on one database one folds.
    await transaction.selectFrom("horizon").selectAll().orderBy("resolution").forUpdate().execute();
    const oldest = await transaction
      .selectFrom("tick")
      .select("at")
      .where("at", "<", until)
      .orderBy("at")
      .limit(1)
      .executeTakeFirst();
    if (!oldest) return false;
    const start = Math.floor(oldest.at / hourMs) * hourMs;
    const end = start + hourMs;
    const ticks = await transaction
      .selectFrom("tick")
      .selectAll()
      .where("at", ">=", start)
      .where("at", "<", end + lookAheadMs)
      .orderBy("at")
      .limit(ticksAFold)
      .execute();
    const complete = ticks.filter(({ at }) => at < end);
    const following = ticks.filter(({ at }) => at >= end);
    await fold(transaction, runsOfTicks(complete), runsOfTicks(following));
    await sql`delete from tick where id = any(${complete.map(({ id }) => id)}::bigint[])`.execute(
      transaction,
    );
    return true;
  });
}

/** The readings of rows of the table `tick` by source. */
export function runsOfTicks(rows: readonly Pick<Tables["tick"], "sources" | "times" | "readings">[]): Runs {
  const bySource = new Map<number, [time: number, value: number][]>();
  for (const { sources, times, readings } of rows) {
    for (const [i, source] of sources.entries()) {
      const entry: [number, number] = [Number(times[i]), readings[i] ?? 0];
      const known = bySource.get(source);
      if (known) known.push(entry);
      else bySource.set(source, [entry]);
    }
  }
  return new Map([...bySource].map(([source, entries]) => [source, runOf(entries)]));
}

/**
 * Drops hours of readings that are past their keep and of which as many as make up the keep are newer: a clock that
 * jumps ahead ages nothing.
 */
async function dropRaw(db: Kysely<Tables>, now: Instant): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const spare = await transaction
      .selectFrom("chunk")
      .select("hour")
      .groupBy("hour")
      .orderBy("hour", "desc")
      .offset(rawKeepMs / hourMs)
      .limit(1)
      .executeTakeFirst();
    const before = Math.min(Math.floor((now - rawKeepMs) / hourMs), (spare?.hour ?? -Infinity) + 1);
    if (!Number.isFinite(before)) return 0;
    await raiseHorizon(transaction, "raw", before * hourMs);
    const { numAffectedRows = 0n } = await sql`
      delete from chunk where (hour, source) in
        (select hour, source from chunk where hour < ${before} order by hour limit ${rowsADrop})`.execute(
      transaction,
    );
    return Number(numAffectedRows);
  });
}

/** As `dropRaw`. */
async function dropMeans(db: Kysely<Tables>, layer: MeanLayer, olderThan: number): Promise<number> {
  const { resolution, stepMs, perRow } = layer;
  const step = stepMs / 1000;
  const periodMs = stepMs * perRow;
  return db.transaction().execute(async (transaction) => {
    const spare = await transaction
      .selectFrom("mean")
      .select("period")
      .where("step", "=", step)
      .groupBy("period")
      .orderBy("period", "desc")
      .offset(fiveMinutesKeepMs / periodMs)
      .limit(1)
      .executeTakeFirst();
    const before = Math.min(Math.floor(olderThan / periodMs), (spare?.period ?? -Infinity) + 1);
    if (!Number.isFinite(before)) return 0;
    await raiseHorizon(transaction, resolution, before * periodMs);
    const { numAffectedRows = 0n } = await sql`
      delete from mean where (step, period, source) in
        (select step, period, source from mean where step = ${step} and period < ${before}
         order by period limit ${rowsADrop})`.execute(transaction);
    return Number(numAffectedRows);
  });
}

async function raiseHorizon(transaction: Kysely<Tables>, resolution: string, since: number): Promise<void> {
  await transaction
    .updateTable("horizon")
    .set({ since })
    .where("resolution", "=", resolution)
    .where("since", "<", since)
    .execute();
}

async function dropJournal(db: Kysely<Tables>, table: "event" | "decision"): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where id in
      (select id from ${sql.table(table)} where id <= (select max(id) from ${sql.table(table)}) - ${journalKeep}
       order by id limit ${rowsADrop})`.execute(db);
  return Number(numAffectedRows);
}

/** What autovacuum and the checkpointer do where there is a server: alone, PGlite's log would grow for ever. */
async function tidy(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum tick, chunk, mean, controller_state, event, decision`.execute(db);
  await sql`checkpoint`.execute(db);
}
