import { type Clock, Instant, Seconds } from "../../domain/index.ts";
import { idleSeconds, sessionLastsSeconds } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";

const every = Seconds(3600);

/** Forgets sessions, challenges and tokens that count no more, until it is told to stop. */
export async function forgetUntil(
  signal: AbortSignal,
  {
    store,
    clock,
    onFault,
  }: {
    readonly store: ExchangeStore;
    readonly clock: Clock;
    readonly onFault: (thrown: unknown, what: string) => void;
  },
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(every, signal);
    if (signal.aborted) return;
    const now = clock.now();
    const ago = (seconds: number) => Instant(now - seconds * 1000);
    const ends = { begunBefore: ago(sessionLastsSeconds), usedBefore: ago(idleSeconds) };
    await store.people
      .forgetOld(now, ends)
      .catch((thrown: unknown) => onFault(thrown, "forgetting what counts no more"));
  }
}
