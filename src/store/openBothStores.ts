import type { Database } from "./database.ts";
import { exchangeStoreOn, type ExchangeStore } from "./exchange/openExchangeStore.ts";
import type { ExchangeTables } from "./exchange/tables.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./openDatabase.ts";
import { storeOf } from "./openStore.ts";
import type { Store } from "./store.ts";

/** A site's memory, and an exchange's beside it once it is wanted. */
export interface BothStores {
  readonly site: Store;
  /** Is over when the site's is closed. */
  openExchange(): Promise<ExchangeStore>;
}

/** Both in one database in memory, which takes a process no more than one does. */
export async function openBothStores(): Promise<BothStores> {
  const database = await openDatabase({});
  await migrate(database);
  return {
    site: storeOf(database),
    // The tables of both have different names; what a statement may name is all that the types differ in.
    openExchange: () =>
      exchangeStoreOn({ ...database, close: async () => {} } as unknown as Database<ExchangeTables>),
  };
}
