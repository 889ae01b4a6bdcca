import { revenuePerKwh } from "../../bitcoin/index.ts";
import {
  earningsOf,
  type HomeMoney,
  type HomeReport,
  homeReport,
  type ComparedSystem,
} from "../../energy/index.ts";
import {
  facadesOf,
  type Home,
  homeBuilding,
  type HomeSystem,
  homeSystems,
  simulateHome,
  typicalDays,
  type WeatherYear,
  wholeYear,
} from "../../heat/index.ts";

export interface StudiedFile {
  readonly home: Home;
  readonly money: HomeMoney;
}

/** How much of the year was simulated: twelve typical days that stand for it, or all of it. */
export const homeExtents = ["typical days", "whole year"] as const;
export type HomeExtent = (typeof homeExtents)[number];

/**
 * What each way to heat a home would cost, earn and emit in a year of a weather.
 *
 * @param onSystem called before each way is simulated.
 */
export function studyHome(
  { home, money }: StudiedFile,
  weather: WeatherYear,
  extent: HomeExtent,
  onSystem: (system: HomeSystem, index: number, count: number) => void = () => {},
): HomeReport {
  const { mining } = money;
  const miningPerKwh = revenuePerKwh({
    perTerahashDay: mining.hashpricePerPhDay / 1000,
    joulesPerTerahash: mining.joulesPerTerahash,
    poolFee: mining.poolFee,
  });
  const year = { home, building: homeBuilding(home, weather), weather, facades: facadesOf(weather) };
  const stretches = extent === "whole year" ? wholeYear(weather) : typicalDays(weather);
  const compared = homeSystems.map((system, index) => {
    onSystem(system, index, homeSystems.length);
    const one: ComparedSystem = { system, workload: workloadOf(system, money) };
    const hours = earningsOf(one, money, miningPerKwh);
    const byHour = (of: (hour: (typeof hours)[number]) => number) =>
      new Float64Array(weather.hours).map((_, at) => of(hours[at % 24] ?? hours[0]!));
    const offer = {
      electricityPerKwh: byHour(({ pricePerKwh }) => pricePerKwh),
      earnsPerKwh: byHour(({ perKwh }) => perKwh),
      profitShare: byHour(({ profitShare }) => profitShare),
    };
    return { ...one, flows: simulateHome(year, system, offer, stretches) };
  });
  return homeReport(
    {
      home: home.name,
      weather: weather.place.name,
      hasChiller: home.chiller !== undefined,
      money,
      miningPerKwh,
    },
    compared,
  );
}

function workloadOf(system: HomeSystem, { besideHeatPump }: HomeMoney) {
  switch (system) {
    case "heater-mining":
      return "mining" as const;
    case "heater-jobs":
      return "jobs" as const;
    case "heater-beside-heat-pump":
      return besideHeatPump;
    default:
      return undefined;
  }
}
