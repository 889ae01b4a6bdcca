import { HearthworkError, Instant, messageOf } from "../domain/index.ts";
import { condense } from "./condense.ts";
import { type DataDirLock, lockDataDir } from "./dataDirLock.ts";
import type { Database } from "./database.ts";
import { toFault } from "./faults.ts";
import { readHistory, readRecorded } from "./history.ts";
import { readDecisions, readEvents } from "./journal.ts";
import { recall, remember } from "./memos.ts";
import { migrate } from "./migrate.ts";
import { openDatabase, usualPatienceMs } from "./openDatabase.ts";
import { recordHistory } from "./recordHistory.ts";
import { recordTick } from "./recordTick.ts";
import { recordedSeries, Sources } from "./sources.ts";
import type { Json, Store, StoreOptions } from "./store.ts";

/**
 * Opens the site's memory, holds its data directory and brings its schema up to date.
 * @param patienceMs how long a PostgreSQL server may take over a statement
 * @throws {HearthworkError} `store/in-use` (the directory, or the database), `store/no-data-dir`, `store/damaged`, `store/newer`, `store/unreachable`
 */
export async function openStore(options: StoreOptions, patienceMs = usualPatienceMs): Promise<Store> {
  const lock = options.dataDir === undefined ? undefined : lockDataDir(options.dataDir);
  try {
    const database = await openDatabase(options, patienceMs);
    try {
      await migrate(database);
    } catch (thrown) {
      await database.close();
      throw toFault(thrown, database.name);
    }
    return storeOf(database, lock);
  } catch (thrown) {
    lock?.release();
    throw thrown;
  }
}

/** The store on a database whose schema is up to date. Releases the lock when it is closed. */
export function storeOf(database: Database, lock?: DataDirLock): Store {
  const sources = new Sources();
  let condensing: Promise<"done" | "more"> | undefined;
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw toFault(thrown, database.name);
    }
  };
  return {
    lost: database.lost,
    recordTick: (tick) => guarded(recordTick(database, sources, tick)),
    recordHistory: (ticks) => guarded(recordHistory(database, sources, ticks)),
    latestState: () => guarded(latestState(database)),
    history: (series, from, to) => guarded(readHistory(database, series, from, to)),
    recorded: (series, from, to, resolution) => guarded(readRecorded(database, series, from, to, resolution)),
    series: () => guarded(recordedSeries(database)),
    events: (page) => guarded(readEvents(database, page)),
    decisions: (page) => guarded(readDecisions(database, page)),
    remember: (name, value) => guarded(remember(database, name, value)),
    recall: (name) => guarded(recall(database, name)),
    condense: (now) => {
      condensing ??= guarded(condense(database, now)).finally(() => {
        condensing = undefined;
      });
      return condensing;
    },
    close: async () => {
      await guarded(database.close());
      lock?.release();
    },
  };
}

async function latestState({ reader, name }: Database): Promise<{ at: Instant; state: Json } | undefined> {
  const row = await reader.selectFrom("controller_state").select(["at", "state"]).executeTakeFirst();
  if (!row) return undefined;
  try {
    return { at: Instant(row.at), state: JSON.parse(row.state) as Json };
  } catch (thrown) {
    throw new HearthworkError({
      code: "store/bad-state",
      message: `the controller's state in ${name} cannot be read (${messageOf(thrown)}); put a backup there, or delete the row of the table controller_state to begin without one`,
      cause: thrown,
    });
  }
}
