import { balanceZones, type BoundZone } from "../building/balanceZones.ts";
import {
  airChangesByHour,
  airWattsPerKelvin,
  type Building,
  setpointsByHour,
  zonesOf,
} from "../building/building.ts";
import { exchangeOf } from "../building/simulateBuilding.ts";
import type { Facades } from "../building/solarGains.ts";
import { surfacesZone } from "../building/surfaceZone.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";

export const stepsPerHour = surfacesZone.stepsPerHour;
export const stepSeconds = 3600 / stepsPerHour;
/** How far from what is wanted counts as comfortable, K. */
export const comfortBandK = 0.5;

/** What the rooms want in a step, W. */
export interface RoomWish {
  /** Holds what is wanted at once, whatever power that takes. */
  readonly heatW: number;
  /** Holds it at the lower edge of the comfort band. */
  readonly leastHeatW: number;
  /** Fills it up to the upper edge. */
  readonly mostHeatW: number;
  readonly coolW: number;
  /** Holds it that far above what is wanted, K; below where negative. */
  aboveW(kelvin: number): number;
  /** Cools what is not heated to that far below what is the most, W. */
  belowW(kelvin: number): number;
}

export interface RoomResult {
  /** Mean of the zones by their floor areas, °C. */
  readonly airC: number;
  /** Below what is wanted, less the band, K; of the zone that is worst off. */
  readonly coldK: number;
  readonly hotK: number;
  /** What is wanted less the air, K; of the zone that is worst off. */
  readonly lagK: number;
}

/** The rooms of a home, stepped with a heat that somebody else decides. */
export interface Dwelling {
  /** Mean of what the zones want at an hour of the day, by their floor areas, °C; NaN where none wants anything. */
  wantedC(hour: number): number;
  /** The most that is wanted where it is cooled, likewise. */
  coolC(hour: number): number;
  /** The warmest that is wanted in a day. */
  readonly warmestC: number;
  begin(hour: number, step: number): RoomWish;
  end(heatW: number, coolW: number): RoomResult;
}

/** Holds a zone at the power that it is given: a temperature that no room has. */
const unreachableC = 1000;

