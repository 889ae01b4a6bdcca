import { type Random, seededRandom } from "../../domain/index.ts";
import type { RoomModel } from "../room.ts";
import { facadesOf } from "../building/solarGains.ts";
import { drawOffShare } from "../sinks/drawOff.ts";
import { drawnTaps } from "../sinks/drawnTaps.ts";
import { mainsByHour } from "../sinks/water.ts";
import { monthlyMeans } from "../weather/calendar.ts";
import { forecastErrors } from "../weather/forecastErrors.ts";
import { meanOf, type WeatherYear } from "../weather/weatherYear.ts";
import type { LoopHome } from "./loopHome.ts";

export const minutesPerHour = 60;
const byMinute = { stepsPerHour: minutesPerHour, burst: 10, starts: minutesPerHour - 10 } as const;
/** What a plan can look ahead, and a little more, h. */
const hoursBeyond = 48;

/** What is foreseen of an hour. */
export interface ForeseenHour {
  readonly outdoorC: number;
  readonly relativeHumidity: number;
  /** Of sun and people, W. */
  readonly gainsW: number;
}

/** All that happens to a home whoever controls it, and what is foreseen of it. Hours and minutes count from its start. */
export interface LoopWorld {
  readonly hours: number;
  /** The room as it really is. */
  readonly model: RoomModel;
  readonly outdoorC: (minute: number) => number;
  readonly relativeHumidity: (minute: number) => number;
  /** The wind, as a share of its mean: leaks grow with it. */
  readonly wind: (minute: number) => number;
  readonly gainsW: (minute: number) => number;
  readonly otherW: (minute: number) => number;
  /** Warm water at the taps, l. */
  readonly litres: (minute: number) => number;
  readonly mainsC: (minute: number) => number;
  readonly roomNoiseK: (minute: number) => number;
  readonly tankNoiseK: (minute: number) => number;
  /** Made in an hour for one from then on. */
  readonly forecast: (issued: number, hour: number) => ForeseenHour;
  /** What is usually drawn off in an hour of the day, l. */
  readonly usualLitres: (hour: number) => number;
}

export interface WorldOptions {
  readonly seed: number;
  readonly hours: number;
  /** Hour of the weather's year at which it begins; its clock is the weather's. */
  readonly begins: number;
  /** Added to every forecast of the temperature outside from that hour on, K. */
  readonly forecastOffK?: number;
}

/** How far the real house is from what was taken for granted: deviations of logarithms, or K. */
const doubts = { model: 0.15, aperture: 0.2, gains: 0.25, sensorK: 0.08 } as const;

export function loopWorld(home: LoopHome, weather: WeatherYear, options: WorldOptions): LoopWorld {
  const random = seededRandom(options.seed).fork("world");
  const { hours, begins } = options;
  const all = hours + hoursBeyond;
  const at = (of: ArrayLike<number>, hour: number) => of[(begins + hour) % weather.hours] ?? 0;
  const spread = (name: string, deviation: number) => Math.exp(deviation * random.fork(name).normal());
  const south = facadesOf(weather)({ azimuthDeg: weather.place.latitude < 0 ? 0 : 180, tiltDeg: 90 });
  const sun = (hour: number) => at(south.beam, hour) + at(south.sky, hour) + at(south.ground, hour);
  const aperture = home.apertureM2 * spread("aperture", doubts.aperture);
  const people = perHour(all, random.fork("people"), () => home.internalGainW).map(
    (watts) => watts * spread("gains", doubts.gains / 2),
  );
  const noise = minuteNoise(random.fork("sensors"), hours * minutesPerHour);
  const bias = {
    room: doubts.sensorK * random.fork("room").normal(),
    tank: 0.5 * random.fork("tank").normal(),
  };
  const others = perHour(all, random.fork("others"), () => home.otherWatts);
  const water = { litresPerDay: home.litresPerDay, profile: "household" } as const;
  const taps = drawnTaps(water, hours, byMinute, random.fork("taps"));
  const meanWind = Math.max(0.5, meanOf(weather.windMs));
  const mains = mainsByHour(monthlyMeans(weather.outdoorC), weather.place.latitude, weather.hours);
  const errors = forecastErrors(random.fork("forecast"), hours + 1, all);
  const hourOf = (minute: number) => Math.floor(minute / minutesPerHour);
  const between = (of: ArrayLike<number>, minute: number) => {
    const hour = hourOf(minute);
    const share = (minute % minutesPerHour) / minutesPerHour;
    return at(of, hour) * (1 - share) + at(of, hour + 1) * share;
  };
  return {
    hours,
    model: realModel(home.model, spread),
    outdoorC: (minute) => between(weather.outdoorC, minute),
    relativeHumidity: (minute) => between(weather.relativeHumidity, minute),
    wind: (minute) => at(weather.windMs, hourOf(minute)) / meanWind,
    gainsW: (minute) => sun(hourOf(minute)) * aperture + (people[hourOf(minute)] ?? 0),
    otherW: (minute) => others[hourOf(minute)] ?? 0,
    litres: (minute) => taps[minute] ?? 0,
    mainsC: (minute) => at(mains, hourOf(minute)),
    roomNoiseK: (minute) => bias.room + 0.1 * (noise[2 * minute] ?? 0),
    tankNoiseK: (minute) => bias.tank + 0.2 * (noise[2 * minute + 1] ?? 0),
    forecast: (issued, hour) => ({
      outdoorC:
        (at(weather.outdoorC, hour) + at(weather.outdoorC, hour + 1)) / 2 +
        errors.outdoorK(issued, hour) +
        (options.forecastOffK ?? 0),
      relativeHumidity: 0.85,
      gainsW: sun(hour) * home.apertureM2 * errors.sunShare(hour) + home.internalGainW,
    }),
    usualLitres: (hour) => home.litresPerDay * drawOffShare("household", hour % 24),
  };
}

function realModel(model: RoomModel, spread: (name: string, deviation: number) => number): RoomModel {
  const off = (name: keyof RoomModel) => model[name] * spread(name, doubts.model);
  return {
    airJoulesPerKelvin: off("airJoulesPerKelvin"),
    fabricJoulesPerKelvin: off("fabricJoulesPerKelvin"),
    airToOutsideWattsPerKelvin: off("airToOutsideWattsPerKelvin"),
    fabricToOutsideWattsPerKelvin: off("fabricToOutsideWattsPerKelvin"),
    airToFabricWattsPerKelvin: off("airToFabricWattsPerKelvin"),
    heatToAir: Math.min(0.9, off("heatToAir")),
  };
}

/** A third of it is steady, the rest comes and goes by the hour. */
const perHour = (hours: number, random: Random, mean: () => number): Float64Array =>
  new Float64Array(hours).map(() => mean() * (0.33 - 0.67 * Math.log(1 - 0.999 * random.next())));

const minuteNoise = (random: Random, minutes: number): Float64Array =>
  new Float64Array(2 * minutes).map(() => random.normal());
