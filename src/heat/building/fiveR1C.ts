import type { FacadeYear } from "../weather/facade.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import { airChangesByHour, airWattsPerKelvin, type EnclosedZone, massOf } from "./building.ts";
import { type Facades, solarGains } from "./solarGains.ts";
import { lossToSky, skyShare } from "./surfaces.ts";
import type { ZoneModel } from "./zoneModel.ts";

/** ISO 13790's five resistances and one capacity. Conductances in W/K. */
export interface FiveR1C {
  readonly windows: number;
  readonly opaqueToMass: number;
  readonly massToSurface: number;
  readonly surfaceToAir: number;
  readonly capacityJPerK: number;
  readonly massAreaM2: number;
  readonly totalAreaM2: number;
}

/** ISO 13790, 7.2.2.2 and 12.2.2: from all surfaces to the air, and from the mass to the surface, W/(m²K). */
const surfaceToAir = 3.45;
const massToSurface = 9.1;
const surfacesPerFloor = 4.5;
/** ISO 6946, m²K/W. */
const outerFilm = 0.04;

/** One hour's inputs. */
export interface FiveR1CInputs {
  readonly outdoorC: number;
  /** What the opaque parts see outside, sun, sky and ground included, °C. */
  readonly opaqueC: number;
  /** What windows see outside, the sky included, °C. */
  readonly windowC: number;
  readonly internalW: number;
  readonly solarW: number;
}

export interface FiveR1CResult {
  readonly massC: number;
  readonly airC: number;
}

/** @param totalAreaM2 of all surfaces that face the zone; by default the standard's 4.5 m² per m² of floor. */
export function fiveR1C(
  building: EnclosedZone,
  totalAreaM2 = surfacesPerFloor * building.zone.floorAreaM2,
): FiveR1C {
  const { zone, opaque, windows } = building;
  const { capacityJPerM2K, massAreaFactor } = massOf(building);
  const massAreaM2 = massAreaFactor * zone.floorAreaM2;
  const massConductance = massToSurface * massAreaM2;
  const through = opaque.reduce((sum, { areaM2, uValue }) => sum + areaM2 * uValue, 0);
  return {
    windows: windows.reduce((sum, { areaM2, uValue }) => sum + areaM2 * uValue, 0),
    opaqueToMass: through > 0 ? 1 / Math.max(1e-9, 1 / through - 1 / massConductance) : 0,
    massToSurface: massConductance,
    surfaceToAir: surfaceToAir * totalAreaM2,
    capacityJPerK: capacityJPerM2K * zone.floorAreaM2,
    massAreaM2,
    totalAreaM2,
  };
}

/** What does not change while the air is changed as often: ISO 13790, annex C.3. */
export interface HourCoefficients {
  readonly ventilation: number;
  readonly h1: number;
  readonly h2: number;
  readonly h3: number;
  /** The mass keeps this share of itself over the hour (Crank–Nicolson). */
  readonly keeps: number;
  /** K per W of the mass' total drive. */
  readonly perDrive: number;
  /** Shares of half the internal gains and all of the sun. */
  readonly toMass: number;
  readonly toSurface: number;
}

/** @param ventilation by all air changes, W/K. */
export function hourCoefficients(model: FiveR1C, ventilation: number): HourCoefficients {
  const { windows, massToSurface: toSurface, totalAreaM2 } = model;
  const air = Math.max(1e-6, ventilation);
  const h1 = 1 / (1 / air + 1 / model.surfaceToAir);
  const h2 = h1 + windows;
  const h3 = 1 / (1 / h2 + 1 / toSurface);
  const perHour = model.capacityJPerK / 3600;
  const half = (h3 + model.opaqueToMass) / 2;
  const massShare = Math.min(1, model.massAreaM2 / totalAreaM2);
  return {
    ventilation: air,
    h1,
    h2,
    h3,
    keeps: (perHour - half) / (perHour + half),
    perDrive: 1 / (perHour + half),
    toMass: massShare,
    toSurface: Math.max(0, 1 - massShare - windows / (massToSurface * totalAreaM2)),
  };
}

/** One hour with `power` W into the air. @param massBefore °C at the hour's begin. */
export function stepFiveR1C(
  model: FiveR1C,
  hour: HourCoefficients,
  massBefore: number,
  inputs: FiveR1CInputs,
  power: number,
): FiveR1CResult {
  const { windows, opaqueToMass, massToSurface: toSurface, surfaceToAir: toAir } = model;
  const { ventilation, h1, h2, h3 } = hour;
  const shared = 0.5 * inputs.internalW + inputs.solarW;
  const intoAir = 0.5 * inputs.internalW + power;
  const drive =
    hour.toSurface * shared + windows * inputs.windowC + h1 * (inputs.outdoorC + intoAir / ventilation);
  const total = hour.toMass * shared + opaqueToMass * inputs.opaqueC + (h3 * drive) / h2;
  const massC = massBefore * hour.keeps + total * hour.perDrive;
  const surface = ((toSurface * (massBefore + massC)) / 2 + drive) / (toSurface + windows + h1);
  return {
    massC,
    airC: (toAir * surface + ventilation * inputs.outdoorC + intoAir) / (toAir + ventilation),
  };
}

