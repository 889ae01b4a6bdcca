import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf, fromKwh, Micros, parseMicros } from "../domain/index.ts";
import { type Counterfactual, heatKgPerKwh, heatPricePerKwh } from "./counterfactual.ts";
import { verdictOn } from "./verdict.ts";

const price = parseMicros("0.30");
const pump: Counterfactual = { kind: "heat-pump", seasonalPerformance: 3 };
const gas: Counterfactual = { kind: "gas", pricePerKwh: parseMicros("0.084"), efficiency: 0.84 };

describe("a kWh of heat otherwise", () => {
  it.each<[string, Counterfactual, string]>([
    ["by a resistive heater costs the electricity", { kind: "resistive" }, "0.30"],
    ["by a heat pump a third of it", pump, "0.10"],
    ["by gas what the boiler burns for it", gas, "0.10"],
    [
      "by district heat its price",
      { kind: "district", pricePerKwh: parseMicros("0.12"), kgPerKwh: 0.1 },
      "0.12",
    ],
  ])("%s", (_what, instead, expected) => {
    expect(heatPricePerKwh(instead, price)).toBe(parseMicros(expected));
  });

  it("emits more by gas than by a clean grid, and less than by a dirty one", () => {
    expect(heatKgPerKwh(gas, 0.1)).toBeCloseTo(0.2176, 4);
    expect(heatKgPerKwh({ kind: "resistive" }, 0.1)).toBe(0.1);
    expect(heatKgPerKwh(pump, 0.6)).toBeCloseTo(0.2, 9);
  });
});

describe("the verdict", () => {
  const on = (revenue: string, useful = 10, instead: Counterfactual = { kind: "resistive" }) =>
    verdictOn(
      {
        cost: parseMicros("3.00"),
        energy: fromKwh(10),
        usefulHeat: fromKwh(useful),
        revenue: parseMicros(revenue),
      },
      instead,
    );

  it.each([
    ["earning more than it cost", "3.10", 10, true, true, true],
    ["earning two thirds, all heat useful", "2.00", 10, false, true, true],
    ["earning little", "0.50", 10, false, true, false],
    ["earning little, half the heat dumped", "0.50", 5, false, false, false],
  ])("%s", (_what, revenue, useful, energyIsFree, freeAfterHeat, beatsHeatPump) => {
    expect(on(revenue, useful)).toMatchObject({ energyIsFree, freeAfterHeat, beatsHeatPump });
  });

  it.each<[string, Counterfactual, string]>([
    ["3.10", { kind: "resistive" }, "The computing paid for all of its energy: the heat was free."],
    [
      "0.50",
      { kind: "resistive" },
      "The heat cost less than by an electric heater, but a heat pump would have cost less.",
    ],
    ["2.50", gas, "The heat cost less than by a gas boiler, and it cost less than a heat pump would have."],
    ["0.50", gas, "By a gas boiler the heat would have cost less."],
    ["0.50", pump, "A heat pump would have cost less."],
  ])("says so when %s was earned", (revenue, instead, sentence) => {
    expect(on(revenue, 10, instead).sentence).toBe(sentence);
  });

  it("says nothing before anything was heated", () => {
    const none = { cost: Micros(0n), energy: fromKwh(0), usefulHeat: fromKwh(0), revenue: Micros(0n) };
    expect(verdictOn(none, gas)).toMatchObject({ energyIsFree: false, netCost: 0n });
  });

  it("against resistive heat any revenue wins, as long as all heat is useful", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        (kwh, micros) => {
          const energy = fromKwh(kwh);
          const revenue = Micros(micros);
          const account = { cost: costOf(energy, price), energy, usefulHeat: energy, revenue };
          expect(verdictOn(account, { kind: "resistive" }).freeAfterHeat).toBe(true);
        },
      ),
    );
  });
});
