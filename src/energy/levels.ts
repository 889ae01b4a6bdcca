import type { Micros } from "../domain/index.ts";

/** The three levels of free heat, each by itself: the last may hold without the others. */
export interface FreeLevels {
  readonly energyIsFree: boolean;
  readonly freeAfterHeat: boolean;
  readonly beatsHeatPump: boolean;
}

export interface HeatingMoney {
  /** Of the energy. */
  readonly cost: Micros;
  readonly revenue: Micros;
  /** What the useful heat would have cost by its counterfactual. */
  readonly heatValue: Micros;
  /** What the same heat costs by a heat pump. */
  readonly heatPumpCost: Micros;
}

/** Truly zero when revenue ≥ cost; zero after heat credit when revenue + value of useful heat ≥ cost; better than a heat pump when cost − revenue ≤ what that costs. */
export const levelsOf = ({ cost, revenue, heatValue, heatPumpCost }: HeatingMoney): FreeLevels => ({
  energyIsFree: revenue >= cost,
  freeAfterHeat: revenue + heatValue >= cost,
  beatsHeatPump: cost - revenue <= heatPumpCost,
});
