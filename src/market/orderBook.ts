import { Micros } from "../domain/index.ts";
import type { AskStep } from "./book.ts";

/** What is offered at one price. */
export interface AskLevel {
  readonly perClassHour: Micros;
  /** Tasks at once that would begin. */
  readonly slots: number;
  /** Of them those of homes, whose price is made by the heat that is wanted there. */
  readonly homeSlots: number;
}

/** What waits for one price. */
export interface BidLevel {
  /** What an hour of a reference core may cost at most. */
  readonly perClassHour: Micros;
  readonly tasks: number;
}

export interface OrderBook {
  /** Cheapest first. */
  readonly asks: readonly AskLevel[];
  /** Dearest first. */
  readonly bids: readonly BidLevel[];
}

/** So many levels of each side are told; what lies between is put to the next one. */
const mostLevels = 200;

/** All that is offered and waits now, by price; nothing of it tells whose it is. */
export function orderBook(
  offers: readonly { readonly isHome: boolean; readonly steps: readonly AskStep[] }[],
  wanted: readonly { readonly ceiling: Micros; readonly classSeconds: number; readonly tasks: number }[],
): OrderBook {
  const asks = offers.flatMap(({ isHome, steps }) =>
    steps.map(({ slots, perClassHour }) => ({ perClassHour, slots, homeSlots: isHome ? slots : 0 })),
  );
  const bids = wanted.map(({ ceiling, classSeconds, tasks }) => ({
    perClassHour: perHourOf(ceiling, classSeconds),
    tasks,
  }));
  return {
    asks: merged(asks.sort(byPrice), (a, b) => ({
      perClassHour: b.perClassHour,
      slots: a.slots + b.slots,
      homeSlots: a.homeSlots + b.homeSlots,
    })),
    bids: merged(bids.sort(byPrice).reverse(), (a, b) => ({
      perClassHour: b.perClassHour,
      tasks: a.tasks + b.tasks,
    })),
  };
}

/** What an hour costs where a task costs so much at most, rounded down as its price is rounded up. */
const perHourOf = (ceiling: Micros, classSeconds: number): Micros =>
  Micros((ceiling * 3_600_000n) / BigInt(Math.ceil(classSeconds * 1000)));

const byPrice = (a: { readonly perClassHour: Micros }, b: { readonly perClassHour: Micros }) =>
  a.perClassHour < b.perClassHour ? -1 : a.perClassHour > b.perClassHour ? 1 : 0;

/** Levels of one price together, and no more levels than are told. */
function merged<Level extends { readonly perClassHour: Micros }>(
  sorted: readonly Level[],
  add: (a: Level, b: Level) => Level,
): Level[] {
  const levels: Level[] = [];
  for (const level of sorted) {
    const last = levels.at(-1);
    if (last?.perClassHour === level.perClassHour) levels[levels.length - 1] = add(last, level);
    else levels.push(level);
  }
  const together = Math.ceil(levels.length / mostLevels);
  if (together <= 1) return levels;
  return [...Map.groupBy(levels.entries(), ([at]) => Math.floor(at / together)).values()].map((group) =>
    group.map(([, level]) => level).reduce(add),
  );
}
