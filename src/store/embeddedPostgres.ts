import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** `sql: null` closes; `parameters: null` runs several statements at once. */
export interface ToWorker {
  readonly id: number;
  readonly sql: string | null;
  readonly parameters: readonly unknown[] | null;
}

/** The answer of the same id; id 0 tells how the start went. */
export type FromWorker =
  | { readonly id: number; readonly rows: unknown[]; readonly affectedRows?: number; readonly error?: never }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string } };

interface Answer<T> {
  rows: T[];
  affectedRows?: number;
  fields: { dataTypeID: number; name: string }[];
}
interface Pending {
  resolve(answer: Answer<unknown>): void;
  reject(error: Error): void;
}

/**
 * PGlite in a worker thread, so that a long query never stops the caller's loop; in the form that Kysely's
 * PGliteDialect takes. Statements are answered in the order in which they were given.
 */
export class EmbeddedPostgres {
  ready = false;
  closed = false;
  readonly waitReady: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  /** @param folder where the database lives; null for memory */
  constructor(folder: string | null) {
    const extension = extname(fileURLToPath(import.meta.url));
    this.#worker = new Worker(new URL(`./pglite.worker${extension}`, import.meta.url), {
      workerData: { folder },
      stdout: true,
      stderr: true,
    });
    this.waitReady = new Promise<void>((resolve, reject) => {
      const started = () => {
        this.ready = true;
        resolve();
      };
      this.#pending.set(0, { resolve: started, reject });
    });
    this.#worker.on("message", (message: FromWorker) => this.#settle(message));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("the embedded database ended")));
  }

  query<T>(sql: string, parameters: readonly unknown[] = []): Promise<Answer<T>> {
    return this.#ask(sql, parameters) as Promise<Answer<T>>;
  }

  /** Several statements without parameters. */
  async exec(sql: string): Promise<void> {
    await this.#ask(sql, null);
  }

  /** Kysely lets one transaction in at a time. */
  async transaction<T>(
    body: (transaction: Pick<EmbeddedPostgres, "query"> & { rollback(): Promise<void> }) => Promise<T>,
  ): Promise<T> {
    await this.exec("begin");
    try {
      const rollback = async () => {
        await this.exec("rollback");
      };
      const result = await body({ query: (sql, parameters) => this.query(sql, parameters), rollback });
      await this.exec("commit");
      return result;
    } catch (error) {
      await this.exec("rollback");
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.#ask(null, null);
    this.closed = true;
    await this.#worker.terminate();
  }

  #ask(sql: string | null, parameters: readonly unknown[] | null): Promise<Answer<unknown>> {
    if (this.closed) return Promise.reject(new Error("the embedded database is closed"));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters } satisfies ToWorker, []);
    });
  }

  #settle(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) {
      pending?.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
    } else {
      const { rows, affectedRows } = message;
      pending?.resolve({ rows, fields: [], ...(affectedRows === undefined ? {} : { affectedRows }) });
    }
  }

  #fail(error: Error): void {
    this.closed = true;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
