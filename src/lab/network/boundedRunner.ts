import { setTimeout as sleep } from "node:timers/promises";
import { Seconds } from "../../domain/index.ts";
import type { TaskEnd, TaskRunner } from "../../jobs/index.ts";

export interface Bounds {
  /** Tasks that this computer really computes at once; others wait for their turn, and have their slots meanwhile. */
  readonly atOnce: number;
  /** For so long after each task nothing is computed in its place; not at all unless it is said. */
  readonly rest?: Seconds;
}

/** A runner that many virtual computers share, so that together they take no more of this one than is theirs. */
export function boundedRunner(runner: TaskRunner, { atOnce, rest = Seconds(0) }: Bounds): TaskRunner {
  const closing = new AbortController();
  const waiting: (() => void)[] = [];
  let running = 0;

  /** Whoever waits looks whether it is his turn, in the order in which they came. */
  const giveBack = () => {
    running -= 1;
    for (const look of waiting.splice(0)) look();
  };
  const isFull = () => running >= atOnce;
  const takeTurn = async (signal: AbortSignal) => {
    while (isFull() && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
      await promise;
    }
    if (signal.aborted) return false;
    running += 1;
    return true;
  };
  const resting = () => sleep(rest * 1000, undefined, { signal: closing.signal, ref: false }).catch(() => {});

  return {
    async run(order, signal, onProgress): Promise<TaskEnd> {
      if (!(await takeTurn(signal))) return { kind: "failed", failure: "evicted", message: "it was stopped" };
      const end = await runner.run(order, signal, onProgress);
      void resting().finally(giveBack);
      return end;
    },
    async close() {
      closing.abort();
      await runner.close();
    },
  };
}
