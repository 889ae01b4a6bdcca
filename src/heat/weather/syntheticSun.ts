import type { Random } from "../../domain/index.ts";
import { monthlyMeans, monthOfHour } from "./calendar.ts";
import type { Climate } from "./climate.ts";
import { extraterrestrial, sunPosition } from "./sun.ts";
import { meanOf, type WeatherPlace } from "./weatherYear.ts";

/** Sun of a year that nobody saw, by hour. */
export interface SyntheticSun {
  /** W/m² on the horizontal. */
  readonly global: Float64Array;
  readonly directNormal: Float64Array;
  readonly diffuseHorizontal: Float64Array;
  /** By day: how bright it is beside its month's mean day, about 0.2 … 2. */
  readonly brightness: Float64Array;
  /** By day: the share of the sky that clouds cover, in tenths. */
  readonly cloudTenths: Float64Array;
}

const days = 365;
const looks = 6;
/** Of what is above the atmosphere, by the share of possible sunshine: Glover & McCulloch (Q. J. R. Met. Soc. 84, 1958). */
const overcastShare = ({ latitude }: WeatherPlace) => 0.29 * Math.cos((latitude * Math.PI) / 180);
const clearShare = 0.52;
/** Of one day's clearness with the day's before. */
const persistence = 0.35;

/** Mean global radiation on the horizontal by month, W/m², from the hours of sunshine. */
export function normalGlobal(climate: Climate): readonly number[] {
  const { outside, dayHours } = skyOf(climate);
  const monthOutside = monthlyMeans(outside);
  const monthDay = monthlyMeans(dayHours);
  return climate.monthly.sunshineHours.map((hours, month) => {
    const possible = (monthDay[month] ?? 0) * 24 * (monthDays[month] ?? 30);
    const bright = possible > 0 ? Math.min(1, hours / possible) : 0;
    return (overcastShare(climate) + clearShare * bright) * (monthOutside[month] ?? 0);
  });
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Hours of sun with the normals' monthly means: days of varying clearness between overcast and a clear sky (Haurwitz
 * 1945), split into beam and diffuse by Erbs, Klein & Duffie (Solar Energy 28, 1982).
 */
export function syntheticSun(climate: Climate, random: Random): SyntheticSun {
  const { outside, clear, sineUp } = skyOf(climate);
  const wanted = normalGlobal(climate);
  const moods = moodsOf(random);
  const cap = (share: number, hour: number) => Math.min(1, Math.max(0.08, share)) * (clear[hour] ?? 0);
  const global = new Float64Array(8760);
  const brightness = new Float64Array(days);
  for (let month = 0; month < 12; month++) {
    const hours = hoursOf(month);
    const clearMean = meanOf(hours.map((hour) => clear[hour] ?? 0));
    const shares = (middle: number) => (hour: number) =>
      cap(middle + 0.32 * (moods[Math.floor(hour / 24)] ?? 0), hour);
    const middle = solveRising((guess) => meanOf(hours.map(shares(guess))), wanted[month] ?? 0);
    const share = shares(middle);
    for (const hour of hours) global[hour] = share(hour);
    const meanShare = clearMean > 0 ? (wanted[month] ?? 0) / clearMean : 1;
    for (const day of new Set(hours.map((hour) => Math.floor(hour / 24)))) {
      const own = Math.min(1, Math.max(0.08, middle + 0.32 * (moods[day] ?? 0)));
      brightness[day] = own / Math.max(0.08, meanShare);
    }
  }
  const { directNormal, diffuseHorizontal } = split(global, outside, sineUp);
  const cloudTenths = brightness.map((_, day) => {
    const [ofDay, above] = [sumOfDay(global, day), sumOfDay(outside, day)];
    const bright = above > 0 ? (ofDay / above - overcastShare(climate)) / clearShare : 0.5;
    return 10 * Math.min(1, Math.max(0, 1 - bright));
  });
  return { global, directNormal, diffuseHorizontal, brightness, cloudTenths };
}

interface Sky {
  /** Above the atmosphere, on the horizontal, W/m². */
  readonly outside: Float64Array;
  /** Under a clear sky, on the horizontal, W/m². */
  readonly clear: Float64Array;
  /** Mean sine of the sun's altitude over the part of the hour in which it is up. */
  readonly sineUp: Float64Array;
  /** The share of the hour in which the sun is up. */
  readonly dayHours: Float64Array;
}

function skyOf(place: WeatherPlace): Sky {
  const sky: Sky = {
    outside: new Float64Array(8760),
    clear: new Float64Array(8760),
    sineUp: new Float64Array(8760),
    dayHours: new Float64Array(8760),
  };
  for (let hour = 0; hour < 8760; hour++) {
    let [sine, clear, up] = [0, 0, 0];
    for (let look = 0; look < looks; look++) {
      const { sinAltitude } = sunPosition(place, hour + (look + 0.5) / looks);
      if (sinAltitude <= 0) continue;
      up += 1;
      sine += sinAltitude;
      clear += 1098 * sinAltitude * Math.exp(-0.057 / sinAltitude);
    }
    sky.outside[hour] = (extraterrestrial(hour) * sine) / looks;
    sky.clear[hour] = clear / looks;
    sky.sineUp[hour] = up > 0 ? sine / up : 0;
    sky.dayHours[hour] = up / looks;
  }
  return sky;
}

/** By day: a weather's cheer, of mean 0 and deviation 1, that lasts. */
function moodsOf(random: Random): Float64Array {
  let mood = random.normal();
  return new Float64Array(days).map(() => {
    mood = persistence * mood + Math.sqrt(1 - persistence ** 2) * random.normal();
    return mood;
  });
}

function split(global: Float64Array, outside: Float64Array, sineUp: Float64Array) {
  const directNormal = new Float64Array(8760);
  const diffuseHorizontal = new Float64Array(8760);
  for (let hour = 0; hour < 8760; hour++) {
    const all = global[hour] ?? 0;
    const sine = sineUp[hour] ?? 0;
    if (all <= 0 || sine <= 0) continue;
    const clearness = all / Math.max(1e-9, outside[hour] ?? 0);
    const direct = Math.min(
      (all * (1 - diffuseShare(clearness))) / Math.max(0.03, sine),
      0.85 * extraterrestrial(hour),
    );
    directNormal[hour] = direct;
    diffuseHorizontal[hour] = all - direct * sine;
  }
  return { directNormal, diffuseHorizontal };
}

function diffuseShare(clearness: number): number {
  const k = clearness;
  if (k <= 0.22) return 1 - 0.09 * k;
  if (k > 0.8) return 0.165;
  return 0.9511 - 0.1604 * k + 4.388 * k ** 2 - 16.638 * k ** 3 + 12.336 * k ** 4;
}

const hoursOf = (month: number): readonly number[] =>
  Array.from({ length: 8760 }, (_, hour) => hour).filter((hour) => monthOfHour(hour) === month);

const sumOfDay = (hourly: Float64Array, day: number) =>
  hourly.subarray(day * 24, day * 24 + 24).reduce((sum, value) => sum + value, 0);

/** Where a rising function of −2 … 3 has the wanted value, or comes nearest to it. */
function solveRising(f: (x: number) => number, wanted: number): number {
  let [low, high] = [-2, 3];
  for (let turn = 0; turn < 50; turn++) {
    const middle = (low + high) / 2;
    if (f(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
