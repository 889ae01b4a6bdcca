import type { HeaderWork, Hit, KernelForm } from "../../bitcoin/index.ts";
import { HearthworkError, messageOf } from "../../domain/index.ts";
import { boardFor } from "./board.ts";
import type { Board } from "./board.ts";
import { type SearchThread, startSearchThread } from "./searchThread.ts";

/** Threads that begin and end together, watched by one board of their own. */
export interface Crew {
  /** What its threads have done, before and after its end. */
  done(): ReturnType<Board["done"]>;
  /** Every thread runs, and has a kernel that gives right hashes. */
  isReady(): boolean;
  /** Tells the threads that this one is alive. */
  beat(): void;
  /** Gives work to the threads that have none. */
  feedIdle(): void;
  /** Drops what is being searched for what the source gives now. */
  renewWork(): void;
  setDuty(duty: number): void;
  /** Resolves when every thread has ended. */
  end(): Promise<void>;
}

export interface CrewOptions {
  readonly threads: number;
  readonly form: KernelForm | undefined;
  readonly script: URL;
  readonly duty: number;
  /** Undefined: nothing is to be hashed. */
  nextWork(): HeaderWork | undefined;
  onReady(form: KernelForm): void;
  onHit(hit: Hit): void;
  /** Told once; the crew has ended by then. */
  onFault(fault: HearthworkError): void;
}

/** Starts the threads. When one fails all end: what killed it may have spoilt what they share. */
export function startCrew(options: CrewOptions): Crew {
  const { form, script } = options;
  const board = boardFor(options.threads);
  let ready = 0;
  let ended: Promise<unknown> | undefined;

  const end = () => (ended ??= Promise.all(threads.map((thread) => thread.end())));
  const fail = (fault: HearthworkError) => {
    if (ended) return;
    void end();
    options.onFault(fault);
  };
  const feed = (thread: SearchThread) => {
    if (ended) return;
    try {
      thread.giveWork(options.nextWork());
    } catch (error) {
      fail(sourceFailed(error));
    }
  };
  const start = (index: number): SearchThread => {
    const thread = startSearchThread({
      script,
      data: { thread: index, form, board: board.buffer },
      onReady(chosen) {
        ready += 1;
        options.onReady(chosen);
      },
      onHit: (hit) => options.onHit(hit),
      onExhausted: () => feed(thread),
      onFault: fail,
    });
    return thread;
  };
  const threads = Array.from({ length: options.threads }, (_, index) => start(index));
  board.beat();
  for (const thread of threads) thread.setDuty(options.duty);

  return {
    done: () => board.done(),
    isReady: () => !ended && ready === threads.length,
    beat() {
      if (!ended) board.beat();
    },
    feedIdle() {
      for (const thread of threads) if (!thread.hasWork()) feed(thread);
    },
    renewWork: () => threads.forEach(feed),
    setDuty(duty) {
      for (const thread of threads) thread.setDuty(duty);
    },
    async end() {
      await end();
    },
  };
}

const sourceFailed = (error: unknown) =>
  new HearthworkError({
    code: "hasher/source-failed",
    message: `no header to hash could be made: ${messageOf(error)}`,
    cause: error,
  });
