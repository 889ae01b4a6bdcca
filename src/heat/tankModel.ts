import { joulesPerLitreKelvin } from "./sinks/water.ts";
import type { RoomModel } from "./room.ts";

export interface TankDescription {
  readonly litres: number;
  /** Of the whole tank to what is around it, W/K. */
  readonly lossWattsPerKelvin: number;
}

/** Heat that the steel and the insulation around the water hold, as a share of the water's. */
const shellShare = 0.02;
/** How much better the water reaches its shell than the shell what is around it. */
const coupling = 20;

/**
 * A mixed tank as the two heat stores that rooms are: its water, which takes all heat, and its shell, through which all
 * is lost. So it is estimated, foreseen and watched by the same rules as a room.
 */
export function tankModel({ litres, lossWattsPerKelvin }: TankDescription): RoomModel {
  const water = litres * joulesPerLitreKelvin;
  return {
    airJoulesPerKelvin: water,
    fabricJoulesPerKelvin: shellShare * water,
    airToOutsideWattsPerKelvin: 0,
    fabricToOutsideWattsPerKelvin: (lossWattsPerKelvin * coupling) / (coupling - 1),
    airToFabricWattsPerKelvin: lossWattsPerKelvin * coupling,
    heatToAir: 1,
  };
}
