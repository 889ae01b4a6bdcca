import { Watts } from "../domain/index.ts";
import type { ThermostatState } from "./thermostat.ts";

export interface TankAsked {
  readonly temperature: number;
  readonly target: number;
  /** So far below its target the tank begins to be heated, K. */
  readonly band: number;
  /** All the heat that its heaters can ever give. */
  readonly capacity: Watts;
}

/** Hysteresis: a tank that is a band below its target is heated with all there is until it has reached that. */
export function askTank(
  before: ThermostatState,
  { temperature, target, band, capacity }: TankAsked,
): { readonly state: ThermostatState; readonly wanted: Watts } {
  const below = target - temperature;
  const isHeated = below > band || (before.mode === "far-below" && below > 0);
  const wanted = isHeated ? capacity : Watts(0);
  return { state: { integral: null, mode: isHeated ? "far-below" : "regulating", wanted }, wanted };
}
