import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { describeWith } from "../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../test/postgresServer.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./openDatabase.ts";
import { describeStore } from "./store.suite.ts";
import type { StoreOptions } from "./store.ts";

async function openMigrated(options: StoreOptions) {
  const database = await openDatabase(options);
  await migrate(database);
  return database;
}

describeStore("PGlite in memory", () => openMigrated({}));

const dataDir = mkdtempSync(join(tmpdir(), "hearthwork-store-"));
describeStore("PGlite on disk", () => openMigrated({ dataDir }));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describeWith("postgresql", "a store on a server", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());
  describeStore("PostgreSQL", async () => openMigrated({ url: await server.newDatabase() }));
});
