import { describe, expect, it } from "vitest";
import { bookCurves, crossing, roundTicks } from "./bookCurve.ts";

const usd = (amount: string) => ({ amount, currency: "USD" as const });
const cpu = {
  name: "cpu" as const,
  asks: [
    { perClassHour: usd("0.008000"), slots: 1, homeSlots: 1 },
    { perClassHour: usd("0.020000"), slots: 3, homeSlots: 1 },
  ],
  bids: [
    { perClassHour: usd("0.360000"), tasks: 2 },
    { perClassHour: usd("0.010000"), tasks: 5 },
  ],
};

describe("the curves of the order book", () => {
  it("rise and fall step by step, what homes offer first among equals", () => {
    const { asks, bids } = bookCurves(cpu);
    expect(asks).toEqual([
      { from: 0, to: 1, price: 0.008, isHome: true },
      { from: 1, to: 2, price: 0.02, isHome: true },
      { from: 2, to: 4, price: 0.02, isHome: false },
    ]);
    expect(bids.map(({ from, to, price }) => [from, to, price])).toEqual([
      [0, 2, 0.36],
      [2, 7, 0.01],
    ]);
  });

  it("are drawn so that a far bid or a long queue does not press the asks flat", () => {
    const { price, tasks } = bookCurves(cpu);
    expect(price).toBeCloseTo(0.056);
    expect(tasks).toBe(7);
    expect(bookCurves({ ...cpu, bids: [{ perClassHour: usd("0.36"), tasks: 5000 }] }).tasks).toBe(8);
  });

  it("of nothing have an extent still", () =>
    expect(bookCurves({ name: "cpu", asks: [], bids: [] })).toMatchObject({ tasks: 1, price: 1 }));

  it("cross where bids reach the asks no more", () => {
    expect(crossing(bookCurves(cpu))).toBe(2);
    const all = { ...cpu, bids: [{ perClassHour: usd("0.36"), tasks: 9 }] };
    expect(crossing(bookCurves(all))).toBe(4);
    expect(crossing(bookCurves({ ...cpu, bids: [] }))).toBe(0);
  });
});

it.each([
  [0.056, 5, [0, 0.02, 0.04]],
  [7, 5, [0, 2, 4, 6]],
  [1, 4, [0, 0.5, 1]],
])("ticks up to %d, about %d of them", (highest, about, ticks) =>
  expect(roundTicks(highest, about)).toEqual(ticks),
);
