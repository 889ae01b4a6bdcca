import type { JobId, Micros, ProviderId } from "../domain/index.ts";
import type { Ask, AskStep, Bid } from "./book.ts";
import { FairTurns } from "./fairTurns.ts";
import { priceOf } from "./price.ts";

/** So many tasks of a job on a provider, at a price each. */
export interface Placement {
  readonly job: JobId;
  readonly provider: ProviderId;
  readonly tasks: number;
  readonly price: Micros;
}

/** Class-seconds that a consumer has under way already; who has the least comes first. */
export type Shares = ReadonlyMap<string, number>;

/** A step of an ask, as it lies in the book. */
interface Level extends AskStep {
  readonly ask: Ask;
  free: number;
}

/**
 * Places waiting tasks on offered slots of one resource class. Consumers take turns, each next turn going to the one
 * with the least compute under way, so that nobody crowds out others; of one consumer the job with the earliest
 * deadline comes first. A task takes the cheapest slot that it can run in, the more trusted of two equal ones, at the
 * price asked; where that is above its bid it waits. The outcome does not depend on the order of asks and bids.
 */
export function match(asks: readonly Ask[], bids: readonly Bid[], shares: Shares = new Map()): Placement[] {
  const book = new Book(asks);
  const turns = new FairTurns(bids.toSorted(compareBids), shares);
  const placements: Placement[] = [];
  for (let bid = turns.next(); bid; bid = turns.next()) {
    const placed = placeOne(book, bid);
    if (placed) {
      add(placements, bid, placed);
      turns.took(bid.classSeconds);
    } else turns.giveUp();
  }
  return placements;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compareBids = (a: Bid, b: Bid) => a.deadline - b.deadline || compareText(a.job, b.job);

interface Placed {
  readonly level: Level;
  readonly price: Micros;
}

function placeOne(book: Book, bid: Bid): Placed | undefined {
  const level = book.cheapest(bid.memoryMiB);
  if (!level) return undefined;
  const price = priceOf(level.perClassHour, bid.classSeconds);
  if (price > bid.ceiling) return undefined;
  level.free -= 1;
  return { level, price };
}

function add(placements: Placement[], { job }: Bid, { level, price }: Placed): void {
  const { provider } = level.ask;
  const last = placements.at(-1);
  if (last && last.job === job && last.provider === provider && last.price === price) {
    placements[placements.length - 1] = { ...last, tasks: last.tasks + 1 };
  } else placements.push({ job, provider, tasks: 1, price });
}

/** All that is asked, cheapest first. */
class Book {
  readonly #levels: readonly Level[];
  /** For each demand of memory, before which level there is nothing left that meets it. */
  readonly #cursors = new Map<number, number>();

  constructor(asks: readonly Ask[]) {
    const levels = asks.flatMap((ask) =>
      ask.steps.map((step): Level => ({ ...step, ask, free: step.slots })),
    );
    this.#levels = levels.sort(compareLevels);
  }

  cheapest(memoryMiB: number): Level | undefined {
    let at = this.#cursors.get(memoryMiB) ?? 0;
    for (; at < this.#levels.length; at += 1) {
      const level = this.#levels[at];
      if (level && level.free > 0 && level.ask.memoryMiB >= memoryMiB) break;
    }
    this.#cursors.set(memoryMiB, at);
    return this.#levels[at];
  }
}

const compareLevels = (a: Level, b: Level): number =>
  Number(a.perClassHour) - Number(b.perClassHour) ||
  b.ask.trust - a.ask.trust ||
  compareText(a.ask.provider, b.ask.provider);
