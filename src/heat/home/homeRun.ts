import type { Building } from "../building/building.ts";
import { facadesOf, type Facades } from "../building/solarGains.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import { coolHome } from "./coolHome.ts";
import { decideHeat, heatInto } from "./decideHeat.ts";
import { drawOf, type Given } from "./allocate.ts";
import { comfortBandK, type Dwelling, openDwelling, type RoomWish } from "./dwelling.ts";
import type { FlowName } from "./flows.ts";
import { filledC, openHomeBuffer } from "./homeBuffer.ts";
import { openHeadStart } from "./headStart.ts";
import { noPool, openHomePool } from "./homePool.ts";
import type { Home } from "./homeSchema.ts";
import { type HomeOrder, orderRoom } from "./homeOrder.ts";
import { type KnownTank, openHotWater } from "./hotWater.ts";
import { type Plant, plantOf } from "./plant.ts";
import { openRoomHeating } from "./roomHeating.ts";
import { canHeatAhead, type HomeSystem, type Source, type SourceKind, type Surroundings } from "./sources.ts";

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
  /** Of chance: when hot water is drawn, and how wrong forecasts are. */
  readonly seed?: number | undefined;
  /** False: on a simple thermostat, which calls elements at each rise of its set-point. */
  readonly heatsAhead?: boolean | undefined;
}

/** What flowed and came of it in a step. */
export interface StepResult {
  readonly watts: Readonly<Partial<Record<FlowName, number>>>;
  readonly airC: number;
  readonly coldK: number;
  readonly hotK: number;
  readonly tankC: number;
  readonly poolC: number;
  readonly poolColdK: number;
  readonly isMissed: boolean;
  /** Heat that cooling took from the rooms, W. */
  readonly cooledW: number;
  /** Whether the thermostat held the rooms against the plan. */
  readonly isOverruled: boolean;
}

/** A home as it lives, in steps of 15 min: what it wants, what its sources give, and what comes of that. */
export interface HomeRun {
  readonly plant: Plant;
  readonly dwelling: Dwelling;
  readonly tank: () => KnownTank;
  /** Of the pool's water, °C; undefined without a pool. */
  readonly poolC: () => number | undefined;
  readonly surroundings: (hour: number) => Surroundings;
  readonly mainsC: (hour: number) => number;
  /** The heat into the rooms up to which the heating curve's water is warm enough, W. */
  readonly curveW: (outdoorC: number) => number;
  /** Of the water that sources make for so much heat into the rooms, °C. */
  readonly madeC: (outdoorC: number, heatW: number) => number;
  /** The warmest that a plan may make the tank, °C. */
  readonly mostTankC: number;
  reset(): void;
  /** @param order of a plan; without one the plain thermostat decides. */
  step(hour: number, step: number, order?: HomeOrder): StepResult;
}

/** Hot water first, then the rooms, then the pool; the thermostat stands beneath a plan. */
export function openRun(year: HomeYear, system: HomeSystem, offer: HomeOffer): HomeRun {
  const { home, building, weather, facades = facadesOf(weather), heatsAhead = true } = year;
  const plant = plantOf(home, building, weather, system);
  const { sources } = plant;
  const dwelling = openDwelling(building, weather, facades);
  const rooms = openRoomHeating(plant);
  const heaterW = sources.some(({ kind }) => kind === "heater")
    ? home.heater.maxW * home.heater.heatShare
    : 0;
  const headStart = heatsAhead && canHeatAhead(system) ? openHeadStart(dwelling) : undefined;
  const buffer = openHomeBuffer(home, system);
  const hotWater = openHotWater(year, sources);
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
    plant,
    dwelling,
    tank: () => hotWater.known(),
    poolC: () => pool?.waterC(),
    surroundings,
    mainsC: (hour) => hotWater.mainsC(hour),
    mostTankC: hotWater.mostC,
    curveW: (outdoorC) => rooms.curveW(outdoorC),
    madeC(outdoorC, heatW) {
      const water = rooms.water(outdoorC, heatW);
      return buffer ? filledC(water) : water.supplyC;
    },
    reset() {
      hotWater.reset();
      pool?.reset();
    },
    step(hour, step, order) {
      const around = surroundings(hour);
      const wanted = dwelling.begin(hour, step);
      const ordered = order && orderRoom(wanted, order.room);
      const aheadK = order?.room ? 0 : (headStart?.aheadK(hour, step) ?? 0);
      const least = ordered?.wish ?? wanted;
      const aheadMostW = Math.max(rooms.curveW(around.outdoorC), heaterW);
      const room = aheadK > 0 && wanted.coolW === 0 ? heatedAhead(least, aheadK, aheadMostW) : least;
      const water = rooms.water(around.outdoorC, room.heatW);
      const { supplyC } = water;
      const asked = buffer?.ask(room, water) ?? room;
      const madeC = buffer?.madeC(water) ?? supplyC;
      const given = decideHeat(
        {
          sources,
          wishes: [
            hotWater.wish(hour, order),
            rooms.wish(asked.heatW, madeC, ordered?.shares, least === room ? asked.heatW : least.heatW),
            ...(pool ? [pool.wish(hour, order?.pool)] : []),
          ],
          leastRoomWish: rooms.wish(asked.leastHeatW, madeC),
          leastHeaterHeatW: home.heater.minW * home.heater.heatShare,
          bearsW: {
            room: () => asked.mostHeatW,
            tank: (source) => hotWater.bearsW(source),
            pool: (source) => pool?.bearsW(hour, source, order?.pool) ?? 0,
          },
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
      headStart?.end(hour, step, helpOf(given));
      const tank = hotWater.end(hour, step, tankW);
      const basin = pool?.end(hour, poolW) ?? noPool;
      const watts = {
        ...cooled,
        heaterW: (drawn.heater?.electricityW ?? 0) + cooled.heaterW,
        heatPumpW: drawn["heat-pump"]?.electricityW ?? 0,
        resistiveW: drawn.resistive?.electricityW ?? 0,
        auxiliaryW: (drawn.boiler ?? drawn.district)?.electricityW ?? 0,
        fuelW: (drawn.boiler ?? drawn.district)?.fuelW ?? 0,
        roomW,
        tankW,
        poolW,
        heaterHeatW: givenBy(given, "heater"),
        heatPumpHeatW: givenBy(given, "heat-pump"),
        lukewarmW: tank.lukewarmW,
      };
      return {
        watts,
        ...air,
        ...tank,
        ...basin,
        cooledW: room.coolW,
        isOverruled: ordered?.isOverruled ?? false,
      };
    },
  };
}

function drawnBy(sources: readonly Source[], given: readonly Given[], around: Surroundings) {
  return Object.fromEntries(sources.map((source) => [source.kind, drawOf(given, source, around)])) as Partial<
    Record<SourceKind, { readonly electricityW: number; readonly fuelW: number }>
  >;
}

/** Up to a higher set-point, as far as what heats can give that without further ado. */
function heatedAhead(room: RoomWish, aheadK: number, mostW: number): RoomWish {
  const heatW = Math.max(room.heatW, Math.min(room.aboveW(aheadK), mostW));
  return { ...room, heatW, mostHeatW: Math.max(room.mostHeatW, room.aboveW(aheadK + comfortBandK)) };
}

/** What elements gave the rooms, W. */
const helpOf = (given: readonly Given[]) =>
  heatInto(
    given.filter(({ source }) => source.isBackup),
    "room",
  );

const givenBy = (given: readonly Given[], kind: SourceKind) =>
  given.reduce((sum, { source, heatW }) => sum + (source.kind === kind ? heatW : 0), 0);
