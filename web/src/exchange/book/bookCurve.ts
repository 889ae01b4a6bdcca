import type { OrderBook } from "../api.ts";

type Class = OrderBook["classes"][number];

/** A piece of a curve: so many tasks at one price. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly price: number;
  readonly isHome: boolean;
}

export interface BookCurves {
  /** Rising. */
  readonly asks: readonly Piece[];
  /** Falling. */
  readonly bids: readonly Piece[];
  /** To which the drawing goes: tasks, and the price of an hour. */
  readonly tasks: number;
  readonly price: number;
}

/** Bids far above all that is asked are drawn at its upper edge: the asks are what one looks at. */
const bidsAbove = 2.5;
const headroom = 1.12;

/** The two curves of a class: price over quantity; of one price what homes offer comes first. */
export function bookCurves({ asks, bids }: Class): BookCurves {
  const pieces = asks.flatMap(({ perClassHour, slots, homeSlots }) => {
    const price = Number(perClassHour.amount);
    return [
      { price, size: homeSlots, isHome: true },
      { price, size: slots - homeSlots, isHome: false },
    ];
  });
  const drawnAsks = laidOut(pieces);
  const drawnBids = laidOut(
    bids.map(({ perClassHour, tasks }) => ({
      price: Number(perClassHour.amount),
      size: tasks,
      isHome: false,
    })),
  );
  const dearestAsk = drawnAsks.at(-1)?.price ?? 0;
  const dearestBid = drawnBids[0]?.price ?? 0;
  const top =
    dearestAsk === 0 ? dearestBid : Math.max(dearestAsk, Math.min(dearestBid, dearestAsk * bidsAbove));
  const offered = drawnAsks.at(-1)?.to ?? 0;
  const wanted = drawnBids.at(-1)?.to ?? 0;
  const tasks = offered === 0 ? wanted : Math.max(offered, Math.min(wanted, offered * 2));
  return {
    asks: drawnAsks,
    bids: drawnBids,
    tasks: Math.max(1, tasks),
    price: top === 0 ? 1 : top * headroom,
  };
}

function laidOut(
  pieces: readonly { readonly price: number; readonly size: number; readonly isHome: boolean }[],
) {
  let from = 0;
  return pieces
    .filter(({ size }) => size > 0)
    .map(({ price, size, isHome }): Piece => {
      const piece = { from, to: from + size, price, isHome };
      from = piece.to;
      return piece;
    });
}

/** Round numbers from 0 up to a highest one, about so many. */
export function roundTicks(highest: number, about: number): number[] {
  const rough = highest / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, at) =>
    Number((at * step).toPrecision(6)),
  );
}

/** Tasks that would begin now if any of them could run anywhere: as far as bids reach the asks. */
export function crossing({ asks, bids }: Pick<BookCurves, "asks" | "bids">): number {
  let tasks = 0;
  let [a, b] = [0, 0];
  for (;;) {
    const [ask, bid] = [asks[a], bids[b]];
    if (!ask || !bid || bid.price < ask.price) return tasks;
    tasks = Math.min(ask.to, bid.to);
    if (ask.to <= tasks) a += 1;
    if (bid.to <= tasks) b += 1;
  }
}
