import { type Random, seededRandom } from "../../domain/index.ts";
import { humidityAt } from "./vapour.ts";
import { alongTheYear, monthlyMeans } from "./calendar.ts";
import type { Climate } from "./climate.ts";
import { type SyntheticSun, syntheticSun } from "./syntheticSun.ts";
import { meanOf, skyInfraredOf, type WeatherYear } from "./weatherYear.ts";

/** ASHRAE Handbook of Fundamentals, chapter 14: how far below the day's maximum each hour is, of the daily range. */
const belowMaximum = [
  0.88, 0.92, 0.95, 0.98, 1, 0.98, 0.91, 0.74, 0.55, 0.38, 0.23, 0.13, 0.05, 0, 0, 0.06, 0.14, 0.24, 0.39,
  0.5, 0.59, 0.68, 0.75, 0.82,
];
const meanBelow = meanOf(belowMaximum);
/** Of a day's departure from the normal with the day's before. */
const persistence = 0.75;
const groundDepthM = 2;
/** Of moist soil, m² a day. */
const groundDiffusivity = 0.05;

/**
 * A year of hours with a climate's monthly means. Days depart from the normal, warm and cold in turn, by a deviation
 * that grows with the difference of the seasons and is larger in winter; clear days swing more. The dew point is the
 * daily minimum (FAO Irrigation and Drainage Paper 56, equation 48), the ground as Kusuda & Achenbach (1965). The same
 * seed gives the same year.
 */
export function syntheticYear(climate: Climate, seed: number): WeatherYear {
  const random = seededRandom(seed);
  const sun = syntheticSun(climate, random.fork("sun"));
  const outdoorC = temperatures(climate, sun, random.fork("temperature"));
  const dewPointC = dewPoints(outdoorC);
  return {
    place: {
      name: `${climate.name} (synthetic year ${seed})`,
      latitude: climate.latitude,
      longitude: climate.longitude,
      hoursFromUtc: climate.hoursFromUtc,
      altitudeM: climate.altitudeM,
    },
    hours: 8760,
    outdoorC,
    relativeHumidity: outdoorC.map((outdoor, hour) => humidityAt(outdoor, 1, dewPointC[hour] ?? outdoor)),
    windMs: winds(climate.windMs, random.fork("wind")),
    directNormal: sun.directNormal,
    diffuseHorizontal: sun.diffuseHorizontal,
    skyInfrared: outdoorC.map((outdoor, hour) =>
      skyInfraredOf(outdoor, dewPointC[hour] ?? outdoor, sun.cloudTenths[Math.floor(hour / 24)] ?? 5),
    ),
    groundC: groundOf(climate),
  };
}

function temperatures(climate: Climate, sun: SyntheticSun, random: Random): Float64Array {
  const { meanC, dailyRangeK } = climate.monthly;
  const departures = departuresOf(meanC, random);
  const range = alongTheYear(dailyRangeK);
  const rough = new Float64Array(8760).map((_, hour) => {
    const day = Math.floor(hour / 24);
    const swing = (range[hour] ?? 0) * (0.5 + 0.5 * Math.min(2, sun.brightness[day] ?? 1));
    const intoDay = (hour % 24) / 24;
    const departure = (departures[day] ?? 0) * (1 - intoDay) + (departures[day + 1] ?? 0) * intoDay;
    return departure + swing * (meanBelow - (belowMaximum[hour % 24] ?? 0));
  });
  return withMonthlyMeans(rough, meanC);
}

/** By day, one more than the year has: K away from the normal. */
function departuresOf(meanC: readonly number[], random: Random): Float64Array {
  const [warmest, coldest] = [Math.max(...meanC), Math.min(...meanC)];
  const seasons = Math.max(0.1, warmest - coldest);
  const normal = alongTheYear(meanC);
  let state = random.normal();
  return new Float64Array(366).map((_, day) => {
    const winter = (warmest - (normal[(day * 24) % 8760] ?? 0)) / seasons;
    const deviation = 1.8 + 0.07 * seasons + winter * 0.14 * seasons;
    state = persistence * state + Math.sqrt(1 - persistence ** 2) * random.normal();
    return deviation * state;
  });
}

/** Adds what is missing from each month's mean, along smooth lines until nothing is. */
function withMonthlyMeans(rough: Float64Array, wanted: readonly number[]): Float64Array {
  let series = rough;
  for (let turn = 0; turn < 40; turn++) {
    const means = monthlyMeans(series);
    const missing = alongTheYear(wanted.map((want, month) => want - (means[month] ?? 0)));
    series = series.map((value, hour) => value + (missing[hour] ?? 0));
  }
  return series;
}

function dewPoints(outdoorC: Float64Array): Float64Array {
  const minimum = new Float64Array(365).map((_, day) =>
    Math.min(...outdoorC.subarray(day * 24, day * 24 + 24)),
  );
  return outdoorC.map((outdoor, hour) => Math.min(outdoor, minimum[Math.floor(hour / 24)] ?? outdoor));
}

/** Mean winds of days, between a third and two times the mean. */
function winds(meanMs: number, random: Random): Float64Array {
  const days = new Float64Array(365).map(() => Math.min(2, Math.max(0.33, 1 + 0.4 * random.normal())));
  const mean = meanOf(days);
  return new Float64Array(8760).map((_, hour) => (meanMs * (days[Math.floor(hour / 24)] ?? mean)) / mean);
}

function groundOf({ monthly: { meanC } }: Climate): readonly number[] {
  const mean = meanOf(meanC);
  const coldest = meanC.indexOf(Math.min(...meanC));
  const amplitude = (Math.max(...meanC) - Math.min(...meanC)) / 2;
  const depth = groundDepthM * Math.sqrt(Math.PI / (365 * groundDiffusivity));
  return meanC.map(
    (_, month) =>
      mean - amplitude * Math.exp(-depth) * Math.cos((2 * Math.PI * (month - coldest)) / 12 - depth),
  );
}
