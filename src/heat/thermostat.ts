import { Seconds, Watts } from "../domain/index.ts";
import { lossWattsPerKelvin, type RoomModel } from "./room.ts";

/** Plain data. */
export interface ThermostatState {
  /** The controller's integral, W; wanted = integral − gain · temperature, within what is possible. */
  readonly integral: number | null;
  readonly mode: "regulating" | "far-below" | "far-above";
  /** The heat asked for last, W. */
  readonly wanted: number;
}

export interface ThermostatTuning {
  readonly gainWattsPerKelvin: number;
  readonly integralTime: Seconds;
  /** In which the integral follows what was possible. */
  readonly trackingTime: Seconds;
}

export interface ThermostatInput {
  readonly temperature: number;
  readonly target: number;
  /** Half the width of the comfort band, K. */
  readonly band: number;
  /** All the heat that the sink's heaters can ever give. */
  readonly capacity: Watts;
  /** What they must and can give now, some being locked out. */
  readonly possible: { readonly min: Watts; readonly max: Watts };
  readonly elapsed: Seconds;
}

export const idleThermostat = (): ThermostatState => ({ integral: null, mode: "regulating", wanted: 0 });

/** After a longer pause the integral is not moved on as if it had been watching. */
const longestStep = 60;

/** The gain at which an error of 1.5 K asks for all of `capacity`, but not more than the room's air bears. */
export function tuneThermostat(model: RoomModel, capacity: Watts): ThermostatTuning {
  const fastest = model.airJoulesPerKelvin / 600 + lossWattsPerKelvin(model);
  return {
    gainWattsPerKelvin: Math.min(capacity / 1.5, fastest),
    integralTime: Seconds(2400),
    trackingTime: Seconds(120),
  };
}

/**
 * A discrete PI controller: proportional to the temperature, integral over the error, so a new target moves the output
 * without a jump. Outside the band it asks for all, or nothing, at once. At the heaters' limits the integral follows by
 * back-calculation (Åström, Hägglund: PID Controllers, 1995, ch. 3.5); while they are locked out it stands still.
 */
export function askThermostat(
  tuning: ThermostatTuning,
  before: ThermostatState,
  input: ThermostatInput,
): { readonly state: ThermostatState; readonly wanted: Watts } {
  const { temperature, target, band, capacity, possible } = input;
  const { gainWattsPerKelvin: gain, integralTime, trackingTime } = tuning;
  const dt = Math.min(longestStep, Math.max(0, input.elapsed));
  const error = target - temperature;
  const mode = nextMode(before.mode, error, band);
  const unlimited = (before.integral ?? gain * target) - gain * temperature;
  const demanded = mode === "far-below" ? capacity : mode === "far-above" ? Watts(0) : unlimited;
  const wanted = Watts(Math.min(capacity, Math.max(0, demanded)));
  const isBlocked = (error > 0 && unlimited > possible.max) || (error < 0 && unlimited < possible.min);
  const drift = mode !== "regulating" || isBlocked ? 0 : (gain / integralTime) * error * dt;
  const follow = (wanted - unlimited) * -Math.expm1(-dt / trackingTime);
  return { state: { integral: unlimited + gain * temperature + drift + follow, mode, wanted }, wanted };
}

function nextMode(mode: ThermostatState["mode"], error: number, band: number): ThermostatState["mode"] {
  if (error > band) return "far-below";
  if (error < -band) return "far-above";
  if (mode === "far-below" && error > band / 2) return mode;
  if (mode === "far-above" && error < -band / 2) return mode;
  return "regulating";
}
