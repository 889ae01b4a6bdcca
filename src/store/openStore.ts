import { Instant } from "../domain/index.ts";
import { type Database, openDatabase } from "./database.ts";
import { toFault } from "./faults.ts";
import { readHistory } from "./history.ts";
import { readDecisions, readEvents } from "./journal.ts";
import { migrate } from "./migrate.ts";
import { checkReadings, insertJournal, insertTicks, keepState, recordTick } from "./recordTick.ts";
import { Sources } from "./sources.ts";
import type { Json, Store, StoreOptions, TickRecord } from "./store.ts";

/**
 * Opens the site's memory and brings its schema up to date.
 * @throws {HearthworkError} `store/…`
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = openDatabase(options);
  const { db, name } = database;
  const sources = new Sources();
  const guarded = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((thrown: unknown) => {
      throw toFault(thrown, name);
    });
  await guarded(() => migrate(database));

  return {
    recordTick: (tick) => guarded(() => recordTick(database, sources, tick)),
    recordHistory: (ticks) => guarded(() => recordHistory(database, sources, ticks)),
    latestState: () => guarded(() => latestState(database)),
    history: (series, from, to) => guarded(() => readHistory(database, series, from, to)),
    events: (page) => guarded(() => readEvents(database, page)),
    decisions: (page) => guarded(() => readDecisions(database, page)),
    condense: () => Promise.resolve(),
    close: () => guarded(() => db.destroy()),
  };
}

async function recordHistory(
  { db }: Database,
  sources: Sources,
  ticks: readonly TickRecord[],
): Promise<void> {
  const newest = ticks.at(-1);
  if (!newest) return;
  const readings = ticks.flatMap((tick) => tick.readings);
  checkReadings(readings);
  const numbers = await db.transaction().execute(async (transaction) => {
    const numbering = await sources.number(transaction, readings);
    await insertTicks(transaction, ticks, numbering);
    await insertJournal(transaction, ticks);
    await keepState(transaction, newest);
    return numbering;
  });
  sources.keep(readings, numbers);
}

async function latestState({ db }: Database): Promise<{ at: Instant; state: Json } | undefined> {
  const row = await db.selectFrom("controller_state").select(["at", "state"]).executeTakeFirst();
  return row && { at: Instant(row.at), state: JSON.parse(row.state) as Json };
}
