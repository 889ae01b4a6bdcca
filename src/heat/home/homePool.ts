import type { Facades } from "../building/solarGains.ts";
import { type Pool, poolJoulesPerKelvin, stepPool } from "../sinks/pool.ts";
import { monthOfHour } from "../weather/calendar.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import type { SinkWish } from "./allocate.ts";
import { stepSeconds } from "./dwelling.ts";
import type { Home } from "./homeSchema.ts";
import { coilSpreadK } from "./sources.ts";

/** A home's pool in its season. */
export interface HomePool {
  wish(hour: number): SinkWish;
  /** Gives the water, °C; NaN out of season. */
  end(hour: number, heatW: number): number;
  reset(): void;
}

const coilC = 35;
const coveredFrom = 20;
const coveredUntil = 8;

export function openHomePool({ pool }: Home, weather: WeatherYear, facades: Facades): HomePool | undefined {
  if (!pool) return undefined;
  const { months, targetC, maxHeatW, windShare } = pool;
  const basin: Pool = { areaM2: pool.areaM2, depthM: pool.depthM };
  const wattsPerKelvin = poolJoulesPerKelvin(basin) / stepSeconds;
  const ground = groundByHour(weather);
  const { beam, sky } = facades({ azimuthDeg: 0, tiltDeg: 0 });
  const isSeason = (hour: number) => months.includes(monthOfHour(hour) + 1);
  const isCovered = (hour: number) =>
    pool.cover === "night" && (hour % 24 >= coveredFrom || hour % 24 < coveredUntil);
  let waterC = targetC;
  return {
    wish: (hour) => ({
      sink: "pool",
      supplyC: coilC,
      returnC: () => coilC - coilSpreadK,
      heatW(source, givenW) {
        if (!isSeason(hour) || source.isBackup || !source.heatsWater) return 0;
        return Math.min(maxHeatW, Math.max(0, targetC - waterC) * wattsPerKelvin) - givenW;
      },
    }),
    end(hour, heatW) {
      ({ waterC } = stepPool(basin, waterC, {
        seconds: stepSeconds,
        heatW,
        isCovered: isCovered(hour) || !isSeason(hour),
        outdoorC: weather.outdoorC[hour] ?? 0,
        relativeHumidity: weather.relativeHumidity[hour] ?? 0.7,
        windMs: windShare * (weather.windMs[hour] ?? 0),
        sunW: (beam[hour] ?? 0) + (sky[hour] ?? 0),
        skyInfrared: weather.skyInfrared[hour] ?? 300,
        groundC: ground[hour] ?? 10,
      }));
      waterC = Math.max(0, waterC);
      return isSeason(hour) ? waterC : Number.NaN;
    },
    reset() {
      waterC = targetC;
    },
  };
}