export function openDwelling(building: Building, weather: WeatherYear, facades: Facades): Dwelling {
  const enclosed = zonesOf(building);
  const runs = enclosed.map((zone) => surfacesZone.open(zone, weather, facades));
  const areas = enclosed.map(({ zone }) => zone.floorAreaM2);
  const area = areas.reduce((sum, one) => sum + one, 0);
  const heatBelow = enclosed.map(({ heating }) => setpointsByHour(heating));
  const coolAbove = enclosed.map(({ cooling }) => setpointsByHour(cooling));
  const altitudeM = building.site.altitudeM ?? weather.place.altitudeM;
  const exchange = exchangeOf(building, airWattsPerKelvin(altitudeM));
  const zones = enclosed.map((): Writable<BoundZone> => ({ ...blank }));
  const wanted = new Float64Array(zones.length);
  let now = 0;

  const setpointOf = (of: readonly Float64Array[], at: number) => of[at]?.[now] ?? Number.NaN;
  const afterWish = ({ freeC, perWatt, power, fromOthers }: BoundZone) =>
    freeC + perWatt * (power + fromOthers);
  /** Of the zones that are heated at all; W. */
  const sumOver = (watts: (zone: BoundZone) => number) =>
    zones.reduce((sum, zone) => sum + (Number.isNaN(zone.heatBelow) ? 0 : Math.max(0, watts(zone))), 0);
  const shareOf = (at: number, sign: 1 | -1) => {
    const total = wanted.reduce((sum, power) => sum + Math.max(0, sign * power), 0);
    return total > 0 ? Math.max(0, sign * (wanted[at] ?? 0)) / total : (areas[at] ?? 0) / area;
  };

  const meanOver = (of: readonly Float64Array[], hour: number) => {
    let [sum, counted] = [0, 0];
    of.forEach((setpoints, at) => {
      const setpoint = setpoints[hour] ?? Number.NaN;
      if (Number.isNaN(setpoint)) return;
      sum += setpoint * (areas[at] ?? 0);
      counted += areas[at] ?? 0;
    });
    return counted > 0 ? sum / counted : Number.NaN;
  };
  const wantedC = (hour: number) => meanOver(heatBelow, hour);
  return {
    wantedC,
    coolC: (hour) => meanOver(coolAbove, hour),
    warmestC: Array.from({ length: 24 }, (_, hour) => wantedC(hour)).reduce(
      (most, celsius) => (celsius > most || Number.isNaN(most) ? celsius : most),
      Number.NaN,
    ),
    begin(hour, step) {
      now = hour % 24;
      zones.forEach((zone, at) => {
        runs[at]?.begin(hour, step);
        zone.freeC = runs[at]?.freeC() ?? 0;
        zone.perWatt = runs[at]?.perWatt() ?? 1;
        zone.heatBelow = setpointOf(heatBelow, at);
        zone.coolAbove = setpointOf(coolAbove, at);
        zone.maxHeat = Number.POSITIVE_INFINITY;
        zone.maxCool = Number.POSITIVE_INFINITY;
      });
      balanceZones(zones, exchange);
      let [heatW, coolW] = [0, 0];
      zones.forEach((zone, at) => {
        wanted[at] = zone.power;
        heatW += Math.max(0, zone.power);
        coolW += Math.max(0, -zone.power);
      });
      const aboveW = (kelvin: number) =>
        sumOver((zone) =>
          kelvin < 0
            ? zone.power + kelvin / zone.perWatt
            : Math.max(0, zone.power) + Math.max(0, zone.heatBelow + kelvin - afterWish(zone)) / zone.perWatt,
        );
      return {
        heatW,
        leastHeatW: aboveW(-comfortBandK),
        mostHeatW: aboveW(comfortBandK),
        coolW,
        aboveW,
        belowW: (kelvin) =>
          zones.reduce((sum, zone) => {
            if (Number.isNaN(zone.coolAbove) || zone.power > 0) return sum;
            const missing = (afterWish(zone) - zone.coolAbove + kelvin) / zone.perWatt;
            return sum + Math.max(0, missing - zone.power);
          }, 0),
      };
    },
    end(heatW, coolW) {
      zones.forEach((zone, at) => {
        zone.maxHeat = heatW * shareOf(at, 1);
        zone.maxCool = coolW * shareOf(at, -1);
        zone.heatBelow = zone.maxHeat > 0 ? unreachableC : Number.NaN;
        zone.coolAbove = zone.maxCool > 0 && zone.maxHeat === 0 ? -unreachableC : Number.NaN;
      });
      balanceZones(zones, exchange);
      let [airC, lagK, hotK] = [0, -Infinity, 0];
      zones.forEach((zone, at) => {
        const air = runs[at]?.end(zone.power + zone.fromOthers) ?? 0;
        airC += (air * (areas[at] ?? 0)) / area;
        const lag = setpointOf(heatBelow, at) - air;
        if (lag > lagK) lagK = lag;
        const excess = air - comfortBandK - setpointOf(coolAbove, at);
        if (excess > hotK) hotK = excess;
      });
      return { airC, lagK, hotK, coldK: Math.max(0, lagK - comfortBandK) };
    },
  };
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

const blank: BoundZone = {
  heatBelow: Number.NaN,
  coolAbove: Number.NaN,
  maxHeat: 0,
  maxCool: 0,
  freeC: 0,
  perWatt: 0,
  power: 0,
  fromOthers: 0,
};

/** The heat that the home loses per kelvin, W/K: through all that encloses it, the ground counted like the air, and by ventilation. */
export function lossOf(building: Building, altitudeM: number): number {
  return zonesOf(building).reduce((sum, enclosed) => {
    const { zone, opaque, windows } = enclosed;
    const through = [...opaque, ...windows].reduce((all, { areaM2, uValue }) => all + areaM2 * uValue, 0);
    return (
      sum + through + airWattsPerKelvin(altitudeM) * zone.volumeM3 * Math.max(...airChangesByHour(enclosed))
    );
  }, 0);
}
