import type { Kysely } from "kysely";
import { HearthworkError, type Reading } from "../domain/index.ts";
import type { Database, Tables } from "./database.ts";
import type { SourceNumbers, Sources } from "./sources.ts";
import type { TickRecord } from "./store.ts";

/** One transaction: the readings as one row, the events, the decisions, and the state. */
export async function recordTick({ db }: Database, sources: Sources, tick: TickRecord): Promise<void> {
  checkReadings(tick.readings);
  const numbers = await db.transaction().execute(async (transaction) => {
    const numbering = await sources.number(transaction, tick.readings);
    await insertTicks(transaction, [tick], numbering);
    await insertJournal(transaction, [tick]);
    await keepState(transaction, tick);
    return numbering;
  });
  sources.keep(tick.readings, numbers);
}

export async function insertTicks(
  transaction: Kysely<Tables>,
  ticks: readonly TickRecord[],
  numbers: SourceNumbers,
): Promise<void> {
  const rows = ticks
    .filter(({ readings }) => readings.length > 0)
    .map(({ at, readings }) => ({
      at: Math.round(at),
      sources: [...numbers(readings)],
      times: readings.map((reading) => Math.round(reading.at)),
      readings: readings.map(({ value }) => value),
    }));
  for (const batch of batches(rows)) await transaction.insertInto("tick").values(batch).execute();
}

export async function insertJournal(
  transaction: Kysely<Tables>,
  ticks: readonly TickRecord[],
): Promise<void> {
  const events = ticks
    .flatMap((tick) => tick.events)
    .map(({ at, level, code, subject, message }) => ({
      at: Math.round(at),
      level,
      code: storable(code),
      subject: storable(subject),
      message: storable(message),
    }));
  for (const batch of batches(events)) await transaction.insertInto("event").values(batch).execute();
  const decisions = ticks
    .flatMap((tick) => tick.decisions)
    .map(({ at, heaterId, setpointWatts, workload, reason }) => ({
      at: Math.round(at),
      heater: heaterId,
      setpoint_watts: setpointWatts,
      workload,
      reason: storable(reason),
    }));
  for (const batch of batches(decisions)) await transaction.insertInto("decision").values(batch).execute();
}

export async function keepState(transaction: Kysely<Tables>, { at, state }: TickRecord): Promise<void> {
  const row = { at: Math.round(at), state: JSON.stringify(state) };
  await transaction
    .insertInto("controller_state")
    .values({ slot: 1, ...row })
    .onConflict((conflict) => conflict.column("slot").doUpdateSet(row))
    .execute();
}

export function checkReadings(readings: readonly Reading[]): void {
  const bad = readings.find(({ value }) => !Number.isFinite(value));
  if (!bad) return;
  throw new HearthworkError({
    code: "store/not-a-number",
    message: `a reading of ${bad.series} is ${bad.value}; leave out what could not be measured`,
    data: { series: bad.series },
  });
}

/** PostgreSQL's text holds every character but NUL. */
const storable = (text: string) => text.replaceAll("\0", "\ufffd");

/** A statement takes at most 65,535 parameters. */
export function* batches<Row>(rows: readonly Row[], size = 1000): Generator<Row[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}
