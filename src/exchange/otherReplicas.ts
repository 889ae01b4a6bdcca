import { randomUUID } from "node:crypto";
import { type Clock, type JobId, Seconds } from "../domain/index.ts";
import type { ExchangeStore } from "../store/index.ts";
import { gather } from "./gather.ts";

export interface OtherReplicasOptions {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly onFault: (thrown: unknown) => void;
}

const most = 1000;
/** What is told within this time of the last is told together: each notification costs every replica a round. */
const pause = Seconds(0.02);

/** The exchange's other replicas, which are told what they would else find out by themselves within seconds. */
export class OtherReplicas {
  readonly #options: OtherReplicasOptions;
  readonly #self: string = randomUUID();
  readonly #tell: (ended: readonly JobId[]) => Promise<void>;

  constructor(options: OtherReplicasOptions) {
    const { store, clock } = options;
    this.#options = options;
    this.#tell = gather(most, async (told) => {
      await store.tellReplicas({ from: this.#self, ended: told.flat() });
      await clock.sleep(pause);
      return () => {};
    });
  }

  /** That there is something to place, and that nobody needs to work on these jobs any more. */
  tell(ended: readonly JobId[] = []): void {
    this.#tell(ended).catch(this.#options.onFault);
  }

  /** @returns resolves once it hears for the first time; call what it gives to stop */
  hear(listener: (ended: readonly JobId[]) => void): Promise<() => Promise<void>> {
    return this.#options.store.hearReplicas(({ from, ended }) => {
      if (from !== this.#self) listener(ended);
    });
  }
}
