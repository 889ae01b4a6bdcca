import { type KernelForm, plainForm } from "../../bitcoin/index.ts";
import { HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { boardFor } from "./board.ts";
import type { Hasher, HasherOptions, WorkSource } from "./hasher.ts";
import { createRateWindow } from "./rateWindow.ts";
import { type SearchThread, startSearchThread } from "./searchThread.ts";

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

/**
 * Starts the threads, without work and at duty 0.
 * @throws {HearthworkError} `hasher/bad-threads` unless there are 1 … 1024; `setDuty` throws `hasher/bad-duty`
 *   outside 0 … 1.
 */
export function startHasher(options: StartHasherOptions): Hasher {
  const { threads: count, form, worker: script = searchWorker } = options;
  if (!Number.isInteger(count) || count < 1 || count > mostThreads) throw badThreads(count);

  const board = boardFor(count);
  const rate = createRateWindow();
  const sample = () => ({ at: Seconds(performance.now() / 1000), hashes: board.done().hashes });
  let source: WorkSource | undefined;
  let duty = 0;
  let kernel = form ?? plainForm();
  let hasEnded = false;

  const end = async () => {
    hasEnded = true;
    clearInterval(beating);
    await Promise.all(threads.map((thread) => thread.end()));
  };
  const fail = (fault: HearthworkError) => {
    if (hasEnded) return;
    void end();
    options.onFault(fault);
  };
  const feed = (thread: SearchThread) => {
    if (hasEnded) return;
    try {
      thread.giveWork(source?.());
    } catch (error) {
      fail(sourceFailed(error));
    }
  };
  const start = (index: number): SearchThread => {
    const thread = startSearchThread({
      script,
      data: { thread: index, form, board: board.buffer },
      onReady: (ready) => (kernel = ready),
      onHit: (hit) => options.onHit(hit),
      onExhausted: () => feed(thread),
      onFault: fail,
    });
    return thread;
  };
  const beat = () => {
    board.beat();
    rate.add(sample());
    for (const thread of threads) if (source && !thread.hasWork()) feed(thread);
  };

  const threads = Array.from({ length: count }, (_, index) => start(index));
  const beating = setInterval(beat, beatIntervalMs).unref();
  beat();

  return {
    setSource(next) {
      source = next;
      threads.forEach(feed);
    },
    setDuty(next) {
      if (!(next >= 0 && next <= 1)) throw badDuty(next);
      duty = next;
      for (const thread of threads) thread.setDuty(duty);
    },
    stats: () => ({ ...board.done(), hashrate: rate.rateUntil(sample()), duty, threads: count, kernel }),
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
