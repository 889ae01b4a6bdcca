import { Joules } from "../../domain/index.ts";

/**
 * Shares out what a counter of a whole machine counts: what comes in while several tasks run is theirs in equal parts;
 * what comes in while none runs is nobody's.
 */
export class SharedEnergy {
  readonly #shares = new Map<number, number>();
  #seen: number;
  #next = 0;

  /** @param counted what the counter stands at, J; it never falls */
  constructor(counted: Joules) {
    this.#seen = counted;
  }

  /** A task begins. @returns what `end` takes */
  begin(counted: Joules): number {
    this.#shareOut(counted);
    this.#next += 1;
    this.#shares.set(this.#next, 0);
    return this.#next;
  }

  /** @returns the task's share, J */
  end(task: number, counted: Joules): Joules {
    this.#shareOut(counted);
    const share = this.#shares.get(task) ?? 0;
    this.#shares.delete(task);
    return Joules(share);
  }

  #shareOut(counted: Joules): void {
    const part = Math.max(0, counted - this.#seen) / Math.max(1, this.#shares.size);
    for (const [task, share] of this.#shares) this.#shares.set(task, share + part);
    this.#seen = Math.max(this.#seen, counted);
  }
}
