import { stepBuffer } from "../sinks/buffer.ts";
import { joulesPerLitreKelvin } from "../sinks/water.ts";
import { type RoomWish, stepSeconds } from "./dwelling.ts";
import type { Home } from "./homeSchema.ts";
import { type HomeSystem, isBought } from "./sources.ts";

/** How warm the emitters' water has to be, °C. */
export interface EmitterWater {
  /** For what the rooms want now. */
  readonly supplyC: number;
  /** By the heating curve; never warmer than `supplyC`. */
  readonly curveC: number;
}

/** A home's buffer: sources fill it at their own pace, the emitters take from it what the rooms want. */
export interface HomeBuffer {
  /** What sources are asked for instead of what the rooms want. */
  ask(room: RoomWish, water: EmitterWater): RoomWish;
  /** How warm the water is that sources make now, °C. */
  madeC(water: EmitterWater): number;
  /** Takes what the sources gave; gives what the rooms get, W. */
  pass(givenW: number, wantedW: number, supplyC: number): number;
}

/** Filled that far above the heating curve, then used down to what the emitters need, K. */
const swingK = 8;
const aroundC = 18;
/** Of an insulated vessel, W/K, for each square root of a litre. */
const lossPerRootLitre = 0.13;

/** How warm a buffer is filled on average, °C. */
export const filledC = ({ supplyC, curveC }: EmitterWater): number => Math.max(supplyC, curveC + swingK / 2);

/** Undefined where there is none, or where nothing heats water for the rooms. */
export function openHomeBuffer({ bufferLitres, heater }: Home, system: HomeSystem): HomeBuffer | undefined {
  const isDry =
    system === "resistive" || (system !== "heat-pump" && !isBought(system) && heater.into === "air");
  if (bufferLitres === 0 || isDry) return undefined;
  const buffer = { litres: bufferLitres, lossWattsPerKelvin: lossPerRootLitre * Math.sqrt(bufferLitres) };
  const wattsPerKelvin = (bufferLitres * joulesPerLitreKelvin) / stepSeconds;
  let celsius = 30;
  let isFilling = false;
  return {
    ask(room, { supplyC, curveC }) {
      const fullC = Math.max(supplyC, curveC + swingK);
      const above = (celsius - supplyC) * wattsPerKelvin;
      if (room.heatW > Math.max(0, above)) isFilling = true;
      if (celsius >= fullC - 0.5 || room.heatW === 0) isFilling = false;
      const toFull = (fullC - celsius) * wattsPerKelvin;
      const missing = (watts: number) => Math.max(0, watts - Math.max(0, above));
      return {
        ...room,
        heatW: isFilling ? Math.max(0, room.heatW + toFull) : 0,
        leastHeatW: missing(room.leastHeatW),
        mostHeatW: room.heatW > 0 ? Math.max(0, room.mostHeatW + toFull) : 0,
      };
    },
    madeC: (water) => (isFilling ? filledC(water) : water.supplyC),
    pass(givenW, wantedW, supplyC) {
      const above = Math.max(0, celsius - supplyC) * wattsPerKelvin;
      const takenW = Math.min(wantedW, givenW + above);
      ({ celsius } = stepBuffer(buffer, celsius, { seconds: stepSeconds, heatW: givenW, takenW, aroundC }));
      return takenW;
    },
  };
}
