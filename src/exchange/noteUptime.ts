import { type Clock, Seconds } from "../domain/index.ts";
import type { ExchangeStore } from "../store/index.ts";
import type { ProviderDoor } from "./providers/providerDoor.ts";

const every = Seconds(60);

/** Notes minute by minute who is connected here. */
export async function noteUptimeUntil(
  signal: AbortSignal,
  options: {
    readonly store: ExchangeStore;
    readonly door: Pick<ProviderDoor, "sessions">;
    readonly clock: Clock;
    readonly onFault: (thrown: unknown, what: string) => void;
  },
): Promise<void> {
  const { store, door, clock, onFault } = options;
  while (!signal.aborted) {
    await clock.sleep(every, signal);
    if (signal.aborted) return;
    const here = [...door.sessions].map(({ provider }) => provider);
    await store
      .noteConnected(here, clock.now(), every)
      .catch((thrown: unknown) => onFault(thrown, "noting who is connected"));
  }
}
