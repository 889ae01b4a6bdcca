import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { HeaterId, Instant, type Reading, type SeriesId, type SiteEvent } from "../domain/index.ts";
import type { Database } from "./database.ts";
import { storeOf } from "./openStore.ts";
import type { DecisionRecord, Store, StoredSeries, TickRecord } from "./store.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const start = Instant(Date.UTC(2026, 0, 15, 12));
export const after = (ms: number) => Instant(start + ms);
export const temperature: SeriesId = "sink/living-room/temperature";
export const power: SeriesId = "heater/this-computer/power";

/** A tick at `at`, with metered readings of that instant. */
export function tickAt(at: Instant, values: Readonly<Record<SeriesId, number>> = {}): TickRecord {
  const readings = Object.entries(values).map(([series, value]): Reading => ({
    series: series as SeriesId,
    at,
    value,
    provenance: "metered",
  }));
  return { at, readings, decisions: [], events: [], state: null };
}

/** Ticks every `stepMs` in [from, to), in which the power follows `watts`. */
export function ticksOf(
  from: Instant,
  to: Instant,
  stepMs: number,
  watts: (at: Instant) => number,
): TickRecord[] {
  const ticks: TickRecord[] = [];
  for (let at: number = from; at < to; at += stepMs) {
    ticks.push(tickAt(Instant(at), { [power]: watts(Instant(at)) }));
  }
  return ticks;
}

export const event = (at: Instant, message: string): SiteEvent => ({
  at,
  level: "info",
  code: "site/test",
  subject: "site",
  message,
});
export const decision = (at: Instant, reason: string): DecisionRecord => ({
  at,
  heaterId: HeaterId("this-computer"),
  setpointWatts: 60,
  workload: "mining",
  reason,
});

/** Forgets everything, for tests that share a database. */
async function emptyTables({ db }: Database): Promise<void> {
  await sql`truncate source, tick, chunk, mean, controller_state, event, decision, memo restart identity`.execute(
    db,
  );
  await db.updateTable("horizon").set({ since: 0 }).execute();
}

/** What the contract's tests work with: a store on a database that is empty before each of them. */
export interface Bench {
  readonly store: Store;
  readonly database: Database;
  /** The readings of a series, which must not have been condensed. */
  raw(series: SeriesId, from: Instant, to: Instant): Promise<StoredSeries | undefined>;
  condenseAll(now: Instant): Promise<void>;
}

/** @param open connects to a database whose schema is up to date */
export function describeOnBench(
  name: string,
  open: () => Promise<Database>,
  tests: readonly ((bench: Bench) => void)[],
): void {
  describe(name, () => {
    let database: Database;
    let store: Store;
    beforeAll(async () => {
      database = await open();
    });
    beforeEach(async () => {
      await emptyTables(database);
      store = storeOf(database);
    });
    afterAll(() => database.close());
    const bench: Bench = {
      get store() {
        return store;
      },
      get database() {
        return database;
      },
      raw: async (series, from, to) => {
        const history = await store.history([series], from, to);
        expect(history.resolution).toBe("raw");
        return history.series[0];
      },
      condenseAll: async (now) => {
        while ((await store.condense(now)) === "more");
      },
    };
    for (const describeTests of tests) describeTests(bench);
  });
}
