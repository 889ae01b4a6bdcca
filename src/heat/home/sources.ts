import { boilerDraw, type Boiler } from "../backups/boiler.ts";
import { districtDraw, type DistrictHeat, districtSupplyC } from "../backups/districtHeat.ts";
import { type HeatPump, heatPumpCapacity, heatPumpPower } from "../backups/heatPump.ts";
import type { Home } from "./homeSchema.ts";

/** The ways to heat a home that the study compares. */
export const homeSystems = [
  "resistive",
  "gas",
  "district",
  "heat-pump",
  "heater-mining",
  "heater-jobs",
  "heater-beside-heat-pump",
] as const;
export type HomeSystem = (typeof homeSystems)[number];

/** Those that a home can have: district heat only where its file tells of a network. */
export const systemsOf = ({ districtHeat }: Home): readonly HomeSystem[] =>
  homeSystems.filter((system) => system !== "district" || districtHeat !== undefined);

const bought: readonly HomeSystem[] = ["gas", "district"];
/** Whether its heat is bought as heat or fuel, so that it follows no price of electricity and has nothing to be planned. */
export const isBought = (system: HomeSystem): boolean => bought.includes(system);

/** Whether elements step in where the others fall short, so that a thermostat does well to heat ahead. */
export const canHeatAhead = (system: HomeSystem): boolean => system !== "resistive" && !isBought(system);

export type SourceKind = "heater" | "heat-pump" | "boiler" | "district" | "resistive";

/** What it is like around the sources in a step. */
export interface Surroundings {
  readonly outdoorC: number;
  readonly relativeHumidity: number;
  readonly groundC: number;
  /** A kWh of electricity costs. */
  readonly electricityPerKwh: number;
  /** A kWh of electricity earns in the heater while its heat is wanted. */
  readonly earnsPerKwh: number;
}

export interface Draw {
  readonly electricityW: number;
  readonly fuelW: number;
}

/** How warm the water is that a source makes, and that comes back to it, °C. */
export interface SourceWater {
  readonly supplyC: number;
  readonly returnC: number;
}

/** Something that gives heat. */
export interface Source {
  readonly kind: SourceKind;
  /** Steps in only where the others fall short. */
  readonly isBackup: boolean;
  /** Whether it can heat water, for the tank and the pool. */
  readonly heatsWater: boolean;
  /** The warmest that it makes a tank, °C. */
  readonly maxTankC: number;
  /** Heat that it can give into water of `supplyC`, W. */
  capacityW(supplyC: number, around: Surroundings): number;
  draw(heatW: number, water: SourceWater, around: Surroundings): Draw;
}

/** How much warmer than the tank the water in its coil is, K. */
export const coilK = 5;
/** Between supply and return of the coils in tank and pool, K. */
export const coilSpreadK = 10;

/** Of the heat into water of `supplyC`, what a source that makes at most `maxC` can give ahead of another one. */
const reach = (maxC: number, supplyC: number) =>
  supplyC <= maxC ? 1 : Math.max(0, (maxC - 20) / (supplyC - 20)) ** 1.3;

export function heaterSource({ heater }: Home): Source {
  const isAir = heater.into === "air";
  return {
    kind: "heater",
    isBackup: false,
    heatsWater: !isAir,
    maxTankC: heater.supplyC - coilK,
    capacityW: (supplyC) => heater.maxW * heater.heatShare * (isAir ? 1 : reach(heater.supplyC, supplyC)),
    draw: (heatW) => ({ electricityW: heatW / heater.heatShare, fuelW: 0 }),
  };
}

export function pumpSource(pump: HeatPump): Source {
  const at = (sinkC: number, around: Surroundings) => ({
    sourceC: pump.source === "air" ? around.outdoorC : around.groundC,
    relativeHumidity: around.relativeHumidity,
    sinkC,
  });
  return {
    kind: "heat-pump",
    isBackup: false,
    heatsWater: true,
    maxTankC: pump.maxSinkC - coilK,
    capacityW: (supplyC, around) =>
      heatPumpCapacity(pump, at(Math.min(supplyC, pump.maxSinkC), around)) * reach(pump.maxSinkC, supplyC),
    draw: (heatW, { supplyC }, around) => ({
      electricityW: heatPumpPower(pump, at(Math.min(supplyC, pump.maxSinkC), around), heatW),
      fuelW: 0,
    }),
  };
}

export const boilerSource = (boiler: Boiler): Source => ({
  kind: "boiler",
  isBackup: false,
  heatsWater: true,
  maxTankC: 75,
  capacityW: () => boiler.nominalW,
  draw: (heatW, { returnC }) => boilerDraw(boiler, heatW, returnC),
});

export const districtSource = (district: DistrictHeat): Source => ({
  kind: "district",
  isBackup: false,
  heatsWater: true,
  maxTankC: district.mildSupplyC - district.approachK - coilK,
  capacityW: (supplyC, { outdoorC }) =>
    district.nominalW * reach(districtSupplyC(district, outdoorC), supplyC),
  draw(heatW) {
    const { networkW, electricityW } = districtDraw(district, heatW);
    return { electricityW, fuelW: networkW };
  },
});

/** Electric elements: in the rooms, and one in the tank. */
export const resistiveSource = (capacityW: number, isBackup: boolean): Source => ({
  kind: "resistive",
  isBackup,
  heatsWater: true,
  maxTankC: 75,
  capacityW: () => capacityW,
  draw: (heatW) => ({ electricityW: heatW, fuelW: 0 }),
});

/** What a kWh of its heat costs here and now at full load, in electricity less what computing earns; to order sources by. */
export function costOfHeat(source: Source, supplyC: number, around: Surroundings): number {
  const heatW = Math.max(1, source.capacityW(supplyC, around));
  const { electricityPerKwh, earnsPerKwh } = around;
  const perKwh = source.kind === "heater" ? electricityPerKwh - earnsPerKwh : electricityPerKwh;
  return (
    (source.draw(heatW, { supplyC, returnC: supplyC - coilSpreadK }, around).electricityW / heatW) * perKwh
  );
}
