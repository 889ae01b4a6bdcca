import { costOf, type Joules, Micros, toKwh } from "../domain/index.ts";
import { type Counterfactual, heatKgPerKwh, heatPricePerKwh } from "./counterfactual.ts";

/** What a home drew, gave and earned in an interval. */
export interface IntervalEnergy {
  readonly electricity: Joules;
  /** Of it, what cooled; it is no part of what heating costs. */
  readonly cooling: Joules;
  /** Gross energy of the fuel, or heat from a network. */
  readonly fuel: Joules;
  /** Heat that was wanted. What was given above demand earns nothing and is not in it. */
  readonly usefulHeat: Joules;
  /** Electricity that an air conditioner did not need, since heat made the cold. */
  readonly coolingSaved: Joules;
  /** Electricity of jobs that would have run elsewhere otherwise. */
  readonly jobs: Joules;
  readonly revenue: Micros;
}

/** What things cost and emit in an interval. */
export interface IntervalRates {
  readonly electricityPerKwh: Micros;
  readonly fuelPerKwh: Micros;
  readonly fuelKgPerKwh: number;
  /** What would have given the heat otherwise. */
  readonly instead: Counterfactual;
  readonly carbon: CarbonRates;
}

export interface CarbonRates {
  /** Mean of what the grid emits per kWh, kg CO₂e. */
  readonly gridKgPerKwh: number;
  /** What one more kWh makes it emit. */
  readonly marginalKgPerKwh: number;
  /** Where the jobs would have run otherwise; undefined: nowhere. */
  readonly elsewhere?: { readonly kgPerKwh: number; readonly pue: number } | undefined;
}

/** Money and carbon of some time. Plain sums; adding intervals adds them. */
export interface Account {
  readonly cost: Micros;
  /** Of it, what cooling cost. */
  readonly coolingCost: Micros;
  readonly revenue: Micros;
  /** What useful heat, and cold made of heat, would have cost otherwise. */
  readonly heatValue: Micros;
  /** Three ledgers of kg CO₂e. None is ever subtracted from another: what was used, */
  readonly usedKg: number;
  /** what the counterfactual would have emitted for the same heat, */
  readonly displacedKg: number;
  /** and what changed in the whole system; below zero it emits less. */
  readonly consequentialKg: number;
}

export const emptyAccount: Account = {
  cost: Micros(0n),
  coolingCost: Micros(0n),
  revenue: Micros(0n),
  heatValue: Micros(0n),
  usedKg: 0,
  displacedKg: 0,
  consequentialKg: 0,
};

/** Cost less revenue; below zero it earned more than it cost. Capital is apart. */
export const netCostOf = ({ cost, revenue }: Pick<Account, "cost" | "revenue">): Micros =>
  Micros(cost - revenue);

/**
 * An interval's money, rounded to the nearest millionth, and its carbon in three ledgers: used (grid's mean and fuel),
 * displaced (by the named counterfactual), consequential: I_marginal·E + fuel − PUE·I_elsewhere·E_jobs − avoided heat.
 */
export function accountOf(energy: IntervalEnergy, rates: IntervalRates): Account {
  const { electricityPerKwh, instead, carbon } = rates;
  const { gridKgPerKwh, marginalKgPerKwh, elsewhere } = carbon;
  const electricity = toKwh(energy.electricity);
  const heat = toKwh(energy.usefulHeat);
  const saved = toKwh(energy.coolingSaved);
  const burntKg = toKwh(energy.fuel) * rates.fuelKgPerKwh;
  const elsewhereKg = elsewhere ? toKwh(energy.jobs) * elsewhere.pue * elsewhere.kgPerKwh : 0;
  const avoidedKg = (kgPerKwh: number) => heat * heatKgPerKwh(instead, kgPerKwh) + saved * kgPerKwh;
  return {
    cost: Micros(costOf(energy.electricity, electricityPerKwh) + costOf(energy.fuel, rates.fuelPerKwh)),
    coolingCost: costOf(energy.cooling, electricityPerKwh),
    revenue: energy.revenue,
    heatValue: Micros(
      costOf(energy.usefulHeat, heatPricePerKwh(instead, electricityPerKwh)) +
        costOf(energy.coolingSaved, electricityPerKwh),
    ),
    usedKg: electricity * gridKgPerKwh + burntKg,
    displacedKg: avoidedKg(gridKgPerKwh),
    consequentialKg: electricity * marginalKgPerKwh + burntKg - elsewhereKg - avoidedKg(marginalKgPerKwh),
  };
}

/** Adds an interval, or several like it. @param times a whole number. */
export function addAccount(sum: Account, one: Account, times = 1): Account {
  const count = BigInt(times);
  return {
    cost: Micros(sum.cost + count * one.cost),
    coolingCost: Micros(sum.coolingCost + count * one.coolingCost),
    revenue: Micros(sum.revenue + count * one.revenue),
    heatValue: Micros(sum.heatValue + count * one.heatValue),
    usedKg: sum.usedKg + times * one.usedKg,
    displacedKg: sum.displacedKg + times * one.displacedKg,
    consequentialKg: sum.consequentialKg + times * one.consequentialKg,
  };
}
