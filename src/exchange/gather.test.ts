import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { gather } from "./gather.ts";

describe("gathered work", () => {
  it("takes along what comes meanwhile, so many at once, and gives each its own outcome", async () => {
    const batches: number[][] = [];
    const double = gather<number, number>(3, async (items) => {
      batches.push([...items]);
      return (item) => 2 * item;
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => double(item)))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(await double(6)).toBe(12);
  });

  it("rests after a batch of several, so that more come along with the next", async () => {
    const batches: number[][] = [];
    const rested = Promise.withResolvers<void>();
    const work = gather<number, number>(
      9,
      async (items) => {
        batches.push([...items]);
        return (item) => item;
      },
      () => rested.promise,
    );
    expect(await work(1)).toBe(1);
    await Promise.all([work(2), work(3)]);
    const four = work(4);
    await setImmediate();
    const five = work(5);
    rested.resolve();
    expect(await Promise.all([four, five])).toEqual([4, 5]);
    expect(batches).toEqual([[1], [2, 3], [4, 5]]);
  });

  it("fails for those of a batch that fails, and works on", async () => {
    let isBroken = true;
    const work = gather<number, number>(9, async () => {
      if (isBroken) throw new Error("broken");
      return (item) => item;
    });
    const outcomes = await Promise.allSettled([work(1), work(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    isBroken = false;
    expect(await work(3)).toBe(3);
  });
});
