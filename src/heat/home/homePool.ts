import type { Facades } from "../building/solarGains.ts";
import { type Pool, poolJoulesPerKelvin, type PoolSurroundings, stepPool } from "../sinks/pool.ts";
import { monthOfHour } from "../weather/calendar.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import type { SinkWish } from "./allocate.ts";
import { comfortBandK, stepSeconds } from "./dwelling.ts";
import type { OrderedHeat } from "./homeOrder.ts";
import type { Home } from "./homeSchema.ts";
import { coilSpreadK, type Source } from "./sources.ts";

/** A home's pool in its season. */
export interface HomePool {
  /** @param ordered whose heat a plan asks for; without it the plain thermostat decides. */
  wish(hour: number, ordered?: OrderedHeat): SinkWish;
  /** What it can take where a plan asks for heat, W. */
  bearsW(hour: number, source: Source, ordered?: OrderedHeat): number;
  waterC(): number;
  end(hour: number, heatW: number): PoolResult;
  reset(): void;
}

export interface PoolResult {
  /** NaN out of season. */
  readonly poolC: number;
  /** Below what is wanted in its season, less the band, K. */
  readonly poolColdK: number;
}

/** Of the water that heats it, °C. */
export const poolCoilC = 35;
export const noPool: PoolResult = { poolC: Number.NaN, poolColdK: 0 };
/** So far below what is wanted a plan may let it go, K. */
const toleranceK = 0.2;
const coveredFrom = 20;
const coveredUntil = 8;

export type PoolOfHome = NonNullable<Home["pool"]>;

export const basinOf = ({ areaM2, depthM }: PoolOfHome): Pool => ({ areaM2, depthM });
export const isPoolSeason = ({ months }: PoolOfHome, hour: number): boolean =>
  months.includes(monthOfHour(hour) + 1);
/** Backups are not for it. */
export const heatsPool = ({ isBackup, heatsWater }: Source): boolean => !isBackup && heatsWater;

/** What surrounds the pool's water, by hour of the year. */
export function poolSurroundings(
  pool: PoolOfHome,
  weather: WeatherYear,
  facades: Facades,
): (hour: number) => PoolSurroundings {
  const ground = groundByHour(weather);
  const { beam, sky } = facades({ azimuthDeg: 0, tiltDeg: 0 });
  const isCovered = (hour: number) =>
    pool.cover === "night" && (hour % 24 >= coveredFrom || hour % 24 < coveredUntil);
  return (hour) => ({
    isCovered: isCovered(hour) || !isPoolSeason(pool, hour),
    outdoorC: weather.outdoorC[hour] ?? 0,
    relativeHumidity: weather.relativeHumidity[hour] ?? 0.7,
    windMs: pool.windShare * (weather.windMs[hour] ?? 0),
    sunW: (beam[hour] ?? 0) + (sky[hour] ?? 0),
    skyInfrared: weather.skyInfrared[hour] ?? 300,
    groundC: ground[hour] ?? 10,
  });
}

export function openHomePool(
  { pool, planner }: Home,
  weather: WeatherYear,
  facades: Facades,
): HomePool | undefined {
  if (!pool) return undefined;
  const { targetC, maxHeatW } = pool;
  const basin = basinOf(pool);
  const wattsPerKelvin = poolJoulesPerKelvin(basin) / stepSeconds;
  const around = poolSurroundings(pool, weather, facades);
  let waterC = targetC;
  /** That warms it up to a temperature within the step, W. */
  const upToW = (celsius: number) => Math.min(maxHeatW, Math.max(0, celsius - waterC) * wattsPerKelvin);
  const mostPlannedW = () => upToW(targetC + planner.warmerK);
  const isSeason = (hour: number) => isPoolSeason(pool, hour);
  return {
    wish(hour, ordered) {
      const askedW = ordered && Object.values(ordered).reduce((sum, watts) => sum + watts, 0);
      const leastW = upToW(ordered ? targetC - toleranceK : targetC);
      return {
        sink: "pool",
        supplyC: poolCoilC,
        returnC: () => poolCoilC - coilSpreadK,
        heatW(source, givenW) {
          if (!isSeason(hour) || !heatsPool(source)) return 0;
          if (!ordered || askedW === undefined || askedW < leastW) return leastW - givenW;
          return Math.min(mostPlannedW() - givenW, ordered[source.kind] ?? 0);
        },
      };
    },
    bearsW: (hour, source, ordered) =>
      isSeason(hour) && heatsPool(source) && (ordered?.[source.kind] ?? 0) > 0 ? mostPlannedW() : 0,
    waterC: () => waterC,
    end(hour, heatW) {
      ({ waterC } = stepPool(basin, waterC, { seconds: stepSeconds, heatW, ...around(hour) }));
      waterC = Math.max(0, waterC);
      if (!isSeason(hour)) return noPool;
      return { poolC: waterC, poolColdK: Math.max(0, targetC - comfortBandK - waterC) };
    },
    reset() {
      waterC = targetC;
    },
  };
}
