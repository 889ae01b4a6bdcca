import { z } from "zod";
import { climateSchema } from "../weather/climate.ts";
import { syntheticYear } from "../weather/syntheticYear.ts";
import { homeBuilding } from "./house.ts";
import { type Home, homeShape } from "./homeSchema.ts";
import type { HomeOffer, HomeYear } from "./homeRun.ts";

/** A temperate climate, like that of middle Europe. */
export const sampleWeather = syntheticYear(
  climateSchema.parse({
    name: "Sampletown",
    source: "made up",
    latitude: 50,
    longitude: 10,
    hoursFromUtc: 1,
    altitudeM: 200,
    windMs: 3,
    monthly: {
      meanC: [0, 1, 5, 9, 14, 17, 19, 18, 14, 9, 4, 1],
      dailyRangeK: [5, 6, 8, 10, 11, 11, 11, 11, 10, 7, 5, 4],
      sunshineHours: [50, 80, 120, 170, 210, 220, 230, 210, 160, 110, 55, 40],
    },
  }),
  1,
);

export const sampleHome = (over: Record<string, unknown> = {}): Home =>
  z.strictObject(homeShape).parse({ house: { floorAreaM2: 120 }, ...over });

export const sampleYear = (over: Record<string, unknown> = {}): HomeYear => {
  const home = sampleHome(over);
  return { home, building: homeBuilding(home, sampleWeather), weather: sampleWeather };
};

/** The same all year. */
export const offerOf = (electricityPerKwh: number, earnsPerKwh: number, profitShare = 0): HomeOffer => {
  const always = (value: number) => new Float64Array(8760).fill(value);
  return {
    electricityPerKwh: always(electricityPerKwh),
    earnsPerKwh: always(earnsPerKwh),
    profitShare: always(profitShare),
  };
};
