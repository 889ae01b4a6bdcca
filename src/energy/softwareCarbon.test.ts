import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Joules, Micros } from "../domain/index.ts";
import { accountOf } from "./account.ts";
import type { Counterfactual } from "./counterfactual.ts";
import { softwareCarbonIntensity } from "./softwareCarbon.ts";

const kwh = (count: number) => Joules(count * 3.6e6);

it("is what was emitted for computing and for making the devices, per unit computed", () => {
  const computed = { operationalKg: 4, embodiedKg: 0.5 };
  expect(softwareCarbonIntensity({ ...computed, units: 3 })).toBeCloseTo(4.5 / 3);
  expect(softwareCarbonIntensity({ ...computed, units: 0 })).toBeUndefined();
});

const instead: fc.Arbitrary<Counterfactual> = fc.constantFrom<Counterfactual>(
  { kind: "resistive" },
  { kind: "heat-pump", seasonalPerformance: 2.8 },
  { kind: "gas", pricePerKwh: Micros(100_000n), efficiency: 0.84 },
  { kind: "district", pricePerKwh: Micros(120_000n), kgPerKwh: 0.9 },
);

const share = fc.double({ min: 0, max: 100, noNaN: true });

it("is not lowered by any heat that was displaced: what was used stays what it is", () =>
  fc.assert(
    fc.property(share, share, share, instead, (electricity, heat, embodiedKg, other) => {
      const intensity = (usefulHeat: Joules) => {
        const energy = {
          electricity: kwh(electricity),
          cooling: Joules(0),
          fuel: Joules(0),
          usefulHeat,
          coolingSaved: usefulHeat,
          jobs: Joules(0),
          revenue: Micros(0n),
        };
        const { usedKg: operationalKg } = accountOf(energy, {
          electricityPerKwh: Micros(300_000n),
          fuelKgPerKwh: 0,
          fuelPerKwh: Micros(0n),
          instead: other,
          carbon: { gridKgPerKwh: 0.4, marginalKgPerKwh: 0.7 },
        });
        return softwareCarbonIntensity({ operationalKg, embodiedKg, units: 5 });
      };
      expect(intensity(kwh(heat))).toBe(intensity(Joules(0)));
      expect(intensity(kwh(heat))).toBeCloseTo((electricity * 0.4 + embodiedKg) / 5);
    }),
  ));
