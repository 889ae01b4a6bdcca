import { type FacadeYear, facadeYear, type Facing } from "../weather/facade.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";
import type { EnclosedZone, Window } from "./building.ts";
import { angularModifier, diffuseModifier, overhangShade, skyBelowOverhang } from "./glazing.ts";

const defaultHeightM = 2;

/** Radiation on planes, each computed once. */
export type Facades = (facing: Facing) => FacadeYear;

export function facadesOf(weather: WeatherYear): Facades {
  const known = new Map<string, FacadeYear>();
  return ({ azimuthDeg, tiltDeg }) => {
    const key = `${tiltDeg === 0 || tiltDeg === 180 ? 0 : azimuthDeg} ${tiltDeg}`;
    const found = known.get(key) ?? facadeYear(weather, { azimuthDeg, tiltDeg });
    known.set(key, found);
    return found;
  };
}

/** Sun that all windows let in, W by hour. */
export function solarGains(
  { windows }: Pick<EnclosedZone, "windows">,
  facades: Facades,
  hours: number,
): Float64Array {
  const gains = new Float64Array(hours);
  for (const window of windows) addWindow(gains, window, facades(window));
  return gains;
}

function addWindow(gains: Float64Array, window: Window, year: FacadeYear): void {
  const { areaM2, gValue, uValue, overhang } = window;
  const heightM = window.heightM ?? Math.min(defaultHeightM, Math.sqrt(areaM2));
  const atAngle = angularModifier(uValue);
  const fromDome = diffuseModifier(uValue);
  const sky = overhang ? skyBelowOverhang(overhang, heightM) : 1;
  for (let hour = 0; hour < gains.length; hour++) {
    const beam = year.beam[hour] ?? 0;
    const lit = overhang && beam > 0 ? 1 - overhangShade(overhang, heightM, year.tanProfile[hour] ?? 0) : 1;
    const through =
      beam * lit * atAngle(year.cosIncidence[hour] ?? 0) +
      ((year.sky[hour] ?? 0) * sky + (year.ground[hour] ?? 0)) * fromDome;
    gains[hour] = (gains[hour] ?? 0) + through * gValue * areaM2;
  }
}
