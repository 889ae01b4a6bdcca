import {
  type Building,
  facadesOf,
  fiveR1CZone,
  simulateBuilding,
  summarizeZones,
  surfacesZone,
  type WeatherYear,
  type ZoneSummary,
} from "../../heat/index.ts";
import type { BestestReference } from "./bestestReference.ts";

/** One figure of one case beside what the six reference programs say. */
export interface BestestFigure {
  readonly case: string;
  readonly quantity: string;
  readonly unit: string;
  /** By the model with every surface, the one that `study building` uses. */
  readonly value: number;
  /** By ISO 13790's five resistances and one capacity. */
  readonly fiveR1C: number;
  readonly programs: Readonly<Record<string, number>>;
  readonly programsMin: number;
  readonly programsMax: number;
  readonly lowerLimit?: number;
  readonly upperLimit?: number;
  /** Undefined where the standard sets no limits. */
  readonly withinLimits?: boolean;
  readonly withinPrograms: boolean;
}

export interface BestestReport {
  readonly weather: string;
  readonly cases: Readonly<Record<string, { readonly surfaces: ZoneSummary; readonly fiveR1C: ZoneSummary }>>;
  readonly figures: readonly BestestFigure[];
  /** Within the limits, and free-floating extremes within 2 K of the programs. */
  readonly passed: boolean;
}

const toleratedK = 2;

const keys: Readonly<Record<string, keyof ZoneSummary>> = {
  annual_heating: "heatingMWh",
  annual_sensible_cooling: "coolingMWh",
  peak_heating: "peakHeatingKw",
  peak_sensible_cooling: "peakCoolingKw",
  free_float_max: "airMaxC",
  free_float_min: "airMinC",
  free_float_mean: "airMeanC",
};

/** Runs the cases of ASHRAE Standard 140 that have a building and puts each figure beside its reference. */
export function studyBestest(
  buildings: Readonly<Record<string, Building>>,
  weather: WeatherYear,
  reference: readonly BestestReference[],
): BestestReport {
  const facades = facadesOf(weather);
  const cases = Object.fromEntries(
    Object.entries(buildings).map(([name, building]) => [
      name,
      {
        surfaces: summarizeZones(simulateBuilding(building, weather, facades, surfacesZone)),
        fiveR1C: summarizeZones(simulateBuilding(building, weather, facades, fiveR1CZone)),
      },
    ]),
  );
  const figures = reference.flatMap((row): BestestFigure[] => {
    const key = keys[row.quantity];
    const result = cases[row.case];
    if (!key || !result) return [];
    const value = result.surfaces[key];
    const { programs, programsMin, programsMax } = row;
    const within = (low: number, high: number) => value >= low && value <= high;
    const { lowerLimit, upperLimit } = row;
    return [
      {
        case: row.case,
        quantity: row.quantity,
        unit: row.unit,
        value,
        fiveR1C: result.fiveR1C[key],
        programs,
        programsMin,
        programsMax,
        withinPrograms: within(programsMin, programsMax),
        ...(lowerLimit === undefined || upperLimit === undefined
          ? {}
          : { lowerLimit, upperLimit, withinLimits: within(lowerLimit, upperLimit) }),
      },
    ];
  });
  return { weather: weather.place.name, cases, figures, passed: figures.length > 0 && figures.every(holds) };
}

function holds({ withinLimits, value, programsMin, programsMax }: BestestFigure): boolean {
  if (withinLimits !== undefined) return withinLimits;
  return value >= programsMin - toleratedK && value <= programsMax + toleratedK;
}
