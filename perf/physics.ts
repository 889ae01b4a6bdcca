import {
  buildingSchema,
  facadesOf,
  fiveR1CZone,
  simulateBuilding,
  surfacesZone,
  type WeatherYear,
} from "../src/heat/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { ratesPerSecond } from "./rounds.ts";

type Name = "homeYearsPerSecond" | "surfaceYearsPerSecond";

export const physics: Benchmark<Name> = {
  title:
    "Years of a home, hour by hour, on one thread; its solar gains included, the sun on its facades known",
  figures: [
    { name: "homeYearsPerSecond", unit: "1/s", better: "higher", must: 200 },
    { name: "surfaceYearsPerSecond", unit: "1/s", better: "higher" },
  ],
  measure() {
    const weather = madeUpYear();
    const facades = facadesOf(weather);
    const rates = ratesPerSecond({
      fiveR1C: (count) => {
        for (let year = 0; year < count; year++) simulateBuilding(home, weather, facades, fiveR1CZone);
      },
      surfaces: (count) => {
        for (let year = 0; year < count; year++) simulateBuilding(home, weather, facades, surfacesZone);
      },
    });
    return Promise.resolve({
      homeYearsPerSecond: rates.fiveR1C.median,
      surfaceYearsPerSecond: rates.surfaces.median,
    });
  },
};

const home = buildingSchema.parse({
  zone: { floorAreaM2: 120, volumeM3: 300, mass: "medium", internalGainW: 400 },
  opaque: [
    ...[0, 90, 180, 270].map((azimuthDeg) => ({ areaM2: 30, uValue: 0.4, azimuthDeg })),
    { areaM2: 120, uValue: 0.25, tiltDeg: 0 },
    { areaM2: 120, uValue: 0.35, tiltDeg: 180, adjacent: "ground" },
  ],
  windows: [90, 180, 270].map((azimuthDeg) => ({ areaM2: 6, uValue: 1.3, gValue: 0.6, azimuthDeg })),
  heating: { setpoints: 20 },
  cooling: { setpoints: 26 },
});

function madeUpYear(): WeatherYear {
  const series = (value: (hour: number) => number) =>
    Float64Array.from({ length: 8760 }, (_, hour) => value(hour));
  const season = (hour: number) => -Math.cos((2 * Math.PI * hour) / 8760);
  const day = (hour: number) => -Math.cos((2 * Math.PI * (hour % 24)) / 24);
  return {
    place: { name: "made up", latitude: 50, longitude: 15, hoursFromUtc: 1, altitudeM: 200 },
    hours: 8760,
    outdoorC: series((hour) => 9 + 10 * season(hour) + 4 * day(hour)),
    relativeHumidity: series(() => 0.7),
    windMs: series(() => 3),
    directNormal: series((hour) => Math.max(0, 500 * day(hour))),
    diffuseHorizontal: series((hour) => Math.max(0, 120 * day(hour))),
    skyInfrared: series((hour) => 300 + 50 * season(hour)),
    groundC: Array.from({ length: 12 }, () => 10),
  };
}
