import type { Clock, Seconds } from "../domain/index.ts";

/** Waits for `work`, but not longer than `duration`; what fails is as good as done. */
export async function atMost(clock: Clock, duration: Seconds, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work.catch(() => {}), clock.sleep(duration, timer.signal)]);
  timer.abort();
}
