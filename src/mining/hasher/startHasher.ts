import { Worker } from "node:worker_threads";
import { type HeaderWork, type KernelForm, plainForm } from "../../bitcoin/index.ts";
import { type Fault, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { boardFor } from "./board.ts";
import type { Hasher, HasherOptions, WorkSource } from "./hasher.ts";
import type { Order, Report, SearchData } from "./messages.ts";
import { createRateWindow } from "./rateWindow.ts";

const beatIntervalMs = 1000;
const mostThreads = 1024;
const searchWorker = new URL(
  import.meta.url.endsWith(".ts") ? "./search.worker.ts" : "./search.worker.js",
  import.meta.url,
);

export interface StartHasherOptions extends HasherOptions {
  /** Default: the fastest that gives right hashes here. */
  readonly form?: KernelForm;
  /** The threads' script, for tests of threads that fail. */
  readonly worker?: URL;
}

interface SearchThread {
  readonly worker: Worker;
  number: number;
  work: HeaderWork | undefined;
}

/**
 * Starts the threads, without work and at duty 0.
 * @throws {HearthworkError} `hasher/bad-threads` unless there are 1 … 1024; `setDuty` throws `hasher/bad-duty`
 *   outside 0 … 1.
 */
export function startHasher(options: StartHasherOptions): Hasher {
  const { threads, form, worker: script = searchWorker } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) throw badThreads(threads);

  const board = boardFor(threads);
  const rate = createRateWindow();
  let source: WorkSource | undefined;
  let duty = 0;
  let hasEnded = false;
  let kernel = form ?? plainForm();

  const sample = () => ({ at: Seconds(performance.now() / 1000), hashes: board.done().hashes });
  const tell = ({ worker }: SearchThread, order: Order) => worker.postMessage(order, []);

  const giveWork = (thread: SearchThread) => {
    if (hasEnded) return;
    try {
      thread.work = source?.();
    } catch (error) {
      fail(sourceFailed(error));
      return;
    }
    thread.number += 1;
    tell(thread, { kind: "work", number: thread.number, work: thread.work });
  };

  const hear = (thread: SearchThread, report: Report) => {
    if (hasEnded) return;
    if (report.kind === "fault") return fail(new HearthworkError(report.fault));
    if (report.kind === "ready") {
      kernel = report.form;
      return;
    }
    if (report.kind === "hits") tell(thread, { kind: "taken", hits: report.hits.length });
    if (report.number !== thread.number) return;
    if (report.kind === "exhausted") return giveWork(thread);
    const { work } = thread;
    if (work) for (const hit of report.hits) options.onHit({ work, ...hit });
  };

  const start = (thread: number): SearchThread => {
    const workerData: SearchData = { thread, form, board: board.buffer };
    const started = { worker: new Worker(script, { workerData, execArgv: [] }), number: 0, work: undefined };
    started.worker.on("message", (report: Report) => hear(started, report));
    started.worker.on("error", (error) => fail(threadDied(messageOf(error), error)));
    started.worker.on("exit", (code) => fail(threadDied(`it ended with code ${code}`)));
    return started;
  };

  const beat = () => {
    board.beat();
    rate.add(sample());
    for (const thread of searchers) if (source && !thread.work) giveWork(thread);
  };
  const end = async () => {
    hasEnded = true;
    clearInterval(beating);
    await Promise.all(searchers.map(({ worker }) => worker.terminate()));
  };
  const fail = (fault: HearthworkError) => {
    if (hasEnded) return;
    void end();
    options.onFault(fault);
  };

  const searchers = Array.from({ length: threads }, (_, thread) => start(thread));
  const beating = setInterval(beat, beatIntervalMs).unref();
  beat();

  return {
    setSource(next) {
      source = next;
      for (const thread of searchers) giveWork(thread);
    },
    setDuty(next) {
      if (!(next >= 0 && next <= 1)) throw badDuty(next);
      duty = next;
      for (const thread of searchers) tell(thread, { kind: "duty", duty });
    },
    stats: () => ({
      ...board.done(),
      hashrate: rate.rateUntil(sample()),
      duty,
      threads,
      kernel,
    }),
    close: end,
  };
}

const badThreads = (threads: number) =>
  new HearthworkError({
    code: "hasher/bad-threads",
    message: `${threads} is no number of hash threads; give 1 to ${mostThreads}, at most one for each processor core`,
    data: { threads: String(threads) },
  });

const badDuty = (duty: number) =>
  new HearthworkError({
    code: "hasher/bad-duty",
    message: `${duty} is no share of time; give 0 to 1`,
    data: { duty: String(duty) },
  });

const sourceFailed = (error: unknown) =>
  new HearthworkError({
    code: "hasher/source-failed",
    message: `no header to hash could be made: ${messageOf(error)}`,
    cause: error,
  });

const threadDied = (why: string, cause?: unknown) =>
  new HearthworkError({
    code: "hasher/thread-died",
    message: `a hash thread died and hashing has stopped: ${why}; start the miner again`,
    retry: "later",
    cause,
  } satisfies Fault);
