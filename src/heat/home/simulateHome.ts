import type { Building } from "../building/building.ts";
import { facadesOf, type Facades } from "../building/solarGains.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import { coolHome } from "./coolHome.ts";
import { decideHeat, heatInto } from "./decideHeat.ts";
import { drawOf, type Given } from "./allocate.ts";
import { openDwelling, stepsPerHour } from "./dwelling.ts";
import { type FlowName, type HomeFlows, newFlows } from "./flows.ts";
import { openHomeBuffer } from "./homeBuffer.ts";
import { openHomePool } from "./homePool.ts";
import type { Home } from "./homeSchema.ts";
import { openHotWater } from "./hotWater.ts";
import { plantOf } from "./plant.ts";
import { openRoomHeating } from "./roomHeating.ts";
import type { HomeSystem, Source, SourceKind, Surroundings } from "./sources.ts";
import type { Stretch } from "./stretches.ts";

/** What electricity costs and the heater earns, by hour of the year; in one currency. */
export interface HomeOffer {
  readonly electricityPerKwh: Float64Array;
  /** What a kWh in the heater earns while its heat is wanted. */
  readonly earnsPerKwh: Float64Array;
  /** At which share of its power the heater goes on while its heat is not wanted, since that pays; 0 … 1. */
  readonly profitShare: Float64Array;
}

export interface HomeYear {
  readonly home: Home;
  readonly building: Building;
  readonly weather: WeatherYear;
  readonly facades?: Facades;
}

/**
 * A home through a year, or through days that stand for it, in steps of 15 min under its plain thermostat: hot water
 * first, then the rooms, then the pool, each by the source whose heat costs least at the moment; backups join where the
 * others fall short for long. Gives what flowed, hour by hour.
 */
export function simulateHome(
  year: HomeYear,
  system: HomeSystem,
  offer: HomeOffer,
  stretches: readonly Stretch[],
): HomeFlows {
  const { hours } = year.weather;
  const flows = newFlows(stretches.reduce((sum, { from, until }) => sum + until - from, 0));
  const run = openRun(year, system, offer);
  let entry = 0;
  for (const { from, until, warmUp, weight } of stretches) {
    run.reset();
    for (let index = from - warmUp; index < until; index++) {
      const hour = (index + hours) % hours;
      const isCounted = index >= from;
      if (isCounted) {
        flows.hour[entry] = hour;
        flows.weight[entry] = weight;
      }
      for (let step = 0; step < stepsPerHour; step++) {
        const done = run.step(hour, step);
        if (!isCounted) continue;
        for (const name in done.watts) {
          const series = flows[name as FlowName];
          series[entry] = (series[entry] ?? 0) + (done.watts[name as FlowName] ?? 0) / stepsPerHour;
        }
        flows.airC[entry] = (flows.airC[entry] ?? 0) + done.airC / stepsPerHour;
        flows.coldK[entry] = (flows.coldK[entry] ?? 0) + done.coldK / stepsPerHour;
        flows.hotK[entry] = (flows.hotK[entry] ?? 0) + done.hotK / stepsPerHour;
        flows.tankC[entry] = done.tankC;
        flows.poolC[entry] = done.poolC;
        if (done.isMissed) flows.missedDisinfections += weight;
      }
      if (isCounted) entry += 1;
    }
  }
  return flows;
}

interface StepResult {
  readonly watts: Readonly<Partial<Record<FlowName, number>>>;
  readonly airC: number;
  readonly coldK: number;
  readonly hotK: number;
  readonly tankC: number;
  readonly poolC: number;
  readonly isMissed: boolean;
}

function openRun(year: HomeYear, system: HomeSystem, offer: HomeOffer) {
  const { home, building, weather, facades = facadesOf(weather) } = year;
  const plant = plantOf(home, building, weather, system);
  const { sources } = plant;
  const dwelling = openDwelling(building, weather, facades);
  const rooms = openRoomHeating(plant);
  const buffer = openHomeBuffer(home, system);
  const hotWater = openHotWater(home, weather, sources);
  const pool = openHomePool(home, weather, facades);
  const ground = groundByHour(weather);
  const surroundings = (hour: number): Surroundings => ({
    outdoorC: weather.outdoorC[hour] ?? 0,
    relativeHumidity: weather.relativeHumidity[hour] ?? 0.7,
    groundC: ground[hour] ?? 10,
    electricityPerKwh: offer.electricityPerKwh[hour] ?? 0,
    earnsPerKwh: offer.earnsPerKwh[hour] ?? 0,
  });
  return {
    reset() {
      hotWater.reset();
      pool?.reset();
    },
    step(hour: number, step: number): StepResult {
      const around = surroundings(hour);
      const room = dwelling.begin(hour, step);
      const supplyC = rooms.supplyC(around.outdoorC);
      const asked = buffer?.ask(room, supplyC) ?? room;
      const madeC = buffer?.filledC(supplyC) ?? supplyC;
      const given = decideHeat(
        {
          sources,
          wishes: [hotWater.wish(), rooms.wish(asked.heatW, madeC), ...(pool ? [pool.wish(hour)] : [])],
          room: asked,
          leastRoomWish: rooms.wish(asked.leastHeatW, madeC),
          leastHeaterHeatW: home.heater.minW * home.heater.heatShare,
          tankBearsW: (source) => hotWater.bearsW(source),
        },
        around,
      );
      const drawn = drawnBy(sources, given, around);
      const intoRooms = heatInto(given, "room");
      const roomW = buffer?.pass(intoRooms, room.heatW, supplyC) ?? intoRooms;
      const [tankW, poolW] = [heatInto(given, "tank"), heatInto(given, "pool")];
      const cooled = coolHome(home, around, {
        wantedW: room.coolW,
        heaterW: drawn.heater?.electricityW,
        profitShare: offer.profitShare[hour] ?? 0,
      });
      const air = dwelling.end(roomW, room.coolW);
      rooms.end(air.lagK);
      const water = hotWater.end(hour, tankW);
      const poolC = pool?.end(hour, poolW) ?? Number.NaN;
      const watts = {
        ...cooled,
        heaterW: (drawn.heater?.electricityW ?? 0) + cooled.heaterW,
        heatPumpW: drawn["heat-pump"]?.electricityW ?? 0,
        resistiveW: drawn.resistive?.electricityW ?? 0,
        auxiliaryW: drawn.boiler?.electricityW ?? 0,
        fuelW: drawn.boiler?.fuelW ?? 0,
        roomW,
        tankW,
        poolW,
        heaterHeatW: givenBy(given, "heater"),
        heatPumpHeatW: givenBy(given, "heat-pump"),
        lukewarmW: water.lukewarmW,
      };
      return { watts, ...air, ...water, poolC };
    },
  };
}

function drawnBy(sources: readonly Source[], given: readonly Given[], around: Surroundings) {
  return Object.fromEntries(sources.map((source) => [source.kind, drawOf(given, source, around)])) as Partial<
    Record<SourceKind, { readonly electricityW: number; readonly fuelW: number }>
  >;
}

const givenBy = (given: readonly Given[], kind: SourceKind) =>
  given.reduce((sum, { source, heatW }) => sum + (source.kind === kind ? heatW : 0), 0);
