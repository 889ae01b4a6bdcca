import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf, Joules, Micros } from "../domain/index.ts";
import { type CostTally, costOfTallies, newTally, tally } from "./costTally.ts";

const amounts = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 200 });
const prices = fc.bigInt({ min: -2_000_000n, max: 5_000_000n }).map((amount) => Micros(amount));

describe("a tally of costs", () => {
  it("is free when empty", () => {
    expect(costOfTallies([])).toBe(0n);
    expect(costOfTallies([newTally, newTally])).toBe(0n);
    expect(tally(newTally, Micros(310_000n), Joules(0))).toEqual(newTally);
  });

  it("of many small amounts costs what their sum costs", () => {
    fc.assert(
      fc.property(amounts, prices, (amounts, price) => {
        const cost = amounts.reduce<CostTally>((sum, joules) => tally(sum, price, Joules(joules)), newTally);
        const sum = amounts.reduce((total, joules) => total + joules, 0);
        expect(costOfTallies([cost])).toBe(costOf(Joules(sum), price));
      }),
    );
  });

  it("of several prices rounds once", () => {
    const at = (price: bigint, joules: number) => tally(newTally, Micros(price), Joules(joules));
    const third = Joules(1_200_000);
    const together = [1n, 2n, 4n].reduce((sum, price) => tally(sum, Micros(price), third), newTally);
    expect(costOfTallies([together])).toBe(2n);
    expect(costOfTallies([1n, 2n, 4n].map((price) => at(price, third)))).toBe(2n);
    expect([1n, 2n, 4n].reduce((sum, price) => sum + costOf(third, Micros(price)), 0n)).toBe(2n);
    const halves = [1n, 3n].map((price) => at(price, 1_800_000));
    expect(costOfTallies(halves)).toBe(2n);
    expect(costOf(Joules(1_800_000), Micros(1n)) + costOf(Joules(1_800_000), Micros(3n))).toBe(3n);
  });

  it("costs the same in whatever order prices come, and stays as small as at first", () => {
    const drawn = fc.array(fc.record({ price: prices, joules: fc.integer({ min: 1, max: 10_000_000 }) }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(drawn, (rows) => {
        const cost = rows.reduce((sum, { price, joules }) => tally(sum, price, Joules(joules)), newTally);
        const parts = rows.map(({ price, joules }) => tally(newTally, price, Joules(joules)));
        expect(costOfTallies([cost])).toBe(costOfTallies(parts));
        expect(JSON.stringify(cost).length).toBeLessThan(110);
      }),
    );
  });

  it("does not grow over ten years of quarter-hour prices", () => {
    let cost = newTally;
    for (let quarter = 0; quarter < 350_640; quarter++) {
      cost = tally(cost, Micros(BigInt(100_000 + ((quarter * 7919) % 400_000))), Joules(2_700_000));
    }
    expect(JSON.stringify(cost).length).toBeLessThan(110);
    expect(Number(costOfTallies([cost])) / 1e6).toBeCloseTo(350_640 * 0.75 * 0.3, -2);
  });
});
