import { monthOfHour } from "../weather/calendar.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";

/** Hours of the year that are simulated one after the other. */
export interface Stretch {
  readonly from: number;
  /** Not part of it. */
  readonly until: number;
  /** Hours that are run before it and not counted. */
  readonly warmUp: number;
  /** How many hours of the year each of its hours stands for. */
  readonly weight: number;
}

export const wholeYear = ({ hours }: WeatherYear): readonly Stretch[] => [
  { from: 0, until: hours, warmUp: 14 * 24, weight: 1 },
];

/** Twelve days, each the one most like its month's mean in temperature and sun, that stand for their months. */
export function typicalDays(weather: WeatherYear): readonly Stretch[] {
  const days = Array.from({ length: Math.floor(weather.hours / 24) }, (_, day) => day);
  const warmth = days.map((day) => meanOfDay(weather.outdoorC, day));
  const sun = days.map(
    (day) => meanOfDay(weather.directNormal, day) + meanOfDay(weather.diffuseHorizontal, day),
  );
  return Array.from({ length: 12 }, (_, month) => {
    const own = days.filter((day) => monthOfHour(day * 24) === month);
    const mean = (values: readonly number[]) =>
      own.reduce((sum, day) => sum + (values[day] ?? 0), 0) / own.length;
    const [meanWarmth, meanSun] = [mean(warmth), mean(sun)];
    const farness = (day: number) =>
      Math.abs((warmth[day] ?? 0) - meanWarmth) / 3 + Math.abs((sun[day] ?? 0) - meanSun) / 100;
    const [best = 0] = own.toSorted((one, other) => farness(one) - farness(other));
    return { from: best * 24, until: best * 24 + 24, warmUp: 72, weight: own.length };
  });
}

const meanOfDay = (hourly: Float64Array, day: number) =>
  hourly.subarray(day * 24, day * 24 + 24).reduce((sum, value) => sum + value, 0) / 24;
