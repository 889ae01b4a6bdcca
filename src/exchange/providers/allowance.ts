import type { Clock } from "../../domain/index.ts";

/** What a provider may say at once, and how fast it may go on. Twice what one with the most slots has to. */
const burst = 1024;
const perSecond = 512;

/** How many more messages a connection may send now. */
export class Allowance {
  readonly #clock: Clock;
  #left = burst;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.monotonic();
  }

  /** Whether there was one left. */
  take(): boolean {
    const now = this.#clock.monotonic();
    this.#left = Math.min(burst, this.#left + (now - this.#at) * perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** What answers something that it was given does not count. */
  giveBack(): void {
    this.#left += 1;
  }
}
