import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf, Joules, Micros } from "../domain/index.ts";
import { type CostTally, costOfTally, tally } from "./tariff.ts";

describe("a tally of costs", () => {
  it("is free when empty", () => {
    expect(costOfTally([])).toBe(0n);
    expect(tally([], Micros(310_000n), Joules(0))).toEqual([]);
  });

  it("of many small amounts costs what their sum costs", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 200 });
    const prices = fc.bigInt({ min: -2_000_000n, max: 5_000_000n }).map((amount) => Micros(amount));
    fc.assert(
      fc.property(amounts, prices, (amounts, price) => {
        const rows = amounts.reduce<CostTally>((rows, joules) => tally(rows, price, Joules(joules)), []);
        const sum = amounts.reduce((total, joules) => total + joules, 0);
        expect(costOfTally(rows)).toBe(costOf(Joules(sum), price));
        expect(rows.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("of several prices rounds once", () => {
    const third = Joules(1_200_000);
    const rows = [1n, 2n, 4n].reduce<CostTally>((rows, price) => tally(rows, Micros(price), third), []);
    expect(costOfTally(rows)).toBe(2n);
    expect([1n, 2n, 4n].reduce((sum, price) => sum + costOf(third, Micros(price)), 0n)).toBe(2n);
    const halves = [1n, 3n].reduce<CostTally>(
      (rows, price) => tally(rows, Micros(price), Joules(1_800_000)),
      [],
    );
    expect(costOfTally(halves)).toBe(2n);
    expect(costOf(Joules(1_800_000), Micros(1n)) + costOf(Joules(1_800_000), Micros(3n))).toBe(3n);
  });
});
