import { z } from "zod";
import { type Clock, Seconds } from "../../domain/index.ts";
import type { Store } from "../../store/index.ts";
import { expectedPerKwh, type JobExpectation, noExpectation, watchJobs } from "./jobExpectation.ts";

export type ExpectationMemory = Pick<Store, "remember" | "recall">;

/** What tasks may be expected to earn, over restarts. */
export interface RememberedExpectation {
  watch(seen: Parameters<typeof watchJobs>[1]): void;
  perKwh(): number;
  keep(): Promise<void>;
}

const name = "exchange/expectation";
const keptSchema = z.object({
  at: z.number(),
  earned: z.number().nonnegative(),
  offeredKwh: z.number().nonnegative(),
});
const keepEvery = Seconds(600);

/** Begins with what was remembered, which fades while nothing is watched; a memory that fails costs only itself. */
export function rememberedExpectation(memory: ExpectationMemory, clock: Clock): RememberedExpectation {
  let expectation: JobExpectation = noExpectation;
  let keptAt = clock.monotonic();

  async function recall(): Promise<void> {
    const kept = keptSchema.safeParse(await memory.recall(name)).data;
    if (!kept) return;
    const seconds = Math.max(0, (clock.now() - kept.at) / 1000);
    const faded = watchJobs(kept, { seconds, watts: 0, settled: 0 });
    expectation = {
      earned: expectation.earned + faded.earned,
      offeredKwh: expectation.offeredKwh + faded.offeredKwh,
    };
  }
  const recalled = recall().catch(() => {});

  async function keep(): Promise<void> {
    keptAt = clock.monotonic();
    await recalled;
    await memory.remember(name, { at: clock.now(), ...expectation }).catch(() => {});
  }

  return {
    watch(seen) {
      expectation = watchJobs(expectation, seen);
      if (clock.monotonic() - keptAt >= keepEvery) void keep();
    },
    perKwh: () => expectedPerKwh(expectation),
    keep,
  };
}
