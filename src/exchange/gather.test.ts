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
