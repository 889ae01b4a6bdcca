import { randomUUID } from "node:crypto";
import { Socket } from "node:net";
import { Kysely, PostgresDialect } from "kysely";
import { type ClientBase, Pool, type PoolConfig } from "pg";
import type { Database } from "./database.ts";
import { parserOf } from "./parserOf.ts";
import { stepwise } from "./prepared.ts";
import { preparedServer } from "./preparedServer.ts";
import { soleWriter } from "./soleWriter.ts";

/** The pool hands a connection out once the hook has resolved, which its types do not tell. */
type Config = Omit<PoolConfig, "onConnect"> & { onConnect?: (client: ClientBase) => Promise<void> };

/**
 * Connects to a server when there is something to ask. All writes go through one connection, and that one holds the
 * writer's lock: so nothing is ever written without it, whatever broke in between.
 */
export function openServer<Schema>(url: string, patienceMs: number): Database<Schema> {
  const name = nameOf(url);
  const usual = usualConfig(url, patienceMs);
  const writer = soleWriter(`hearthwork ${randomUUID()}`, name);
  const writing = openPool({
    ...usual,
    max: 1,
    idleTimeoutMillis: 0,
    application_name: writer.id,
    onConnect: (client) => writer.takeLock(client),
  });
  const reading = openPool({ ...usual, max: 3, application_name: "hearthwork reader" });
  const beat = setInterval(() => keepAwake(writing), patienceMs / 2).unref();
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: writing }) });
  const reader = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: reading }) });
  return {
    db,
    reader,
    prepared: stepwise(db),
    name,
    embedded: false,
    lost: writer.lost,
    async close() {
      clearInterval(beat);
      await Promise.all([db.destroy(), reader.destroy()]);
    },
  };
}

/** Connects to a server that several programs write to at once, each by as many connections. */
export function openSharedServer<Schema>(
  url: string,
  patienceMs: number,
  connections: number,
): Database<Schema> {
  const usual = { ...usualConfig(url, patienceMs), application_name: "hearthwork exchange" };
  const pool = openPool({ ...usual, max: connections });
  const preparingPool = openPool({
    ...usual,
    max: connections,
    onConnect: async (client) => {
      await client.query(planOnce);
    },
  });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    reader: db,
    prepared: preparedServer(preparingPool, db),
    name: nameOf(url),
    embedded: false,
    lost: new Promise(() => {}),
    async close() {
      await Promise.all([db.destroy(), preparingPool.end()]);
    },
  };
}

/**
 * What is planned once does not know how large its tables will be by then: so it goes by indices, and joins in the
 * order in which it is written. Bitmaps would read again and again what is dead and not yet cleared away.
 */
const planOnce = [
  "plan_cache_mode = force_generic_plan",
  "join_collapse_limit = 1",
  ...["seqscan", "bitmapscan", "hashjoin", "mergejoin"].map((way) => `enable_${way} = off`),
  "jit = off",
]
  .map((setting) => `set ${setting}`)
  .join(";");

const nameOf = (url: string) => `PostgreSQL at ${withoutPassword(url)}`;

const usualConfig = (url: string, patienceMs: number): Config => ({
  connectionString: url,
  connectionTimeoutMillis: patienceMs,
  statement_timeout: patienceMs,
  stream: () => socketThatEnds(1.5 * patienceMs),
  idle_in_transaction_session_timeout: 3 * patienceMs,
  keepAlive: true,
  types: { getTypeParser: parserOf },
});

/**
 * A connection that breaks between statements says so by an event that must be heard; the next statement fails or
 * opens another connection.
 */
function openPool(config: Config): Pool {
  const pool = new Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** A silent connection ends, and the lock with it; one that broke is opened again before there is something to write. */
function keepAwake(pool: Pool): void {
  const isBusy = pool.totalCount > pool.idleCount;
  if (!isBusy) pool.query("select 1").catch(() => {});
}

/** A server that is gone without a word would otherwise hold its connection, and what waits on it, for ever. */
function socketThatEnds(silenceMs: number): Socket {
  const socket = new Socket();
  const silent = () => Object.assign(new Error("the connection went silent"), { code: "ETIMEDOUT" });
  return socket.setTimeout(silenceMs, () => socket.destroy(silent()));
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "the given URL";
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
