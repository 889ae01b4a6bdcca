import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromKwh, Micros, parseMicros } from "../domain/index.ts";
import {
  type Account,
  accountOf,
  addAccount,
  emptyAccount,
  type IntervalEnergy,
  type IntervalRates,
  netCostOf,
} from "./account.ts";
import { fuelKgPerKwh } from "./counterfactual.ts";

const none = fromKwh(0);
const hour: IntervalEnergy = {
  electricity: fromKwh(2),
  cooling: none,
  fuel: none,
  usefulHeat: fromKwh(1.5),
  coolingSaved: none,
  jobs: fromKwh(2),
  revenue: parseMicros("0.20"),
};
const rates: IntervalRates = {
  electricityPerKwh: parseMicros("0.30"),
  fuelKgPerKwh: fuelKgPerKwh.gas,
  fuelPerKwh: parseMicros("0.084"),
  instead: { kind: "gas", pricePerKwh: parseMicros("0.084"), efficiency: 0.84 },
  carbon: { gridKgPerKwh: 0.2, marginalKgPerKwh: 0.5 },
};

describe("an interval's account", () => {
  it("credits useful heat alone at what it replaces: heat above demand earns nothing", () => {
    const account = accountOf(hour, rates);
    expect(account).toMatchObject({ cost: parseMicros("0.60"), heatValue: parseMicros("0.15") });
    expect(netCostOf(account)).toBe(parseMicros("0.40"));
  });

  it("keeps what was used free of what was displaced", () => {
    const account = accountOf(hour, rates);
    const dumped = accountOf({ ...hour, usefulHeat: none }, rates);
    expect(account.usedKg).toBeCloseTo(0.4, 9);
    expect(dumped.usedKg).toBe(account.usedKg);
    expect(account.displacedKg).toBeCloseTo((1.5 * 0.18278) / 0.84, 9);
    expect(dumped.displacedKg).toBe(0);
  });

  it("tells what changed by what one more kWh emits, less avoided heat and what ran elsewhere", () => {
    const avoided = (1.5 * 0.18278) / 0.84;
    expect(accountOf(hour, rates).consequentialKg).toBeCloseTo(1 - avoided, 9);
    const carbon = { ...rates.carbon, elsewhere: { kgPerKwh: 0.4, pue: 1.25 } };
    expect(accountOf(hour, { ...rates, carbon }).consequentialKg).toBeCloseTo(1 - avoided - 1, 9);
  });

  it("counts fuel by its price and by what it emits", () => {
    const boiler = { ...hour, electricity: none, jobs: none, fuel: fromKwh(10), revenue: Micros(0n) };
    expect(accountOf(boiler, rates)).toMatchObject({ cost: parseMicros("0.84") });
    expect(accountOf(boiler, rates).usedKg).toBeCloseTo(1.8278, 9);
    expect(accountOf(boiler, { ...rates, fuelKgPerKwh: fuelKgPerKwh.oil }).usedKg).toBeCloseTo(2.4677, 9);
  });

  it("never saves carbon against a heat pump, however clean the grid", () => {
    const pump = { kind: "heat-pump", seasonalPerformance: 2.8 } as const;
    for (const gridKgPerKwh of [0.02, 0.2, 0.8]) {
      const carbon = { gridKgPerKwh, marginalKgPerKwh: gridKgPerKwh };
      const { usedKg, displacedKg } = accountOf(
        { ...hour, usefulHeat: hour.electricity },
        { ...rates, instead: pump, carbon },
      );
      expect(usedKg).toBeGreaterThan(displacedKg);
    }
  });

  it("adds up exactly, in any order and by any number at once", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), { maxLength: 30 }), (costs) => {
        const accounts = costs.map((cost): Account => ({ ...emptyAccount, cost: Micros(cost) }));
        const forth = accounts.reduce((sum, one) => addAccount(sum, one), emptyAccount);
        const back = accounts.reduceRight((sum, one) => addAccount(sum, one), emptyAccount);
        expect(forth.cost).toBe(back.cost);
        expect(forth.cost).toBe(costs.reduce((sum, cost) => sum + cost, 0n));
        expect(addAccount(emptyAccount, forth, 31).cost).toBe(31n * forth.cost);
      }),
    );
  });
});
