import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Answer, FromWorker, ToWorker, WorkerTask } from "./workerMessages.ts";

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** SQLSTATE of a server that has crashed. */
const crashed = "57P02";
/** Longer than initdb takes on a small computer's memory card. */
const patienceMs = 180_000;

/** One life of PGlite in a worker thread. Statements are answered in the order in which they were given. */
export class WorkerSession {
  readonly started: Promise<Answer>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #alive = true;
  #nextId = 0;

  constructor(task: WorkerTask) {
    const extension = extname(fileURLToPath(import.meta.url));
    this.#worker = new Worker(new URL(`./pglite.worker${extension}`, import.meta.url), {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 },
      stdout: true,
      stderr: true,
    });
    this.#worker.on("message", (message: FromWorker) => this.#settle(message));
    this.#worker.on("error", (error) => this.#end(error.message));
    this.#worker.on("exit", () => this.#end("its thread ended"));
    this.started = this.#expect();
    this.started.catch(() => {});
  }

  get alive(): boolean {
    return this.#alive;
  }

  ask(sql: string | null, parameters: readonly unknown[] | null): Promise<Answer> {
    if (!this.#alive) return Promise.reject(databaseError("the embedded database has crashed", crashed));
    const answer = this.#expect();
    this.#worker.postMessage({ id: this.#nextId - 1, sql, parameters } satisfies ToWorker, []);
    return answer;
  }

  /** Shuts PostgreSQL down; what it cannot finish it recovers at the next start. */
  async close(): Promise<void> {
    if (this.#alive) await this.ask(null, null).catch(() => {});
    await this.terminate();
  }

  /** Ends the thread at once, as a crash would. */
  async terminate(): Promise<void> {
    this.#end("it was ended");
    await this.#worker.terminate();
  }

  #expect(): Promise<Answer> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.terminate().catch(() => {});
      }, patienceMs);
      timer.unref();
      this.#pending.set(id, { resolve, reject, timer });
    });
  }

  #settle({ id, ...answer }: FromWorker): void {
    const pending = this.#pending.get(id);
    if (!pending) {
      if (answer.error) this.#end(answer.error.message);
      return;
    }
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    if (answer.error) pending.reject(databaseError(answer.error.message, answer.error.code));
    else pending.resolve(answer);
  }

  #end(reason: string): void {
    this.#alive = false;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(databaseError(`the embedded database has crashed: ${reason}`, crashed));
    }
    this.#pending.clear();
  }
}

function databaseError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
