import { Worker } from "node:worker_threads";
import type { HeaderWork, Hit, KernelForm } from "../../bitcoin/index.ts";
import { HearthworkError, messageOf } from "../../domain/index.ts";
import type { Order, Report, SearchData } from "./messages.ts";

/** One thread that searches nonces, as the main thread sees it. */
export interface SearchThread {
  hasWork(): boolean;
  /** Drops what it searches for this; hits of the old that are still on their way are dropped, too. */
  giveWork(work: HeaderWork | undefined): void;
  setDuty(duty: number): void;
  /** Resolves when it has ended. */
  end(): Promise<void>;
}

export interface SearchThreadOptions {
  readonly script: URL;
  readonly data: SearchData;
  onReady(form: KernelForm): void;
  onHit(hit: Hit): void;
  /** Every nonce of the work has been tried. */
  onExhausted(): void;
  /** It searches no more. */
  onFault(fault: HearthworkError): void;
}

export function startSearchThread(options: SearchThreadOptions): SearchThread {
  const worker = new Worker(options.script, { workerData: options.data, execArgv: [] });
  const tell = (order: Order) => worker.postMessage(order, []);
  let number = 0;
  let work: HeaderWork | undefined;
  let hasEnded = false;

  const hear = (report: Report) => {
    if (hasEnded) return;
    if (report.kind === "ready") return options.onReady(report.form);
    if (report.kind === "fault") return options.onFault(new HearthworkError(report.fault));
    if (report.kind === "hits") tell({ kind: "taken", hits: report.hits.length });
    if (report.kind === "exhausted") {
      if (report.number === number) options.onExhausted();
      return;
    }
    for (const hit of report.hits) {
      if (report.number === number && work) options.onHit({ work, ...hit });
    }
  };
  const die = (why: string, cause?: unknown) => {
    if (!hasEnded) options.onFault(threadDied(why, cause));
  };
  worker.on("message", hear);
  worker.on("messageerror", (error) => die(messageOf(error), error));
  worker.on("error", (error) => die(messageOf(error), error));
  worker.on("exit", (code) => die(`it ended with code ${code}`));

  return {
    hasWork: () => work !== undefined,
    giveWork(next) {
      number += 1;
      work = next;
      tell({ kind: "work", number, work });
    },
    setDuty: (duty) => tell({ kind: "duty", duty }),
    async end() {
      hasEnded = true;
      await worker.terminate();
    },
  };
}

const threadDied = (why: string, cause: unknown) =>
  new HearthworkError({
    code: "hasher/thread-died",
    message: `a hash thread died: ${why}`,
    retry: "later",
    cause,
  });
