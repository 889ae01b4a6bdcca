import { divideRounded, Micros } from "../domain/index.ts";

/** What would have given the same heat otherwise. It is always named, since heat is worth what it replaces. */
export type Counterfactual =
  | { readonly kind: "resistive" }
  | { readonly kind: "heat-pump"; readonly seasonalPerformance: number }
  | { readonly kind: "gas" | "oil"; readonly pricePerKwh: Micros; readonly efficiency: number }
  | { readonly kind: "district"; readonly pricePerKwh: Micros; readonly kgPerKwh: number };

/** Measured in use rather than on a test bench: boilers and heat pumps in British homes. */
export const counterfactualDefaults = {
  efficiency: 0.84,
  seasonalPerformance: 2.8,
} as const;

/** Burnt, kg CO₂e per kWh of fuel, gross (UK government's conversion factors, 2024; oil: burning oil). */
export const fuelKgPerKwh = { gas: 0.18278, oil: 0.24677 } as const;

export const counterfactualNames: Readonly<Record<Counterfactual["kind"], string>> = {
  resistive: "an electric heater",
  "heat-pump": "a heat pump",
  gas: "a gas boiler",
  oil: "an oil boiler",
  district: "district heat",
};

/** What a kWh of heat costs by it, where electricity costs `electricityPerKwh`. */
export function heatPricePerKwh(instead: Counterfactual, electricityPerKwh: Micros): Micros {
  switch (instead.kind) {
    case "resistive":
      return electricityPerKwh;
    case "heat-pump":
      return dividedBy(electricityPerKwh, instead.seasonalPerformance);
    case "gas":
    case "oil":
      return dividedBy(instead.pricePerKwh, instead.efficiency);
    default:
      return instead.pricePerKwh;
  }
}

/** What a kWh of heat emits by it, kg CO₂e, where electricity emits `gridKgPerKwh`. */
export function heatKgPerKwh(instead: Counterfactual, gridKgPerKwh: number): number {
  switch (instead.kind) {
    case "resistive":
      return gridKgPerKwh;
    case "heat-pump":
      return gridKgPerKwh / instead.seasonalPerformance;
    case "gas":
    case "oil":
      return fuelKgPerKwh[instead.kind] / instead.efficiency;
    default:
      return instead.kgPerKwh;
  }
}

const dividedBy = (price: Micros, factor: number): Micros =>
  Micros(divideRounded(price * 1_000_000n, BigInt(Math.round(factor * 1_000_000))));
