import { formatMicros, Micros } from "../../../domain/index.ts";
import type { LoopResult } from "../../../heat/index.ts";
import type { PriceShape } from "./controlPrices.ts";

/** What one controller made of the weeks. Money as decimal strings. */
export interface ControlFigures {
  readonly cost: string;
  readonly revenue: string;
  /** Of the heat that is stored at the end beyond that at the beginning. */
  readonly storedValue: string;
  /** cost − revenue − storedValue. */
  readonly netCost: string;
  /** Of the room below and above what is wanted, and of the water; together `discomfortKh`. */
  readonly coldKh: number;
  readonly hotKh: number;
  readonly coldWaterKh: number;
  readonly discomfortKh: number;
  readonly coldestC: number;
  readonly hottestC: number;
  readonly starts: number;
  readonly energyKwh: Readonly<Record<string, number>>;
  readonly storedKwh: number;
  readonly mostW: number;
  /** The most by which devices drew more than all else left of the feeder. */
  readonly overFeederW: number;
  readonly longestWithoutDisinfectionH: number;
  readonly plansMade: number;
  readonly plansProven: number;
  readonly plansByRules: number;
  /** Times that the model began to predict badly. */
  readonly modelFailed: number;
  readonly hoursPlanned: number;
  readonly hoursOverruled: number;
  readonly hoursPlain: number;
}

export interface ControlRun {
  readonly prices: PriceShape["name"];
  readonly seed: number;
  readonly plain: ControlFigures;
  readonly planner: ControlFigures;
  /** Of the plain thermostat's net cost, what the planner saves; below 0 where it loses. */
  readonly savedShare: number;
}

export interface ControlMean {
  readonly prices: PriceShape["name"];
  readonly plainNetCost: number;
  readonly plannerNetCost: number;
  readonly savedShare: number;
  readonly worstSavedShare: number;
  readonly plainDiscomfortKh: number;
  readonly plannerDiscomfortKh: number;
}

export interface ControlReport {
  readonly weather: string;
  readonly days: number;
  readonly currency: string;
  readonly pricesByHour: Readonly<Record<string, readonly number[]>>;
  readonly runs: readonly ControlRun[];
  readonly means: readonly ControlMean[];
  readonly verdict: string;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Net cost per kWh of heat, in millionths: what stored heat is worth. */
export const heatValueOf = ({ account }: LoopResult): number =>
  account.heatJoules > 0 ? Number(account.cost - account.revenue) / (account.heatJoules / 3.6e6) : 0;

/** @param heatValue of a kWh of stored heat, in millionths. */
export function figuresOf(result: LoopResult, heatValue: number): ControlFigures {
  const { account, plans } = result;
  const storedValue = BigInt(Math.round(result.storedKwh * heatValue));
  const money = (amount: bigint) => formatMicros(Micros(amount));
  const { coldKh, hotKh, coldWaterKh } = account;
  return {
    cost: money(account.cost),
    revenue: money(account.revenue),
    storedValue: money(storedValue),
    netCost: money(account.cost - account.revenue - storedValue),
    coldKh: round(coldKh, 2),
    hotKh: round(hotKh, 2),
    coldWaterKh: round(coldWaterKh, 2),
    discomfortKh: round(coldKh + hotKh + coldWaterKh, 2),
    coldestC: round(account.coldestC, 2),
    hottestC: round(account.hottestC, 2),
    starts: result.starts,
    energyKwh: Object.fromEntries(
      Object.entries(account.joules).map(([id, joules]) => [id, round(joules / 3.6e6, 1)]),
    ),
    storedKwh: round(result.storedKwh, 2),
    mostW: round(account.mostW, 0),
    overFeederW: round(account.overFeederW, 0),
    longestWithoutDisinfectionH: round(account.longestWithoutDisinfectionH, 1),
    plansMade: plans.made,
    plansProven: plans.proven,
    plansByRules: plans.byRules,
    modelFailed: plans.failedTimes,
    hoursPlanned: round(plans.actedHours, 1),
    hoursOverruled: round(plans.overruledHours, 1),
    hoursPlain: round(plans.plainHours, 1),
  };
}

export function compare(
  prices: PriceShape["name"],
  seed: number,
  plain: ControlFigures,
  planner: ControlFigures,
): ControlRun {
  return {
    prices,
    seed,
    plain,
    planner,
    savedShare: savedOf(Number(plain.netCost), Number(planner.netCost)),
  };
}

const savedOf = (plain: number, planner: number) =>
  round((plain - planner) / Math.max(0.01, Math.abs(plain)), 4);

export function meanOfRuns(prices: PriceShape["name"], runs: readonly ControlRun[]): ControlMean {
  const mean = (of: (run: ControlRun) => number) =>
    round(runs.reduce((sum, run) => sum + of(run), 0) / Math.max(1, runs.length), 4);
  const plainNetCost = mean(({ plain }) => Number(plain.netCost));
  const plannerNetCost = mean(({ planner }) => Number(planner.netCost));
  return {
    prices,
    plainNetCost,
    plannerNetCost,
    savedShare: savedOf(plainNetCost, plannerNetCost),
    worstSavedShare: Math.min(...runs.map(({ savedShare }) => savedShare)),
    plainDiscomfortKh: mean(({ plain }) => plain.discomfortKh),
    plannerDiscomfortKh: mean(({ planner }) => planner.discomfortKh),
  };
}
