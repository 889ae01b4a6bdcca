import { describe, expect, it } from "vitest";
import { Micros } from "../domain/index.ts";
import { orderBook } from "./orderBook.ts";

const step = (slots: number, perClassHour: bigint) => ({ slots, perClassHour: Micros(perClassHour) });
const bid = (ceiling: bigint, classSeconds: number, tasks: number) => ({
  ceiling: Micros(ceiling),
  classSeconds,
  tasks,
});

describe("the order book", () => {
  it("puts what is offered at one price together, cheapest first, and tells what of it homes offer", () => {
    const { asks } = orderBook(
      [
        { isHome: false, steps: [step(4, 20_000n)] },
        { isHome: true, steps: [step(1, 8_000n), step(2, 20_000n)] },
      ],
      [],
    );
    expect(asks).toEqual([
      { perClassHour: 8_000n, slots: 1, homeSlots: 1 },
      { perClassHour: 20_000n, slots: 6, homeSlots: 2 },
    ]);
  });

  it("tells what waits by the hour, dearest first", () => {
    expect(orderBook([], [bid(5n, 1, 10), bid(100n, 2, 3), bid(50n, 1, 4)]).bids).toEqual([
      { perClassHour: 180_000n, tasks: 7 },
      { perClassHour: 18_000n, tasks: 10 },
    ]);
  });

  it("tells at most 200 levels, with all that is offered in them, and never cheaper than it is", () => {
    const steps = Array.from({ length: 1001 }, (_, at) => step(1, BigInt(at + 1)));
    const { asks } = orderBook([{ isHome: false, steps }], []);
    expect(asks.length).toBeLessThanOrEqual(200);
    expect(asks.reduce((sum, { slots }) => sum + slots, 0)).toBe(1001);
    expect(asks[0]).toEqual({ perClassHour: 6n, slots: 6, homeSlots: 0 });
    expect(asks.at(-1)?.perClassHour).toBe(1001n);
  });
});
