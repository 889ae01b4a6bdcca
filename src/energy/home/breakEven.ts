import { type Counterfactual, heatPricePerKwh } from "../counterfactual.ts";
import { Micros } from "../../domain/index.ts";

/** The highest electricity price at which a level holds: `times · earnings + plus`, per kWh; `times` null: at any price. */
export interface PriceLimit {
  readonly times: number | null;
  readonly plus: number;
}

export interface BreakEven {
  readonly energyIsFree: PriceLimit;
  readonly freeAfterHeat: PriceLimit;
  readonly beatsHeatPump: PriceLimit;
}

export interface HeaterUse {
  /** Of its electricity, what ends as useful heat, 0 … 1. */
  readonly usefulShare: number;
  /** Of the heat pump that it is compared with, over the year. */
  readonly seasonalPerformance: number;
  readonly instead: Counterfactual;
}

/**
 * Where the three levels hold, by what a kWh earns (r) and the price of electricity (c), with the useful share u and the
 * value of heat v: r ≥ c; r + u·v ≥ c; r ≥ c·(1 − u/SPF). Capital cost is apart.
 */
export function breakEvenOf({ usefulShare: u, seasonalPerformance, instead }: HeaterUse): BreakEven {
  const reduced = (share: number): PriceLimit => ({ times: share < 1 ? 1 / (1 - share) : null, plus: 0 });
  const [atNone, atOne] = [0n, 1_000_000n].map(
    (price) => Number(heatPricePerKwh(instead, Micros(price))) / 1e6,
  );
  const slope = (atOne ?? 0) - (atNone ?? 0);
  return {
    energyIsFree: { times: 1, plus: 0 },
    freeAfterHeat: slope > 0 ? reduced(u * slope) : { times: 1, plus: u * (atNone ?? 0) },
    beatsHeatPump: reduced(u / seasonalPerformance),
  };
}
