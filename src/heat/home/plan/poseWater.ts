import { Celsius } from "../../../domain/index.ts";
import type { PlannedPool, PlannedTank } from "../../planner/planProblem.ts";
import { unheatedWater } from "../../planner/waterStep.ts";
import { legionellaRule } from "../../sinks/legionella.ts";
import { poolJoulesPerKelvin, poolLossW } from "../../sinks/pool.ts";
import { joulesPerLitreKelvin } from "../../sinks/water.ts";
import { stepsPerHour } from "../dwelling.ts";
import { basinOf, isPoolSeason } from "../homePool.ts";
import type { Home } from "../homeSchema.ts";
import { type AskedHome, type AskedPool, discomfort, horizonHours, type KnownHome } from "./askedHome.ts";

/** The tank's mean above the taps' water at which its top is warm enough, K. */
const tankOverTapK = 4;
const tankMostC = 65;
/** The tank as a whole is so much warmer than where it is coldest, K. */
const disinfectionOverK = 1.5;
/** So long before the deadline it is to be done, h. */
const reserveHours = 5;
const tankAroundC = 18;

export function plannedTank(
  { run, known, times, meanPrice, hourOf, outlook }: AskedHome,
  hotWater: Home["hotWater"],
): PlannedTank {
  const { tapC, tankLitres } = hotWater;
  const joulesPerKelvin = tankLitres * joulesPerLitreKelvin;
  return {
    kind: "tank",
    id: "tank",
    joulesPerKelvin,
    lossWattsPerKelvin: hotWater.lossWattsPerKelvin,
    around: Celsius(tankAroundC),
    temperature: Celsius(known.tank.meanC),
    drawOff: times.map(({ hour, step, quarters: count }) => {
      const litres = outlook.litresPerHour(hour, step, count);
      const cold = run.mainsC(hourOf(hour));
      return (litres * joulesPerLitreKelvin * Math.max(0, tapC - cold)) / 3600;
    }),
    least: times.map(() => tapC + tankOverTapK),
    most: times.map(() => Math.min(tankMostC, run.mostTankC)),
    coldPerKelvinHour: discomfort.coldWater * meanPrice,
    hotPerKelvinHour: discomfort.hotWater * meanPrice,
    ...disinfectionOf(hotWater, known, times),
  };
}

/** What its water loses while it is as warm as it is now, and by how much that grows with each kelvin, hour by hour. */
export function plannedPool(asked: AskedHome, pool: AskedPool): PlannedPool {
  const { known, times, steps, meanPrice, hourOf, home, outlook } = asked;
  const basin = basinOf(pool);
  const joulesPerKelvin = poolJoulesPerKelvin(basin);
  const lossW = (hour: number, kelvin: number) => {
    const around = outlook.poolAround(known.index, hour);
    return around ? poolLossW(basin, pool.waterC + kelvin, around) : 0;
  };
  const isSeason = times.map(({ hour }) => isPoolSeason(pool, hourOf(hour)));
  const water: PlannedPool = {
    kind: "pool",
    id: "pool",
    joulesPerKelvin,
    lossWattsPerKelvin: times.map(({ hour }) => Math.max(0, lossW(hour, 0.5) - lossW(hour, -0.5))),
    around: Celsius(pool.waterC),
    temperature: Celsius(pool.waterC),
    drawOff: times.map(({ hour }) => lossW(hour, 0)),
    least: isSeason.map((is) => (is ? pool.targetC : 0)),
    most: isSeason.map((is) => (is ? pool.targetC + home.planner.warmerK : 100)),
    mostHeat: isSeason.map((is) => (is ? pool.maxHeatW : 0)),
    coldPerKelvinHour: discomfort.cold * meanPrice,
    hotPerKelvinHour: discomfort.cold * meanPrice,
  };
  const isWanted = (isSeason.at(-1) ?? false) && (unheatedWater(water, steps).at(-1) ?? 0) < pool.targetC;
  return isWanted ? water : { ...water, worthPerKwh: 0 };
}

function disinfectionOf(
  { legionellaEveryHours }: Home["hotWater"],
  { tank, index }: KnownHome,
  times: AskedHome["times"],
): Pick<PlannedTank, "disinfection"> {
  const left = legionellaEveryHours - tank.legionella.sinceSeconds / 3600 - reserveHours;
  if (left > horizonHours) return {};
  const byStep = times.findLastIndex(
    ({ hour, step, length }) => hour - index + step / stepsPerHour + length <= left,
  );
  return {
    disinfection: {
      celsius: legionellaRule.celsius + disinfectionOverK,
      byStep: Math.max(byStep, stepsPerHour - 1),
    },
  };
}
