import type { Bid } from "./book.ts";

interface Consumer {
  readonly id: string;
  /** Class-seconds under way. */
  used: number;
  readonly bids: Bid[];
  /** Which of its bids is served, and how many of its tasks are placed. */
  at: number;
  placed: number;
}

/** Whose turn it is to place a task: a heap of consumers, the one with the least under way on top. */
export class FairTurns {
  readonly #heap: Consumer[] = [];

  /** @param bids in the order in which each consumer wants them */
  constructor(bids: readonly Bid[], shares: ReadonlyMap<string, number>) {
    const consumers = new Map<string, Consumer>();
    for (const bid of bids) {
      if (bid.tasks <= 0) continue;
      const known = consumers.get(bid.consumer);
      if (known) known.bids.push(bid);
      else {
        const used = shares.get(bid.consumer) ?? 0;
        consumers.set(bid.consumer, { id: bid.consumer, used, bids: [bid], at: 0, placed: 0 });
      }
    }
    for (const consumer of consumers.values()) {
      this.#heap.push(consumer);
      this.#rise(this.#heap.length - 1);
    }
  }

  next(): Bid | undefined {
    const top = this.#heap[0];
    return top?.bids[top.at];
  }

  /** A task of the bid was placed. */
  took(classSeconds: number): void {
    const top = this.#heap[0];
    const bid = top?.bids[top.at];
    if (!top || !bid) return;
    top.used += classSeconds;
    top.placed += 1;
    if (top.placed >= bid.tasks) this.#nextBid(top);
    this.#sink();
  }

  /** There is nothing for the bid, and there will be nothing. */
  giveUp(): void {
    const top = this.#heap[0];
    if (top) this.#nextBid(top);
    this.#sink();
  }

  #nextBid(consumer: Consumer): void {
    consumer.at += 1;
    consumer.placed = 0;
    if (consumer.at < consumer.bids.length) return;
    const last = this.#heap.pop();
    if (last && last !== consumer) this.#heap[0] = last;
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = this.#isLess(right, left) ? right : left;
      if (!this.#swapIfLess(least, at)) return;
      at = least;
    }
  }

  #swapIfLess(a: number, b: number): boolean {
    if (!this.#isLess(a, b)) return false;
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (!first || !second) return false;
    this.#heap[a] = second;
    this.#heap[b] = first;
    return true;
  }

  #isLess(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (!first || !second) return first !== undefined && second === undefined;
    return first.used < second.used || (first.used === second.used && first.id < second.id);
  }
}
