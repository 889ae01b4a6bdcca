import { setImmediate } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import { type HeaderWork, type Kernel, nonceCount, verifyKernel } from "../../bitcoin/index.ts";
import { type Fault, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { type Board, openBoard } from "./board.ts";
import { advanceDutyCycle, nextTurn, startDutyCycle, type Turn, type Usage } from "./dutyCycle.ts";
import type { Order, Report, SearchData } from "./messages.ts";

/** A thread without a sign of life from the main thread for so long hashes no more until there is one. */
const beatLimit = Seconds(5);
/** How long a thread hashes before it looks for orders again. */
const batch = Seconds(0.005);
/** Tried first of each work, since it is not known how many of them will be hits, which take longer. */
const firstNonces = 4096;
/** A thread waits when this many hits have been reported and not taken. */
const untakenLimit = 256;
/** While there is nothing to do; an order ends it. */
const pause: Turn = { kind: "rest", for: Seconds(1) };

/** One header's search, and how far it is. */
interface WorkSearch {
  number: number;
  work: HeaderWork | undefined;
  /** The kernel holds this work. */
  isPrepared: boolean;
  nextNonce: number;
  noncesPerSecond: number;
}

/** What a thread has been ordered to do and has done. */
interface Search extends WorkSearch {
  duty: number;
  untaken: number;
  hashes: number;
}

const freshWork = (number: number, work: HeaderWork | undefined): WorkSearch => ({
  number,
  work,
  isPrepared: false,
  nextNonce: 0,
  noncesPerSecond: firstNonces / batch,
});

/**
 * Searches as ordered until the thread is ended; a fault is reported and ends the search.
 * @param create makes the kernel, while no other thread does
 */
export async function search(
  port: MessagePort,
  { thread, board: buffer }: SearchData,
  create: () => Kernel,
): Promise<void> {
  const report = (message: Report) => port.postMessage(message);
  try {
    const board = openBoard(buffer);
    const kernel = board.alone(create);
    verifyKernel(kernel);
    report({ kind: "ready", form: kernel.form });
    await run(port, report, thread, board, kernel);
  } catch (error) {
    report({ kind: "fault", fault: faultOf(error) });
  }
}

async function run(
  port: MessagePort,
  report: (message: Report) => void,
  thread: number,
  board: Board,
  kernel: Kernel,
): Promise<never> {
  const state: Search = { duty: 0, untaken: 0, hashes: 0, ...freshWork(0, undefined) };
  const sleeper = createSleeper();
  port.on("message", (order: Order) => {
    obey(state, order);
    sleeper.wake();
  });

  for (let cycle = startDutyCycle(usage()); ;) {
    cycle = advanceDutyCycle(cycle, state.duty, usage());
    board.setDone(thread, state.hashes, cycle.usage.busy);
    const turn = mayHash(state, board) ? nextTurn(cycle, state.duty) : pause;
    if (turn.kind === "rest") {
      await sleeper.sleep(turn.for);
    } else {
      hash(state, kernel, report, Seconds(Math.min(turn.for, batch)));
      await setImmediate();
    }
  }
}

function obey(state: Search, order: Order): void {
  switch (order.kind) {
    case "duty":
      state.duty = order.duty;
      return;
    case "taken":
      state.untaken -= order.hits;
      return;
    case "work":
      Object.assign(state, freshWork(order.number, order.work));
  }
}

const mayHash = ({ work, duty, untaken }: Search, board: Board) =>
  work !== undefined && duty > 0 && untaken < untakenLimit && board.beatAge() < beatLimit;

/** Hashes for about `duration`. */
function hash(state: Search, kernel: Kernel, report: (message: Report) => void, duration: Seconds): void {
  const { work, number } = state;
  if (!work) return;
  if (!state.isPrepared) {
    verifyKernel(kernel);
    kernel.prepare(work);
    state.isPrepared = true;
  }
  const began = now();
  const wanted = Math.max(1, Math.floor(state.noncesPerSecond * duration));
  const count = Math.min(wanted, nonceCount - state.nextNonce);
  const hits = kernel.scan(state.nextNonce, count);
  state.nextNonce += count;
  state.hashes += count;
  state.noncesPerSecond = Math.max(firstNonces, count / Math.max(1e-6, now() - began));
  if (hits.length > 0) {
    state.untaken += hits.length;
    report({ kind: "hits", number, hits: hits.map(({ nonce, hash }) => ({ nonce, hash })) });
  }
  if (state.nextNonce === nonceCount) {
    state.work = undefined;
    report({ kind: "exhausted", number });
  }
}

/** Sleep that an order ends. */
function createSleeper() {
  let wake = () => {};
  return {
    wake: () => wake(),
    sleep: (duration: Seconds) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, duration * 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

const now = () => Seconds(performance.now() / 1000);

/** What this thread has used, in user and in system mode. */
function usage(): Usage {
  const { user, system } = process.threadCpuUsage();
  return { at: now(), busy: Seconds((user + system) / 1e6) };
}

function faultOf(error: unknown): Fault {
  if (error instanceof HearthworkError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  return { code: "hasher/thread-fault", message: `a hash thread failed: ${messageOf(error)}` };
}
