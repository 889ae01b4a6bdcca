import type { Bid } from "./book.ts";

interface Consumer {
  /** Among all, by id: of two that have the same under way the lower is served. */
  readonly rank: number;
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
    const consumers = new Map<string, Omit<Consumer, "rank">>();
    for (const bid of bids) {
      if (bid.tasks <= 0) continue;
      const known = consumers.get(bid.consumer);
      if (known) known.bids.push(bid);
      else {
        const used = shares.get(bid.consumer) ?? 0;
        consumers.set(bid.consumer, { used, bids: [bid], at: 0, placed: 0 });
      }
    }
    const ranked = [...consumers.keys()].sort();
    for (const [rank, id] of ranked.entries()) {
      const consumer = consumers.get(id);
      if (consumer) this.#heap.push({ ...consumer, rank });
    }
    // In this order none is less than the one above it.
    this.#heap.sort((a, b) => a.used - b.used || a.rank - b.rank);
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

  /** Brings whoever is on top to his place; the last of a heap may have come there. */
  #sink(): void {
    const heap = this.#heap;
    const sunk = heap[0];
    if (!sunk) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && isLess(right, left);
      const least = isRight ? right : left;
      if (!least || !isLess(least, sunk)) break;
      heap[at] = least;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = sunk;
  }
}

const isLess = (a: Consumer, b: Consumer): boolean =>
  a.used < b.used || (a.used === b.used && a.rank < b.rank);