const nothing: FiveR1CInputs = { outdoorC: 0, opaqueC: 0, windowC: 0, internalW: 0, solarW: 0 };

/** A zone by the hourly method of ISO 13790. */
export const fiveR1CZone: ZoneModel = {
  stepsPerHour: 1,
  open(zone, weather, facades) {
    const model = fiveR1C(zone);
    const { hours, outdoorC } = weather;
    const perChange = airWattsPerKelvin(zone.site.altitudeM ?? weather.place.altitudeM) * zone.zone.volumeM3;
    const day = Array.from(airChangesByHour(zone), (changes) => {
      const coefficients = hourCoefficients(model, changes * perChange);
      return { coefficients, response: stepFiveR1C(model, coefficients, 0, nothing, 1) };
    });
    const solar = solarGains(zone, facades, hours);
    const outside = outsideOf(zone, weather, facades);
    let mass = outdoorC[0] ?? 10;
    let free: FiveR1CResult = { massC: mass, airC: mass };
    let response: FiveR1CResult = { massC: 0, airC: 0 };
    return {
      begin(hour) {
        const now = day[hour % 24];
        if (!now) throw new RangeError(`no hour ${hour}`);
        const inputs = {
          outdoorC: outdoorC[hour] ?? 0,
          opaqueC: outside.opaqueC[hour] ?? 0,
          windowC: outside.windowC[hour] ?? 0,
          internalW: zone.zone.internalGainW,
          solarW: solar[hour] ?? 0,
        };
        free = stepFiveR1C(model, now.coefficients, mass, inputs, 0);
        ({ response } = now);
      },
      freeC: () => free.airC,
      perWatt: () => response.airC,
      end(intoAir) {
        mass = free.massC + intoAir * response.massC;
        return free.airC + intoAir * response.airC;
      },
    };
  },
};

/** Sun and sky on the outside as a temperature: ISO 13790, 11.3.2 to 11.3.5. */
function outsideOf(building: EnclosedZone, weather: WeatherYear, facades: Facades) {
  const { hours, outdoorC, skyInfrared } = weather;
  const opaqueC = new Float64Array(hours);
  const windowC = new Float64Array(hours);
  const open = building.opaque.filter(({ adjacent }) => adjacent === "outside");
  const weightOf = ({ areaM2, uValue }: { areaM2: number; uValue: number }) => areaM2 * uValue;
  const sumOf = <Part>(parts: readonly Part[], weight: (part: Part) => number) =>
    parts.reduce((sum, part) => sum + weight(part), 0);
  const all = Math.max(1e-9, sumOf(building.opaque, weightOf));
  const panes = Math.max(1e-9, sumOf(building.windows, weightOf));
  const grounded = building.zone.groundCoupled ? 1 - sumOf(open, weightOf) / all : 0;
  const opaqueSky = sumOf(open, (part) => weightOf(part) * skyShare(part.tiltDeg)) / all;
  const windowSky = sumOf(building.windows, (part) => weightOf(part) * skyShare(part.tiltDeg)) / panes;
  for (const part of open)
    addSun(opaqueC, facades(part), (outerFilm * part.absorptance * weightOf(part)) / all);
  const ground = groundByHour(weather);
  for (let hour = 0; hour < hours; hour++) {
    const outdoor = outdoorC[hour] ?? 0;
    const toSky = outerFilm * lossToSky("wall", outdoor, skyInfrared[hour] ?? 300);
    const base = outdoor + grounded * ((ground[hour] ?? outdoor) - outdoor);
    opaqueC[hour] = (opaqueC[hour] ?? 0) + base - opaqueSky * toSky;
    windowC[hour] = outdoor - windowSky * toSky;
  }
  return { opaqueC, windowC };
}

function addSun(sum: Float64Array, { beam, sky, ground }: FacadeYear, factor: number): void {
  for (let hour = 0; hour < sum.length; hour++) {
    const shine = (beam[hour] ?? 0) + (sky[hour] ?? 0) + (ground[hour] ?? 0);
    sum[hour] = (sum[hour] ?? 0) + factor * shine;
  }
}
