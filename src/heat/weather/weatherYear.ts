import { monthOfHour } from "./calendar.ts";

/** Where a weather file was recorded. */
export interface WeatherPlace {
  readonly name: string;
  /** Degrees, north positive. */
  readonly latitude: number;
  /** Degrees, east positive. */
  readonly longitude: number;
  /** Of its clock, which knows no daylight saving; east positive. */
  readonly hoursFromUtc: number;
  readonly altitudeM: number;
}

/** A year of hourly weather; value `h` holds for the hour that ends at `h + 1` o'clock, counted from 1 January. */
export interface WeatherYear {
  readonly place: WeatherPlace;
  /** 8760, or 8784 in a leap year. */
  readonly hours: number;
  readonly outdoorC: Float64Array;
  /** 0 … 1. */
  readonly relativeHumidity: Float64Array;
  readonly windMs: Float64Array;
  /** W/m² on a plane that faces the sun. */
  readonly directNormal: Float64Array;
  /** W/m² on the horizontal. */
  readonly diffuseHorizontal: Float64Array;
  /** Long-wave radiation of the sky on the horizontal, W/m². */
  readonly skyInfrared: Float64Array;
  /** Undisturbed ground, °C, by month. */
  readonly groundC: readonly number[];
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / values.length;
}

const grounds = new WeakMap<WeatherYear, Float64Array>();

/** The ground's temperature, °C, by hour. */
export function groundByHour(weather: WeatherYear): Float64Array {
  const known = grounds.get(weather);
  if (known) return known;
  const ground = new Float64Array(weather.hours).map((_, hour) => weather.groundC[monthOfHour(hour)] ?? 10);
  grounds.set(weather, ground);
  return ground;
}

/**
 * Long-wave radiation of a sky of which no one measured it, W/m²: clear-sky emissivity by dew point and cloudiness,
 * as EnergyPlus' Engineering Reference gives them (Clark & Allen 1978; Walton 1983).
 */
export function skyInfraredOf(outdoorC: number, dewPointC: number, opaqueTenths: number): number {
  const cover = Math.min(10, Math.max(0, opaqueTenths));
  const clear = 0.787 + 0.764 * Math.log((dewPointC + 273.15) / 273);
  const emissivity = clear * (1 + 0.0224 * cover - 0.0035 * cover ** 2 + 0.00028 * cover ** 3);
  return emissivity * 5.670374e-8 * (outdoorC + 273.15) ** 4;
}
