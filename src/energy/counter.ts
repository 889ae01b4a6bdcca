import { Joules, type Micros, type Provenance } from "../domain/index.ts";
import { type MeteredEnergy, weaker } from "./meter.ts";
import { type CostTally, newTally, tally } from "./costTally.ts";

/** Energy counted since some instant. Plain data. */
export interface EnergyCounter {
  readonly joules: number;
  /** The part that went into a sink, J. */
  readonly heatJoules: number;
  readonly meteredSeconds: number;
  readonly unmeteredSeconds: number;
  /** The weakest among the readings counted; null before the first. */
  readonly provenance: Provenance | null;
  readonly cost: CostTally;
}

export const newCounter: EnergyCounter = {
  joules: 0,
  heatJoules: 0,
  meteredSeconds: 0,
  unmeteredSeconds: 0,
  provenance: null,
  cost: newTally,
};

export const withoutCost = (counter: EnergyCounter): EnergyCounter => ({ ...counter, cost: newTally });

/** What a share of metered energy adds to a counter; `part` is the share of it that belongs there, 0 … 1. */
export function count(
  before: EnergyCounter,
  energy: MeteredEnergy,
  { heatShare, pricePerKwh }: { readonly heatShare: number; readonly pricePerKwh: Micros },
  part = 1,
): EnergyCounter {
  const joules = Joules(energy.joules * part);
  return {
    joules: before.joules + joules,
    heatJoules: before.heatJoules + joules * heatShare,
    meteredSeconds: before.meteredSeconds + energy.metered * part,
    unmeteredSeconds: before.unmeteredSeconds + energy.unmetered * part,
    provenance: part > 0 ? weaker(before.provenance, energy.provenance) : before.provenance,
    cost: tally(before.cost, pricePerKwh, joules),
  };
}
