import { type Clock, Seconds } from "../../domain/index.ts";

/** How often something may happen: `burst` times at once, then once every `every`. */
export interface Allowance {
  /** How often it may happen now. */
  left(): number;
  /** Counts that it happened. */
  spend(times: number): void;
}

export function allowance(clock: Clock, burst: number, every: Seconds): Allowance {
  let left = burst;
  let countedAt = clock.monotonic();
  const refill = () => {
    const earned = Math.floor((clock.monotonic() - countedAt) / every);
    left = Math.min(burst, left + earned);
    countedAt = left === burst ? clock.monotonic() : Seconds(countedAt + earned * every);
    return left;
  };
  return {
    left: refill,
    spend(times) {
      left = Math.max(0, refill() - times);
    },
  };
}
