import type { Seconds } from "../domain/index.ts";
import type { TaskEnd, TaskOrder, TaskRunner } from "../jobs/index.ts";

/** Runs tasks on a heater, as many at once as its setpoint leaves places for. */
export interface TaskHost {
  /**
   * Begins once there is a place. When its place is taken away it ends at once, as evicted: whoever wants to give it
   * time lowers the setpoint later.
   */
  run(order: TaskOrder, signal: AbortSignal, onProgress: (done: number) => void): Promise<TaskEnd>;
}

/** A task that runs, or waits until it may. */
interface Placed {
  readonly stop: AbortController;
  readonly begin: () => void;
}

/** The places for tasks on one heater. */
export class TaskPlaces implements TaskHost {
  readonly #runner: TaskRunner;
  readonly #monotonic: () => Seconds;
  readonly #onChange: () => void;
  readonly #running: Placed[] = [];
  readonly #waiting: Placed[] = [];
  #places = 0;
  #busy = 0;
  #countedAt: number;

  /** @param onChange that more or fewer run than before */
  constructor(runner: TaskRunner, monotonic: () => Seconds, onChange: () => void) {
    this.#runner = runner;
    this.#monotonic = monotonic;
    this.#onChange = onChange;
    this.#countedAt = monotonic();
  }

  get running(): number {
    return this.#running.length;
  }

  /** Time that all tasks ran together since the start, s. */
  get busy(): number {
    this.#count();
    return this.#busy;
  }

  /** So many may run from now on; the newest that are too many end at once. */
  allow(places: number): void {
    this.#places = places;
    for (const { stop } of this.#running.slice(places)) stop.abort();
    while (this.running < places) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#change(() => this.#running.push(next));
      next.begin();
    }
  }

  async run(order: TaskOrder, signal: AbortSignal, onProgress: (done: number) => void): Promise<TaskEnd> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const own: Placed = { stop: new AbortController(), begin: resolve };
    const end = () => {
      own.stop.abort();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) return evicted;
    this.#waiting.push(own);
    this.allow(this.#places);
    await promise;
    try {
      if (own.stop.signal.aborted) return evicted;
      return await this.#runner.run(order, own.stop.signal, onProgress);
    } finally {
      signal.removeEventListener("abort", end);
      this.#forget(own);
    }
  }

  #forget(own: Placed): void {
    const [waits, runs] = [this.#waiting.indexOf(own), this.#running.indexOf(own)];
    if (waits >= 0) this.#waiting.splice(waits, 1);
    if (runs >= 0) this.#change(() => this.#running.splice(runs, 1));
    this.allow(this.#places);
  }

  #change(apply: () => void): void {
    this.#count();
    apply();
    this.#onChange();
  }

  #count(): void {
    const now = this.#monotonic();
    this.#busy += (now - this.#countedAt) * this.running;
    this.#countedAt = now;
  }
}

const evicted: TaskEnd = { kind: "failed", failure: "evicted", message: "the heater has no place for it" };
