import type { Kysely } from "kysely";
import { HearthworkError, type Reading } from "../domain/index.ts";
import { batches } from "./batches.ts";
import type { Database, Tables } from "./database.ts";
import type { NumberOf, Sources } from "./sources.ts";
import type { TickRecord } from "./store.ts";

/** One transaction: the readings as one row, the events, the decisions, and the state. */
export async function recordTick({ db }: Database, sources: Sources, tick: TickRecord): Promise<void> {
  checkTick(tick);
  const numberOf = await db.transaction().execute(async (transaction) => {
    const numbers = await sources.number(transaction, tick.readings);
    await insertTicks(transaction, [tick], numbers);
    await keepJournal(transaction, [tick]);
    await keepState(transaction, tick);
    return numbers;
  });
  sources.learn(tick.readings, numberOf);
}

export async function insertTicks(
  transaction: Kysely<Tables>,
  ticks: readonly TickRecord[],
  numberOf: NumberOf,
): Promise<void> {
  const rows = ticks
    .filter(({ readings }) => readings.length > 0)
    .map(({ at, readings }) => ({
      at: Math.round(at),
      sources: readings.map(numberOf),
      times: readings.map((reading) => Math.round(reading.at)),
      readings: readings.map(({ value }) => value),
    }));
  for (const batch of batches(rows)) await transaction.insertInto("tick").values(batch).execute();
}

export async function keepJournal(transaction: Kysely<Tables>, ticks: readonly TickRecord[]): Promise<void> {
  const events = ticks
    .flatMap((tick) => tick.events)
    .map(({ at, level, code, subject, message }) => ({
      at: Math.round(at),
      level,
      code: storable(code),
      subject: storable(subject),
      message: storable(message),
    }));
  for (const batch of batches(events)) {
    await transaction
      .insertInto("event")
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const decisions = ticks
    .flatMap((tick) => tick.decisions)
    .map(({ at, heaterId, setpointWatts, workload, reason }) => ({
      at: Math.round(at),
      heater: heaterId,
      setpoint_watts: setpointWatts,
      workload,
      reason: storable(reason),
    }));
  for (const batch of batches(decisions)) {
    await transaction
      .insertInto("decision")
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export async function keepState(transaction: Kysely<Tables>, { at, state }: TickRecord): Promise<void> {
  const row = { at: Math.round(at), state: JSON.stringify(state) };
  await transaction
    .insertInto("controller_state")
    .values({ slot: 1, ...row })
    .onConflict((conflict) => conflict.column("slot").doUpdateSet(row))
    .execute();
}

/** The year 128,000: an hour's number still fits into an integer. */
export const latestMs = 4e15;

/** @throws {HearthworkError} `store/bad-tick` on what no table can hold and no meter can measure */
export function checkTick({ at, readings, decisions, events }: TickRecord): void {
  for (const instant of [at, ...[...readings, ...decisions, ...events].map((entry) => entry.at)]) {
    if (!(Math.abs(instant) <= latestMs)) refuse("its time", instant);
  }
  for (const { series, value } of readings)
    if (!Number.isFinite(value)) refuse(`its reading of ${series}`, value);
  for (const { heaterId, setpointWatts } of decisions) {
    if (!Number.isFinite(setpointWatts)) refuse(`its setpoint of ${heaterId}`, setpointWatts);
  }
}

function refuse(what: string, value: number): never {
  throw new HearthworkError({
    code: "store/bad-tick",
    message: `a tick cannot be kept: ${what} is ${value}; leave out what could not be measured`,
    data: { what, value: String(value) },
  });
}

/** PostgreSQL's text holds every character but NUL. */
export const storable = (text: string) => text.replaceAll("\0", "\ufffd");

/** The readings of several ticks. */
export function* readingsOf(ticks: Iterable<TickRecord>): Generator<Reading> {
  for (const { readings } of ticks) yield* readings;
}
