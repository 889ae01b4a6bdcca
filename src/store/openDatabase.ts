import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PGliteDialect } from "kysely";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { makeCluster } from "./cluster.ts";
import type { Database, Tables } from "./database.ts";
import { EmbeddedPostgres } from "./embeddedPostgres.ts";
import { openServer, openSharedServer } from "./openServer.ts";
import { stepwise } from "./prepared.ts";
import type { StoreOptions } from "./store.ts";

/** How long a PostgreSQL server may take over a statement, ms. */
export const usualPatienceMs = 10_000;

/**
 * Connects, but does not touch the schema.
 * @param writers at a server: one program alone, or so many connections of each of several
 * @throws {HearthworkError} `store/damaged` when the embedded database does not start
 */
export async function openDatabase<Schema = Tables>(
  { url, dataDir }: StoreOptions,
  patienceMs = usualPatienceMs,
  writers: "sole" | number = "sole",
): Promise<Database<Schema>> {
  if (url !== undefined)
    return writers === "sole" ? openServer(url, patienceMs) : openSharedServer(url, patienceMs, writers);
  return openEmbedded(dataDir === undefined ? null : join(dataDir, "pg"));
}

async function openEmbedded<Schema>(folder: string | null): Promise<Database<Schema>> {
  if (folder !== null) {
    if (!existsSync(folder)) await makeCluster(folder);
    else if (!existsSync(join(folder, "PG_VERSION")))
      throw damaged(folder, "it holds no PostgreSQL database");
  }
  const pglite = new EmbeddedPostgres(folder);
  try {
    await pglite.waitReady;
  } catch (thrown) {
    await pglite.close();
    throw damaged(folder ?? "memory", messageOf(thrown), thrown);
  }
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    reader: db,
    prepared: stepwise(db),
    name: folder === null ? "the database in memory" : `the database in ${folder}`,
    embedded: true,
    lost: new Promise(() => {}),
    close: () => db.destroy(),
  };
}

function damaged(folder: string, reason: string, cause?: unknown): HearthworkError {
  return new HearthworkError({
    code: "store/damaged",
    message: `the database in ${folder} does not start (${reason}); nothing was deleted: put a backup there, or move the folder away to begin with an empty one`,
    data: { folder },
    cause,
  });
}
