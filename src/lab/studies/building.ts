import {
  type Building,
  facadesOf,
  fiveR1CZone,
  simulateBuilding,
  surfacesZone,
  summarizeZones,
  type WeatherYear,
  type ZoneSummary,
  type ZoneYear,
  zonesOf,
} from "../../heat/index.ts";

export const buildingModels = ["surfaces", "5r1c"] as const;
export type BuildingModel = (typeof buildingModels)[number];

const models = { surfaces: surfacesZone, "5r1c": fiveR1CZone } as const;

export interface BuildingReport extends ZoneSummary {
  readonly building: string;
  readonly weather: string;
  readonly model: BuildingModel;
  /** By the zones' names, where there are several. */
  readonly zones?: Readonly<Record<string, ZoneSummary>>;
}

/** A year of each of a building's zones, by name. */
export type BuildingYear = Readonly<Record<string, ZoneYear>>;

/** A year of a building under a weather. */
export function studyBuilding(
  building: Building,
  weather: WeatherYear,
  model: BuildingModel,
): { readonly report: BuildingReport; readonly year: BuildingYear } {
  const years = simulateBuilding(building, weather, facadesOf(weather), models[model]);
  const named = zonesOf(building).flatMap(({ zone }, index) => {
    const year = years[index];
    return year ? [[zone.name, year] as const] : [];
  });
  const report = {
    building: building.name ?? "building",
    weather: weather.place.name,
    model,
    ...summarizeZones(years),
    ...(named.length > 1 && {
      zones: Object.fromEntries(named.map(([name, year]) => [name, summarizeZones([year])])),
    }),
  };
  return { report, year: Object.fromEntries(named) };
}

/**
 * By hour, as CSV: the hour's number and outdoor air, then indoor air, °C, heating and cooling, W, of each zone; where
 * there are several, their columns begin with its name.
 */
export function hourlyCsv(weather: WeatherYear, year: BuildingYear): string {
  const zones = Object.entries(year);
  const columnsOf = (name: string) => {
    const prefix = zones.length > 1 ? `${name.replaceAll(/[",\r\n]/g, " ")} ` : "";
    return ["airC", "heatingW", "coolingW"].map((column) => prefix + column);
  };
  const head = ["hour", "outdoorC", ...zones.flatMap(([name]) => columnsOf(name))].join(",");
  const rows = Array.from({ length: weather.hours }, (_, hour) => {
    const cells = zones.flatMap(([, { airC, heatingW, coolingW }]) => [
      (airC[hour] ?? 0).toFixed(3),
      (heatingW[hour] ?? 0).toFixed(1),
      (coolingW[hour] ?? 0).toFixed(1),
    ]);
    return [hour + 1, (weather.outdoorC[hour] ?? 0).toFixed(1), ...cells].join(",");
  });
  return `${head}\n${rows.join("\n")}\n`;
}
