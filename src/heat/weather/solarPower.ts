import { type Instant, Watts } from "../../domain/index.ts";
import type { Facing } from "./facade.ts";
import type { Weather } from "./forecast.ts";
import { sunPosition } from "./sun.ts";

/** Photovoltaics on one plane. */
export interface SolarArray extends Facing {
  /** Peak power by its data sheet, kW. */
  readonly kWp: number;
  readonly latitude: number;
  readonly longitude: number;
  /** Of that power, what reaches the house at full sun: heat, inverter, cables, dirt. 0 … 1. */
  readonly performance: number;
}

const albedo = 0.2;
const degrees = Math.PI / 180;
/** At which a module gives its peak power, W/m². */
const peakWm2 = 1000;

function sunOver({ latitude, longitude }: Pick<SolarArray, "latitude" | "longitude">, at: Instant) {
  const yearBegan = Date.UTC(new Date(at).getUTCFullYear(), 0, 1);
  return sunPosition({ latitude, longitude, hoursFromUtc: 0 }, (at - yearBegan) / 3_600_000);
}

/** The most that an array may give: its peak power by day, nothing by night. */
export const mostSolarPower = (
  array: Pick<SolarArray, "kWp" | "latitude" | "longitude">,
  at: Instant,
): Watts => Watts(sunOver(array, at).sinAltitude > 0 ? array.kWp * 1000 : 0);

/**
 * What an array makes at a moment, W: the beam by its angle, and a sky and ground that are as bright everywhere (Liu &
 * Jordan, as in Duffie & Beckman, 4th ed., eq. 2.15.1), times its performance ratio.
 */
export function solarPower(array: SolarArray, weather: Weather, at: Instant): Watts {
  const { kWp, azimuthDeg, tiltDeg, performance } = array;
  const { sinAltitude, azimuth } = sunOver(array, at);
  const [tilt, facing] = [tiltDeg * degrees, azimuthDeg * degrees];
  const cosAltitude = Math.sqrt(Math.max(0, 1 - sinAltitude ** 2));
  const cosIncidence =
    sinAltitude * Math.cos(tilt) + cosAltitude * Math.sin(tilt) * Math.cos(azimuth - facing);
  const beam = sinAltitude > 0 ? weather.directNormalWm2 * Math.max(0, cosIncidence) : 0;
  const sky = (weather.diffuseWm2 * (1 + Math.cos(tilt))) / 2;
  const ground = (weather.globalWm2 * albedo * (1 - Math.cos(tilt))) / 2;
  return Watts((Math.max(0, beam + sky + ground) / peakWm2) * kWp * 1000 * performance);
}
