import {
  type Building,
  facadesOf,
  simulateFiveR1C,
  simulateSurfaces,
  summarizeZone,
  type WeatherYear,
  type ZoneSummary,
  type ZoneYear,
} from "../../heat/index.ts";

export const buildingModels = ["surfaces", "5r1c"] as const;
export type BuildingModel = (typeof buildingModels)[number];

const simulations = { surfaces: simulateSurfaces, "5r1c": simulateFiveR1C } as const;

export interface BuildingReport extends ZoneSummary {
  readonly building: string;
  readonly weather: string;
  readonly model: BuildingModel;
}

/** A year of a building under a weather. */
export function studyBuilding(
  building: Building,
  weather: WeatherYear,
  model: BuildingModel,
): { readonly report: BuildingReport; readonly year: ZoneYear } {
  const year = simulations[model](building, weather, facadesOf(weather));
  const report = {
    building: building.name ?? "building",
    weather: weather.place.name,
    model,
    ...summarizeZone(year),
  };
  return { report, year };
}

/** By hour, as CSV: the hour's number, outdoor and indoor air, °C, heating and cooling, W. */
export function hourlyCsv(weather: WeatherYear, { airC, heatingW, coolingW }: ZoneYear): string {
  const rows = Array.from(
    airC,
    (air, hour) =>
      `${hour + 1},${(weather.outdoorC[hour] ?? 0).toFixed(1)},${air.toFixed(3)},${(heatingW[hour] ?? 0).toFixed(1)},${(coolingW[hour] ?? 0).toFixed(1)}`,
  );
  return `hour,outdoorC,airC,heatingW,coolingW\n${rows.join("\n")}\n`;
}
