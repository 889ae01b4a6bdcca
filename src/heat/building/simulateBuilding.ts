import type { WeatherYear } from "../weather/weatherYear.ts";
import {
  airWattsPerKelvin,
  type Building,
  type EnclosedZone,
  maxPowerOf,
  setpointsByHour,
  zonesOf,
} from "./building.ts";
import { type BoundZone, balanceZones } from "./balanceZones.ts";
import type { Facades } from "./solarGains.ts";
import type { ZoneModel } from "./zoneModel.ts";
import type { ZoneYear } from "./zoneYear.ts";

/** The state before the first hour: this many days of the year are run ahead of it. */
const warmUpDays = 14;

/** A year of a building under a weather: what became of each of its zones, in the order of its file. */
export function simulateBuilding(
  building: Building,
  weather: WeatherYear,
  facades: Facades,
  model: ZoneModel,
): readonly ZoneYear[] {
  const { hours } = weather;
  const { stepsPerHour } = model;
  const altitudeM = building.site.altitudeM ?? weather.place.altitudeM;
  const enclosed = zonesOf(building);
  const runs = enclosed.map((zone) => model.open(zone, weather, facades));
  const kept = enclosed.map((zone) => keepingOf(zone));
  const zones = enclosed.map((zone): BoundZone => ({ ...openZone(), ...limitsOf(zone) }));
  const exchange = exchangeOf(building, airWattsPerKelvin(altitudeM));
  const years = enclosed.map((): ZoneYear => {
    return {
      airC: new Float64Array(hours),
      heatingW: new Float64Array(hours),
      coolingW: new Float64Array(hours),
    };
  });
  for (let index = -24 * warmUpDays; index < hours; index++) {
    const hour = index < 0 ? index + 24 * warmUpDays : index;
    for (let at = 0; at < zones.length; at++) {
      const zone = zones[at];
      const wanted = kept[at];
      if (!zone || !wanted) continue;
      zone.heatBelow = wanted.heatBelow[hour % 24] ?? Number.NaN;
      zone.coolAbove = wanted.coolAbove[hour % 24] ?? Number.NaN;
    }
    for (let step = 0; step < stepsPerHour; step++) {
      for (let at = 0; at < zones.length; at++) {
        const [zone, run] = [zones[at], runs[at]];
        if (!zone || !run) continue;
        run.begin(hour, step);
        zone.freeC = run.freeC();
        zone.perWatt = run.perWatt();
      }
      balanceZones(zones, exchange);
      for (let at = 0; at < zones.length; at++) {
        const [zone, run, year] = [zones[at], runs[at], years[at]];
        if (!zone || !run || !year) continue;
        const air = run.end(zone.power + zone.fromOthers);
        if (index < 0) continue;
        year.airC[hour] = (year.airC[hour] ?? 0) + air / stepsPerHour;
        year.heatingW[hour] = (year.heatingW[hour] ?? 0) + Math.max(0, zone.power) / stepsPerHour;
        year.coolingW[hour] = (year.coolingW[hour] ?? 0) + Math.max(0, -zone.power) / stepsPerHour;
      }
    }
  }
  return years;
}

const openZone = () => ({
  heatBelow: Number.NaN,
  coolAbove: Number.NaN,
  freeC: 0,
  perWatt: 0,
  power: 0,
  fromOthers: 0,
});

const keepingOf = ({ heating, cooling }: EnclosedZone) => ({
  heatBelow: setpointsByHour(heating),
  coolAbove: setpointsByHour(cooling),
});

const limitsOf = ({ heating, cooling }: EnclosedZone) => ({
  maxHeat: maxPowerOf(heating),
  maxCool: maxPowerOf(cooling),
});

/** Between each two zones, W/K: through what parts them, and by the air that they exchange. */
export function exchangeOf(building: Building, wattsPerAirM3: number): readonly Float64Array[] {
  const names = zonesOf(building).map(({ zone }) => zone.name);
  const exchange = names.map(() => new Float64Array(names.length));
  for (const { zones, areaM2, uValue, airM3PerHour } of building.between) {
    const [one, other] = [names.indexOf(zones[0]), names.indexOf(zones[1])];
    const conductance = areaM2 * uValue + airM3PerHour * wattsPerAirM3;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const row = exchange[from];
      if (row) row[to] = (row[to] ?? 0) + conductance;
    }
  }
  return exchange;
}
