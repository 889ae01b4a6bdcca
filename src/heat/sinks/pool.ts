import { saturatedPa } from "../weather/vapour.ts";
import { joulesPerLitreKelvin } from "./water.ts";

export interface Pool {
  readonly areaM2: number;
  readonly depthM: number;
}

/** What surrounds a pool's water. */
export interface PoolSurroundings {
  readonly isCovered: boolean;
  readonly outdoorC: number;
  readonly relativeHumidity: number;
  /** At the water, not on a mast. */
  readonly windMs: number;
  /** Onto the horizontal, W/m². */
  readonly sunW: number;
  /** Long waves of the sky, W/m². */
  readonly skyInfrared: number;
  readonly groundC: number;
}

/** What acts on a pool during a step. */
export interface PoolInputs extends PoolSurroundings {
  readonly seconds: number;
  readonly heatW: number;
}

export interface PoolFlows {
  readonly evaporationW: number;
  readonly convectionW: number;
  readonly longWavesW: number;
  readonly groundW: number;
  /** Gained. */
  readonly sunW: number;
}

/**
 * Of ASHRAE's equation, what a quiet pool was measured to evaporate (Woolley, Harrington & Modera, Building and
 * Environment 46, 2011).
 */
const measuredShare = 0.76;
/** What a floating cover lets through: of the vapour, of heat by wind, of the sun. */
const cover = { evaporation: 0.05, convection: 0.4, sun: 0.6 } as const;
/** Of the sun that meets the water, what stays in it. */
const sunAbsorbed = 0.85;
const longWaveEmissivity = 0.95;
const groundWattsPerM2Kelvin = 0.4;
const stefanBoltzmann = 5.670374e-8;

export const poolJoulesPerKelvin = ({ areaM2, depthM }: Pool): number =>
  areaM2 * depthM * 1000 * joulesPerLitreKelvin;

/**
 * What a pool's water exchanges, W. Evaporation as ASHRAE (Handbook HVAC Applications, natatoriums): (0.089 + 0.0782 v)
 * (p water − p air), times what was measured of it; heat by wind as McAdams; long waves with the sky.
 */
export function poolFlows({ areaM2 }: Pool, waterC: number, inputs: PoolSurroundings): PoolFlows {
  const { outdoorC, windMs, isCovered } = inputs;
  const overWater = Math.max(0, saturatedPa(waterC) - inputs.relativeHumidity * saturatedPa(outdoorC));
  const evaporation = measuredShare * (0.089 + 0.0782 * windMs) * overWater;
  const convection = (3.1 + 4.1 * windMs) * (waterC - outdoorC);
  const longWaves = longWaveEmissivity * (stefanBoltzmann * (waterC + 273.15) ** 4 - inputs.skyInfrared);
  const open = isCovered ? cover : { evaporation: 1, convection: 1, sun: 1 };
  return {
    evaporationW: areaM2 * evaporation * open.evaporation,
    convectionW: areaM2 * convection * open.convection,
    longWavesW: areaM2 * longWaves * (isCovered ? 0.5 : 1),
    groundW: areaM2 * groundWattsPerM2Kelvin * (waterC - inputs.groundC),
    sunW: areaM2 * sunAbsorbed * inputs.sunW * open.sun,
  };
}

/** What the water loses to all that surrounds it, less what the sun gives it, W. */
export function poolLossW(pool: Pool, waterC: number, surroundings: PoolSurroundings): number {
  const { evaporationW, convectionW, longWavesW, groundW, sunW } = poolFlows(pool, waterC, surroundings);
  return evaporationW + convectionW + longWavesW + groundW - sunW;
}

/** The water after a step, °C; stored heat grows by heat and sun less the losses. */
export function stepPool(
  pool: Pool,
  waterC: number,
  inputs: PoolInputs,
): { readonly waterC: number; readonly flows: PoolFlows } {
  const flows = poolFlows(pool, waterC, inputs);
  const net =
    inputs.heatW + flows.sunW - flows.evaporationW - flows.convectionW - flows.longWavesW - flows.groundW;
  return { waterC: waterC + (net * inputs.seconds) / poolJoulesPerKelvin(pool), flows };
}
