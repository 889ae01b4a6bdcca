import type { DistrictHeat } from "../backups/districtHeat.ts";
import { type HeatPump, heatPumpCapacity } from "../backups/heatPump.ts";
import type { Building } from "../building/building.ts";
import type { Loop } from "../sinks/loop.ts";
import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import { lossOf } from "./dwelling.ts";
import type { Home } from "./homeSchema.ts";
import {
  boilerSource,
  districtSource,
  heaterSource,
  type HomeSystem,
  pumpSource,
  resistiveSource,
  type Source,
} from "./sources.ts";

/** What heats a home, sized for its coldest hours. */
export interface Plant {
  readonly sources: readonly Source[];
  readonly loop: Loop;
  /** The coldest hours, °C. */
  readonly designC: number;
  /** What the emitters can give at most, W. */
  readonly emittersW: number;
}

/** Emitters and boilers give that much more than the coldest hours need, to warm up again. */
const reserve = 1.3;
const smallestBoilerW = 12_000;
const smallestPumpW = 2000;
/** A heat pump alone carries this share of the coldest hours. */
const pumpShare = 0.95;
const elementW = 3000;

export function plantOf(home: Home, building: Building, weather: WeatherYear, system: HomeSystem): Plant {
  const designC = Math.min(15, coldHours(weather));
  const loss = lossOf(building, building.site.altitudeM ?? weather.place.altitudeM);
  const designHeatW = Math.max(500, loss * (20 - designC));
  const { emitters } = home;
  const loop: Loop = { emitters: emitters.kind, designSupplyC: emitters.designSupplyC, designHeatW };
  return { loop, designC, emittersW: reserve * designHeatW, sources: sourcesOf(home, weather, system, loop) };
}

function sourcesOf(home: Home, weather: WeatherYear, system: HomeSystem, loop: Loop): readonly Source[] {
  const strongW = reserve * loop.designHeatW + elementW;
  const help = resistiveSource(strongW, true);
  const pump = () => pumpSource(sizedPump(home, weather, loop));
  switch (system) {
    case "resistive":
      return [resistiveSource(strongW, false)];
    case "gas":
      return [boilerSource({ kind: home.boiler, nominalW: Math.max(smallestBoilerW, strongW) })];
    case "district":
      return [districtSource(sizedDistrict(home, strongW))];
    case "heat-pump":
      return [pump(), help];
    case "heater-beside-heat-pump":
      return [heaterSource(home), pump(), help];
    default:
      return [heaterSource(home), help];
  }
}

/** As the file says, or what carries the coldest hours. */
function sizedPump({ heatPump }: Home, weather: WeatherYear, loop: Loop): HeatPump {
  const { nominalW } = heatPump;
  if (nominalW !== undefined) return { ...heatPump, nominalW };
  const coldest = {
    sourceC: heatPump.source === "air" ? coldHours(weather) : Math.min(...groundByHour(weather)),
    relativeHumidity: 0.7,
    sinkC: Math.min(loop.designSupplyC, heatPump.maxSinkC),
  };
  const perWatt = heatPumpCapacity({ ...heatPump, nominalW: 1 }, coldest);
  return {
    ...heatPump,
    nominalW: Math.max(smallestPumpW, (pumpShare * loop.designHeatW) / Math.max(0.3, perWatt)),
  };
}

/** As the file says, or what the coldest hours and the tank take together. */
function sizedDistrict({ districtHeat }: Home, strongW: number): DistrictHeat {
  if (!districtHeat) throw new RangeError("this home has no district heat");
  return { ...districtHeat, nominalW: districtHeat.nominalW ?? Math.max(smallestBoilerW, strongW) };
}

/** What the outdoor air is below in one hour of a hundred, °C. */
function coldHours({ outdoorC }: WeatherYear): number {
  const sorted = outdoorC.toSorted();
  return sorted[Math.floor(sorted.length / 100)] ?? 0;
}
