import { type Clock, HearthworkError, messageOf, Seconds } from "../domain/index.ts";
import type { Store, TickRecord } from "../store/index.ts";
import { atMost } from "./atMost.ts";

/** Writes ticks to the store in order, behind the loop's back, so that a slow database never delays a tick. */
export interface Journal {
  /** Resolves with whether the tick is durable; never rejects. One that was dropped is not, and is counted. */
  record(tick: TickRecord): Promise<boolean>;
  /** Why ticks are waiting, in words; undefined while they are written. */
  trouble(): string | undefined;
  /** Writes what waits, for at most `deadline`. */
  close(deadline: Seconds): Promise<void>;
}

/** Two hours of ticks: what is kept in memory while the database is away. */
const maxWaiting = 720;
const retryPause = Seconds(5);
const maxBatch = 100;

interface Waiting {
  readonly tick: TickRecord;
  readonly written: (isKept: boolean) => void;
}

export function openJournal(store: Store, clock: Clock): Journal {
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let lost = 0;
  let trouble: string | undefined;
  let writing: Promise<void> | undefined;
  const ended = new AbortController();

  const drop = (from: number, count: number) => {
    for (const { written } of waiting.splice(from, count)) written(false);
    lost += count;
  };

  async function write(): Promise<void> {
    let batchSize = maxBatch;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      inFlight = batch.length;
      try {
        await writeBatch(batch);
        waiting = waiting.slice(batch.length);
        for (const { written } of batch) written(true);
        batchSize = maxBatch;
        trouble = undefined;
      } catch (thrown) {
        const refused = thrown instanceof HearthworkError && thrown.retry === "never";
        const isLost = refused && batch.length === 1;
        if (isLost) drop(0, 1);
        if (refused) batchSize = 1;
        trouble = `${messageOf(thrown)} (${waiting.length} rounds wait to be written, ${lost} were lost)`;
        if (ended.signal.aborted) return;
        if (!refused) await clock.sleep(retryPause, ended.signal);
      } finally {
        inFlight = 0;
      }
    }
  }

  const writeBatch = (batch: readonly Waiting[]) =>
    batch.length === 1 && batch[0]
      ? store.recordTick(batch[0].tick)
      : store.recordHistory(batch.map(({ tick }) => tick));

  const start = () => {
    writing ??= write().finally(() => {
      writing = undefined;
    });
  };

  return {
    record: (tick) =>
      new Promise((resolve) => {
        waiting.push({ tick, written: resolve });
        if (waiting.length > maxWaiting) drop(inFlight, 1);
        start();
      }),
    trouble: () => trouble,
    async close(deadline) {
      if (writing) await atMost(clock, deadline, writing);
      ended.abort();
    },
  };
}
