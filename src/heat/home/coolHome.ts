import { airConditionerCop } from "../backups/airConditioner.ts";
import { chillerCop, runChiller } from "../sinks/chiller.ts";
import type { Home } from "./homeSchema.ts";
import type { Surroundings } from "./sources.ts";

export interface CoolingWish {
  readonly wantedW: number;
  /** Drawn by the heater for heat that is wanted; undefined where the home has none. */
  readonly heaterW: number | undefined;
  /** At which share of its power it goes on for what it earns alone. */
  readonly profitShare: number;
}

export interface CoolingFlows {
  /** Electric, drawn by the heater to drive the chiller, beside what it draws for heat. */
  readonly heaterW: number;
  readonly heaterForProfitW: number;
  readonly coolingW: number;
  readonly chillerW: number;
  readonly outsideW: number;
  readonly coldFromHeatW: number;
  readonly coolingSavedW: number;
}

/**
 * What cools a home, and where the heat goes that nobody wants: the heater goes on computing where that pays and heat
 * may be thrown outside; a chiller takes what it can use of it first. For the chiller alone the heater runs only where
 * that costs less than an air conditioner, which does the rest.
 */
export function coolHome(
  { heater, chiller }: Pick<Home, "heater" | "chiller">,
  around: Surroundings,
  wish: CoolingWish,
): CoolingFlows {
  const { wantedW, heaterW = heater.maxW } = wish;
  const hasHeater = wish.heaterW !== undefined;
  const freeW = Math.max(0, heater.maxW - heaterW);
  const forProfitW =
    hasHeater && heater.canDump ? Math.max(0, Math.min(freeW, heater.maxW * wish.profitShare - heaterW)) : 0;
  const coldPerHeat = hasHeater ? coldByHeater({ heater, chiller }) : 0;
  const perCold = coldPerHeat * heater.heatShare;
  const airConditioner = airConditionerCop(around.outdoorC);
  const isCheaper = isChillerCheaper(perCold, airConditioner, around);
  const forColdW = isCheaper ? Math.min(freeW - forProfitW, Math.max(0, wantedW / perCold - forProfitW)) : 0;
  const isAble = heaterW + forProfitW + forColdW >= heater.minW;
  const spareHeatW = (forProfitW + (isAble ? forColdW : 0)) * heater.heatShare;
  const cold =
    chiller && coldPerHeat > 0 ? runChiller(chiller, heater.supplyC, wantedW, spareHeatW) : undefined;
  const coldFromHeatW = cold?.coolingW ?? 0;
  return {
    heaterW: isAble ? forColdW : 0,
    heaterForProfitW: forProfitW,
    coolingW: (wantedW - coldFromHeatW) / airConditioner + (cold?.auxiliaryW ?? 0),
    chillerW: cold?.drivingW ?? 0,
    outsideW: spareHeatW - (cold?.drivingW ?? 0),
    coldFromHeatW,
    coolingSavedW: coldFromHeatW / airConditioner - (cold?.auxiliaryW ?? 0),
  };
}

/** Cold per heat of the heater; none without a chiller, or where the heater heats air. */
const coldByHeater = ({ heater, chiller }: Pick<Home, "heater" | "chiller">): number =>
  chiller && heater.into === "water" ? chillerCop(chiller, heater.supplyC) : 0;

const isChillerCheaper = (perCold: number, airConditioner: number, around: Surroundings): boolean =>
  perCold > 0 &&
  (around.electricityPerKwh - around.earnsPerKwh) / perCold < around.electricityPerKwh / airConditioner;

/** What a kWh of cold costs by whichever is cheaper then, in money; below 0 where the heater's work earns more. */
export function costOfCold(
  { heater, chiller }: Pick<Home, "heater" | "chiller">,
  around: Surroundings,
  hasHeater: boolean,
): number {
  const perCold = hasHeater ? coldByHeater({ heater, chiller }) * heater.heatShare : 0;
  const airConditioner = airConditionerCop(around.outdoorC);
  return isChillerCheaper(perCold, airConditioner, around)
    ? (around.electricityPerKwh - around.earnsPerKwh) / perCold
    : around.electricityPerKwh / airConditioner;
}
