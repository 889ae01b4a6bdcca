import { extraterrestrial, type SunPosition, sunPosition } from "./sun.ts";
import type { WeatherYear } from "./weatherYear.ts";

/** Which way a plane faces. */
export interface Facing {
  /** From north, clockwise. */
  readonly azimuthDeg: number;
  /** 0 is a flat roof, 90 a wall, 180 a floor. */
  readonly tiltDeg: number;
}

/** What shines on a plane, by hour. */
export interface FacadeYear {
  /** From the sun and the bright ring round it, W/m². */
  readonly beam: Float64Array;
  /** From the rest of the sky, W/m². */
  readonly sky: Float64Array;
  /** From the ground, W/m². */
  readonly ground: Float64Array;
  /** Cosine of the angle at which the beam falls in; 0 without a beam. */
  readonly cosIncidence: Float64Array;
  /** Tangent of the beam's height in the plane's own vertical section; 0 without a beam. */
  readonly tanProfile: Float64Array;
}

/** Of bare ground and meadow. */
const albedo = 0.2;
/** Moments in each hour at which the sun is looked at. */
const looks = 6;

/** Perez et al., Solar Energy 44 (1990) 271–289, table 6: F11 F12 F13 F21 F22 F23 by the sky's clearness. */
const perez: readonly (readonly [number, number, number, number, number, number])[] = [
  [-0.008, 0.588, -0.062, -0.06, 0.072, -0.022],
  [0.13, 0.683, -0.151, -0.019, 0.066, -0.029],
  [0.33, 0.487, -0.221, 0.055, -0.064, -0.026],
  [0.568, 0.187, -0.295, 0.109, -0.152, -0.014],
  [0.873, -0.392, -0.362, 0.226, -0.462, 0.001],
  [1.132, -1.237, -0.412, 0.288, -0.823, 0.056],
  [1.06, -1.6, -0.359, 0.264, -1.127, 0.131],
  [0.678, -0.327, -0.25, 0.156, -1.377, 0.251],
];
const clearnessBounds = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2];
const coldestSine = Math.cos((85 * Math.PI) / 180);

/** Solar radiation on a plane over a year, with Perez' sky. */
export function facadeYear(weather: WeatherYear, { azimuthDeg, tiltDeg }: Facing): FacadeYear {
  const { hours } = weather;
  const year: FacadeYear = {
    beam: new Float64Array(hours),
    sky: new Float64Array(hours),
    ground: new Float64Array(hours),
    cosIncidence: new Float64Array(hours),
    tanProfile: new Float64Array(hours),
  };
  const tilt = (tiltDeg * Math.PI) / 180;
  const azimuth = (azimuthDeg * Math.PI) / 180;
  for (let hour = 0; hour < hours; hour++) {
    const direct = weather.directNormal[hour] ?? 0;
    const diffuse = weather.diffuseHorizontal[hour] ?? 0;
    if (direct <= 0 && diffuse <= 0) continue;
    const sun = hourOfSun(weather, hour, tilt, azimuth);
    const onHorizontal = direct * sun.sinAltitude + diffuse;
    const sky = skyOn(tilt, sun, { direct, diffuse, hour });
    year.beam[hour] = direct * sun.cosIncidence + sky.ring;
    year.sky[hour] = sky.dome;
    year.ground[hour] = (onHorizontal * albedo * (1 - Math.cos(tilt))) / 2;
    year.cosIncidence[hour] = sun.lit > 0 ? sun.cosIncidence / sun.lit : 0;
    year.tanProfile[hour] = sun.tanProfile;
  }
  return year;
}

interface SunHour {
  /** Means over the part of the hour in which the sun is up. */
  readonly sinAltitude: number;
  readonly cosIncidence: number;
  /** The share of that part in which the beam reaches the plane's front. */
  readonly lit: number;
  readonly tanProfile: number;
}

function hourOfSun({ place }: WeatherYear, hour: number, tilt: number, azimuth: number): SunHour {
  let up = 0;
  let lit = 0;
  let sine = 0;
  let cosine = 0;
  let profile = 0;
  for (let look = 0; look < looks; look++) {
    const sun = sunPosition(place, hour + (look + 0.5) / looks);
    if (sun.sinAltitude <= 0) continue;
    up += 1;
    sine += sun.sinAltitude;
    const cosIncidence = incidence(sun, tilt, azimuth);
    if (cosIncidence <= 0) continue;
    lit += 1;
    cosine += cosIncidence;
    const ahead = Math.sqrt(Math.max(0, 1 - sun.sinAltitude ** 2)) * Math.cos(sun.azimuth - azimuth);
    profile += sun.sinAltitude / Math.max(1e-3, ahead);
  }
  if (up === 0) return { sinAltitude: 0, cosIncidence: 0, lit: 0, tanProfile: 0 };
  return {
    sinAltitude: sine / up,
    cosIncidence: cosine / up,
    lit: lit / up,
    tanProfile: lit > 0 ? profile / lit : 0,
  };
}

function incidence({ sinAltitude, azimuth: sun }: SunPosition, tilt: number, azimuth: number): number {
  const cosAltitude = Math.sqrt(Math.max(0, 1 - sinAltitude ** 2));
  return sinAltitude * Math.cos(tilt) + cosAltitude * Math.sin(tilt) * Math.cos(sun - azimuth);
}

/** Diffuse sky on the plane: an isotropic dome, a ring round the sun and a bright horizon. */
function skyOn(
  tilt: number,
  sun: SunHour,
  { direct, diffuse, hour }: { readonly direct: number; readonly diffuse: number; readonly hour: number },
): { readonly dome: number; readonly ring: number } {
  const seen = (1 + Math.cos(tilt)) / 2;
  if (diffuse <= 0 || sun.sinAltitude <= 0) return { dome: diffuse * seen, ring: 0 };
  const zenith = Math.acos(Math.min(1, sun.sinAltitude));
  const cube = 1.041 * zenith ** 3;
  const clearness = ((diffuse + direct) / diffuse + cube) / (1 + cube);
  const airMass = 1 / (sun.sinAltitude + 0.15 * (93.885 - (zenith * 180) / Math.PI) ** -1.253);
  const brightness = (diffuse * airMass) / extraterrestrial(hour);
  const bin = clearnessBounds.findIndex((bound) => clearness < bound);
  const [f11, f12, f13, f21, f22, f23] = perez.at(bin) ?? [0, 0, 0, 0, 0, 0];
  const ring = Math.max(0, f11 + f12 * brightness + f13 * zenith);
  const horizon = f21 + f22 * brightness + f23 * zenith;
  const towardsSun = sun.cosIncidence / Math.max(coldestSine, sun.sinAltitude);
  return {
    dome: Math.max(0, diffuse * ((1 - ring) * seen + horizon * Math.sin(tilt))),
    ring: diffuse * ring * towardsSun,
  };
}
