import { existsSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { type Generated, Kysely, PGliteDialect, PostgresDialect } from "kysely";
import { Pool, types } from "pg";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { makeCluster } from "./cluster.ts";
import { EmbeddedPostgres } from "./embeddedPostgres.ts";
import type { StoreOptions } from "./store.ts";

export interface Tables {
  schema_version: { version: number };
  source: { id: Generated<number>; series: string; provenance: string };
  tick: { id: Generated<number>; at: number; sources: number[]; times: number[]; readings: number[] };
  chunk: { hour: number; source: number; count: number; steps: number[]; readings: number[] };
  mean: {
    step: number;
    period: number;
    source: number;
    slots: number[];
    means: number[];
    covered: number[];
  };
  horizon: { resolution: string; since: number };
  controller_state: { slot: number; at: number; state: string };
  event: {
    id: Generated<number>;
    at: number;
    level: string;
    code: string;
    subject: string;
    message: string;
  };
  decision: {
    id: Generated<number>;
    at: number;
    heater: string;
    setpoint_watts: number;
    workload: string;
    reason: string;
  };
}

export interface Database {
  readonly db: Kysely<Tables>;
  /** What to call it in messages. */
  readonly name: string;
  readonly embedded: boolean;
}

/** How long a PostgreSQL server may take over a statement, ms. */
export const usualPatienceMs = 10_000;

/**
 * Connects, but does not touch the schema.
 * @throws {HearthworkError} `store/damaged` when the embedded database does not start
 */
export async function openDatabase(
  { url, dataDir }: StoreOptions,
  patienceMs = usualPatienceMs,
): Promise<Database> {
  if (url !== undefined) return openServer(url, patienceMs);
  return openEmbedded(dataDir === undefined ? null : join(dataDir, "pg"));
}

async function openEmbedded(folder: string | null): Promise<Database> {
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
  return {
    db: new Kysely({ dialect: new PGliteDialect({ pglite }) }),
    name: folder === null ? "the database in memory" : `the database in ${folder}`,
    embedded: true,
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

function openServer(url: string, patienceMs: number): Database {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: patienceMs,
    statement_timeout: patienceMs,
    stream: () => socketThatEnds(1.5 * patienceMs),
    idle_in_transaction_session_timeout: 3 * patienceMs,
    keepAlive: true,
    application_name: "hearthwork",
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks between statements says so by an event that must be heard; the next statement fails or
  // opens another connection.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    name: `PostgreSQL at ${withoutPassword(url)}`,
    embedded: false,
  };
}

/** A server that is gone without a word would otherwise hold its connection, and what waits on it, for ever. */
function socketThatEnds(silenceMs: number): Socket {
  const socket = new Socket();
  const silent = () => Object.assign(new Error("the connection went silent"), { code: "ETIMEDOUT" });
  return socket.setTimeout(silenceMs, () => socket.destroy(silent()));
}

const int8 = 20;

/** Our 64-bit integers are times and counters, which a number holds exactly. */
function parserOf(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  return oid === int8 ? Number : (types.getTypeParser(oid, format) as (text: string) => unknown);
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "the given URL";
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
