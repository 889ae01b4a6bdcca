import { AbortedTransactionError } from "kysely";
import type { Answer } from "./workerMessages.ts";
import { WorkerSession } from "./workerSession.ts";

/**
 * PGlite in a worker thread, so that a long query never stops the caller's loop; in the form that Kysely's
 * PGliteDialect takes. A crash fails what was under way, and the next statement starts a fresh thread, which
 * recovers from the write-ahead log.
 */
export class EmbeddedPostgres {
  closed = false;
  ready = false;
  readonly waitReady: Promise<void>;
  readonly #folder: string | null;
  #session: WorkerSession;

  /** @param folder of an existing cluster; null for memory */
  constructor(folder: string | null) {
    this.#folder = folder;
    this.#session = new WorkerSession({ folder });
    this.waitReady = this.#start();
  }

  async query<T>(sql: string, parameters: readonly unknown[] = []): Promise<Result<T>> {
    return toResult(await this.#living().ask(sql, parameters));
  }

  /** Kysely lets one transaction in at a time. */
  async transaction<T>(body: (transaction: Transaction) => Promise<T>): Promise<T> {
    const session = this.#living();
    const exec = (sql: string) => session.ask(sql, null);
    await exec("begin");
    try {
      const result = await body({
        query: async (sql, parameters = []) => toResult(await session.ask(sql, parameters)),
        rollback: async () => {
          await exec("rollback");
        },
      });
      const { rows } = await exec("commit");
      const [outcome] = rows as { command: string }[];
      if (outcome?.command === "ROLLBACK") throw new AbortedTransactionError();
      return result;
    } catch (error) {
      if (session.alive) await exec("rollback");
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.#session.close();
  }

  async #start(): Promise<void> {
    await this.#session.started;
    this.ready = true;
  }

  #living(): WorkerSession {
    const lost = !this.#session.alive && this.#folder !== null && !this.closed;
    if (lost) this.#session = new WorkerSession({ folder: this.#folder });
    return this.#session;
  }
}

interface Transaction {
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<Result<T>>;
  rollback(): Promise<void>;
}

interface Result<T> {
  rows: T[];
  affectedRows?: number;
  fields: { dataTypeID: number; name: string }[];
}

const toResult = <T>({ rows, affectedRows }: Answer): Result<T> => ({
  rows: rows as T[],
  fields: [],
  ...(affectedRows === undefined ? {} : { affectedRows }),
});
