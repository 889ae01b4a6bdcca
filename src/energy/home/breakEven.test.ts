import { describe, expect, it } from "vitest";
import { parseMicros } from "../../domain/index.ts";
import { breakEvenOf, type PriceLimit } from "./breakEven.ts";

/** What a kWh earns by mining at $34.8 per PH and day. */
const earned = (joulesPerTerahash: number) => 0.0348 / (0.024 * joulesPerTerahash);
const limit = ({ times, plus }: PriceLimit, earns: number) =>
  times === null ? Infinity : times * earns + plus;

describe("the break-even map", () => {
  const { energyIsFree, freeAfterHeat, beatsHeatPump } = breakEvenOf({
    usefulShare: 1,
    seasonalPerformance: 2.8,
    instead: { kind: "gas", pricePerKwh: parseMicros("0.084"), efficiency: 0.84 },
  });

  it.each([
    [12, 0.121],
    [17.5, 0.083],
    [28.2, 0.051],
    [40, 0.036],
  ])("heats truly free with %d J/TH up to $%d", (joulesPerTerahash, price) => {
    expect(limit(energyIsFree, earned(joulesPerTerahash))).toBeCloseTo(price, 3);
  });

  it.each([
    [17.5, 0.129],
    [28.2, 0.08],
  ])("beats a heat pump of 2.8 with %d J/TH up to $%d", (joulesPerTerahash, price) => {
    expect(limit(beatsHeatPump, earned(joulesPerTerahash))).toBeCloseTo(price, 3);
  });

  it("is free after heat as far as gas costs above that", () => {
    expect(limit(freeAfterHeat, earned(17.5))).toBeCloseTo(0.083 + 0.1, 3);
  });

  it("holds at any price against resistive heat when all heat is useful, and not when some is wasted", () => {
    const against = (usefulShare: number) =>
      breakEvenOf({ usefulShare, seasonalPerformance: 2.8, instead: { kind: "resistive" } }).freeAfterHeat;
    expect(against(1)).toEqual({ times: null, plus: 0 });
    expect(limit(against(0.5), 0.08)).toBeCloseTo(0.16, 9);
  });
});
