import { Joules, type Micros, type Provenance } from "../domain/index.ts";
import { type MeteredEnergy, weaker } from "./meter.ts";
import { type CostTally, newTally, tally } from "./costTally.ts";

/** Energy counted since some instant. Plain data. */
export interface EnergyCounter {
  readonly joules: number;
  /** The part that went into a sink, J. */
  readonly heatJoules: number;
  /** The part that own photovoltaics gave, J. */
  readonly solarJoules: number;
  readonly meteredSeconds: number;
  readonly unmeteredSeconds: number;
  /** The weakest among the readings counted; null before the first. */
  readonly provenance: Provenance | null;
  /** Of what the grid gave, and of what own photovoltaics did: at what they would have fed in. */
  readonly cost: CostTally;
  readonly forgone: CostTally;
}

export const newCounter: EnergyCounter = {
  joules: 0,
  heatJoules: 0,
  solarJoules: 0,
  meteredSeconds: 0,
  unmeteredSeconds: 0,
  provenance: null,
  cost: newTally,
  forgone: newTally,
};

export const withoutCost = (counter: EnergyCounter): EnergyCounter => ({
  ...counter,
  cost: newTally,
  forgone: newTally,
});

interface CountedRates {
  readonly heatShare: number;
  readonly pricePerKwh: Micros;
  /** What own photovoltaics gave of it, 0 … 1. */
  readonly solarShare: number;
  /** What the grid pays for a kWh. */
  readonly exportPerKwh: Micros;
}

/** What a share of metered energy adds to a counter; `part` is the share of it that belongs there, 0 … 1. */
export function count(
  before: EnergyCounter,
  energy: MeteredEnergy,
  { heatShare, pricePerKwh, solarShare, exportPerKwh }: CountedRates,
  part = 1,
): EnergyCounter {
  const joules = Joules(energy.joules * part);
  const solar = Joules(joules * solarShare);
  return {
    joules: before.joules + joules,
    heatJoules: before.heatJoules + joules * heatShare,
    solarJoules: before.solarJoules + solar,
    meteredSeconds: before.meteredSeconds + energy.metered * part,
    unmeteredSeconds: before.unmeteredSeconds + energy.unmetered * part,
    provenance: part > 0 ? weaker(before.provenance, energy.provenance) : before.provenance,
    cost: tally(before.cost, pricePerKwh, Joules(joules - solar)),
    forgone: tally(before.forgone, exportPerKwh, solar),
  };
}
