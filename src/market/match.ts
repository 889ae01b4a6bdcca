import type { JobId, Micros, ProviderId } from "../domain/index.ts";
import type { Ask, Bid } from "./book.ts";
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
interface Level {
  readonly provider: ProviderId;
  readonly trust: number;
  readonly memoryMiB: number;
  readonly slots: number;
  readonly perClassHour: Micros;
  /** The same as a number, which compares faster. */
  readonly perHour: number;
  readonly grams: number;
  readonly machine: string;
  readonly holds: ReadonlySet<string> | undefined;
}

/**
 * Places waiting tasks on offered slots of one resource class. Consumers take turns, each next turn going to the one
 * with the least compute under way, so that nobody crowds out others; of one consumer the job with the earliest
 * deadline comes first. A task takes the cheapest slot that it can run in, of equal ones the more trusted and then one
 * that has its data, at the price asked; where that is above its bid it waits. The outcome does not depend on the order of asks and bids.
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
/** Of a job what has to be checked comes first: it is almost done. */
const compareBids = (a: Bid, b: Bid) =>
  a.deadline - b.deadline ||
  compareText(a.job, b.job) ||
  b.doers.length - a.doers.length ||
  compareText(a.doers.join(), b.doers.join());

interface Placed {
  readonly level: Level;
  readonly price: Micros;
}

function placeOne(book: Book, bid: Bid): Placed | undefined {
  const at = book.cheapest(bid);
  const level = book.levels[at];
  if (!level) return undefined;
  const price = priceOf(level.perClassHour, bid.classSeconds);
  if (price > bid.ceiling) return undefined;
  book.take(at);
  return { level, price };
}

function add(placements: Placement[], { job }: Bid, { level, price }: Placed): void {
  const { provider } = level;
  const last = placements.at(-1);
  if (last && last.job === job && last.provider === provider && last.price === price) {
    placements[placements.length - 1] = { ...last, tasks: last.tasks + 1 };
  } else placements.push({ job, provider, tasks: 1, price });
}

/** All that is asked, cheapest first. What is looked through again and again lies in plain arrays of numbers. */
class Book {
  readonly levels: readonly Level[];
  readonly #free: Int32Array;
  readonly #memoryMiB: Float64Array;
  /** For each demand of memory, before which level there is nothing left that meets it. */
  readonly #cursors = new Map<number, number>();

  constructor(asks: readonly Ask[]) {
    const levels: Level[] = [];
    for (const { steps, gramsPerClassHour: grams = Infinity, machine = "", ...ask } of asks) {
      const { provider, trust, memoryMiB, holds } = ask;
      for (const { slots, perClassHour } of steps) {
        const perHour = Number(perClassHour);
        levels.push({ provider, trust, memoryMiB, slots, perClassHour, perHour, grams, machine, holds });
      }
    }
    this.levels = levels.sort(compareLevels);
    this.#free = Int32Array.from(levels, ({ slots }) => slots);
    this.#memoryMiB = Float64Array.from(levels, ({ memoryMiB }) => memoryMiB);
  }

  /** The place of the cheapest level that has a slot left for a bid; past the end when there is none. */
  cheapest(bid: Bid): number {
    const { memoryMiB, doers, gramsCeiling, leastTrust, machine, data } = bid;
    const isChoosy = gramsCeiling !== undefined || leastTrust !== undefined || machine !== undefined;
    const [free, memory] = [this.#free, this.#memoryMiB];
    let at = this.#cursors.get(memoryMiB) ?? 0;
    while (at < free.length && ((free[at] ?? 0) === 0 || (memory[at] ?? 0) < memoryMiB)) at += 1;
    this.#cursors.set(memoryMiB, at);
    if (doers.length > 0 || isChoosy) {
      while (at < free.length && !this.#mayTake(at, bid)) at += 1;
    }
    return data === undefined ? at : this.#nearest(at, data, bid);
  }

  #mayTake(at: number, { memoryMiB, doers, gramsCeiling, leastTrust, machine, classSeconds }: Bid): boolean {
    if ((this.#free[at] ?? 0) === 0 || (this.#memoryMiB[at] ?? 0) < memoryMiB) return false;
    if (doers.length > 0 && this.#isOneOf(doers, at)) return false;
    if (leastTrust !== undefined && (this.levels[at]?.trust ?? 0) < leastTrust) return false;
    if (machine !== undefined && this.levels[at]?.machine !== machine) return false;
    return gramsCeiling === undefined || gramsOf(this.levels[at], classSeconds) <= gramsCeiling;
  }

  /** Of the levels that ask and are trusted alike, the first that has the data; else the first of all. */
  #nearest(first: number, data: string, bid: Bid): number {
    const level = this.levels[first];
    if (!level || level.holds?.has(data)) return first;
    for (let at = first + 1; at < first + mostLookedAt; at += 1) {
      const other = this.levels[at];
      if (!other || other.perHour !== level.perHour || other.trust !== level.trust) return first;
      if (other.holds?.has(data) && this.#mayTake(at, bid)) return at;
    }
    return first;
  }

  #isOneOf(doers: readonly ProviderId[], at: number): boolean {
    const provider = this.levels[at]?.provider;
    return provider !== undefined && doers.includes(provider);
  }

  take(at: number): void {
    this.#free[at] = (this.#free[at] ?? 0) - 1;
  }
}

/** How many alike are looked through for one that has a job's data. */
const mostLookedAt = 64;
const gramsOf = (level: Level | undefined, classSeconds: number) =>
  ((level?.grams ?? Infinity) * classSeconds) / 3600;

const compareLevels = (a: Level, b: Level): number =>
  a.perHour - b.perHour || b.trust - a.trust || compareText(a.provider, b.provider);
