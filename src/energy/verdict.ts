import { costOf, type Joules, Micros } from "../domain/index.ts";
import {
  type Counterfactual,
  counterfactualDefaults,
  counterfactualNames,
  heatPricePerKwh,
} from "./counterfactual.ts";
import { type FreeLevels, levelsOf } from "./levels.ts";

/** What heaters drew, gave and earned over some time. */
export interface HeatingAccount {
  /** Of the energy, at the prices of its time. */
  readonly cost: Micros;
  readonly energy: Joules;
  /** Heat that was wanted; what was given beyond that earns nothing. */
  readonly usefulHeat: Joules;
  /** What the computing earned. */
  readonly revenue: Micros;
}

export interface Verdict extends FreeLevels {
  /** What the useful heat would have cost by the counterfactual. */
  readonly heatValue: Micros;
  /** Cost less revenue; below zero it earned more than it cost. Capital is apart. */
  readonly netCost: Micros;
  /** What the useful heat would have cost by a heat pump at the same price of electricity. */
  readonly heatPumpCost: Micros;
  /** In one sentence. */
  readonly sentence: string;
}

/** Whether heating was free, and what a heat pump would have cost at the same price of electricity. */
export function verdictOn(account: HeatingAccount, instead: Counterfactual): Verdict {
  const { cost, energy, usefulHeat, revenue } = account;
  const price = meanPrice(account);
  const heatValue = costOf(usefulHeat, heatPricePerKwh(instead, price));
  const pump: Counterfactual =
    instead.kind === "heat-pump"
      ? instead
      : { kind: "heat-pump", seasonalPerformance: counterfactualDefaults.seasonalPerformance };
  const heatPumpCost = costOf(usefulHeat, heatPricePerKwh(pump, price));
  const netCost = Micros(cost - revenue);
  const levels = energy > 0 ? levelsOf({ cost, revenue, heatValue, heatPumpCost }) : noLevels;
  return { ...levels, heatValue, netCost, heatPumpCost, sentence: say(energy, levels, instead) };
}

const noLevels: FreeLevels = { energyIsFree: false, freeAfterHeat: false, beatsHeatPump: false };

/** Of a kWh, over the account; zero where nothing was drawn. */
function meanPrice({ cost, energy }: HeatingAccount): Micros {
  const milliJoules = BigInt(Math.round(energy * 1000));
  return milliJoules === 0n ? Micros(0n) : Micros((cost * 3_600_000_000n) / milliJoules);
}

function say(energy: Joules, levels: FreeLevels, instead: Counterfactual): string {
  if (energy === 0) return "Nothing has been heated yet.";
  if (levels.energyIsFree) return "The computing paid for all of its energy: the heat was free.";
  const name = counterfactualNames[instead.kind];
  const pump = levels.beatsHeatPump
    ? "and it cost less than a heat pump would have"
    : "but a heat pump would have cost less";
  const isPump = instead.kind === "heat-pump";
  if (levels.freeAfterHeat) {
    return isPump
      ? "The heat cost less than by a heat pump."
      : `The heat cost less than by ${name}, ${pump}.`;
  }
  return isPump ? "A heat pump would have cost less." : `By ${name} the heat would have cost less.`;
}
