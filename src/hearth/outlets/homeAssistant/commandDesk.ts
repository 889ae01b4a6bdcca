import { type Clock, messageOf, Seconds } from "../../../domain/index.ts";
import { allowance } from "../allowance.ts";

/** Carries out what comes in from outside, one after the other and not faster than a home needs. */
export interface CommandDesk {
  /** Does `act` soon; whatever waits under the same key is overtaken by it. */
  take(key: string, act: () => Promise<void>): void;
  close(): Promise<void>;
}

export interface CommandDeskOptions {
  readonly clock: Clock;
  /** An act that failed. */
  onRefused(key: string, why: string): void;
}

const burst = 10;
const every = Seconds(2);

/** Holds at most one act a key, so a flood costs neither memory nor rounds of the loop, and its last word counts. */
export function commandDesk(options: CommandDeskOptions): CommandDesk {
  const { clock } = options;
  const waiting = new Map<string, () => Promise<void>>();
  const may = allowance(clock, burst, every);
  const ended = new AbortController();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (let next = firstOf(waiting); next && !ended.signal.aborted; next = firstOf(waiting)) {
      if (may.left() === 0) {
        await clock.sleep(every, ended.signal);
        continue;
      }
      const [key, act] = next;
      waiting.delete(key);
      may.spend(1);
      await act().catch((thrown: unknown) => options.onRefused(key, messageOf(thrown)));
    }
  }

  return {
    take(key, act) {
      waiting.set(key, act);
      running ??= run().finally(() => {
        running = undefined;
      });
    },
    async close() {
      ended.abort();
      await running;
    },
  };
}

const firstOf = <K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined => map.entries().next().value;
