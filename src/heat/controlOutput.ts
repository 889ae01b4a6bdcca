import type { Celsius, HeaterId, SinkId, SiteEvent, Watts } from "../domain/index.ts";
import type { Comfort } from "./comfort.ts";
import type { OwnerWishes } from "./controlInput.ts";
import type { ControlState } from "./controlState.ts";
import type { Setpoint } from "./heater.ts";
import type { LearnedPowers } from "./learned.ts";
import type { SensorState } from "./sensor.ts";
import type { TrialMemory } from "./trial.ts";

/** Why a setpoint is what it is; stable, where the reason in words changes every minute. */
export type Cause =
  | "comfort"
  | "disinfection"
  | "idles"
  | "frost"
  | "quiet"
  | "dear"
  | "owner-power"
  | "plan"
  | "job"
  | "trial"
  | "heaters-suffice"
  | "out-of-reach"
  | "flapping"
  | "unguarded"
  | "must-run"
  | "must-rest"
  | "settling"
  | "busy"
  | "waits-its-turn"
  | "feeder"
  | "stopped-by-owner"
  | "no-temperature"
  | "fallback"
  | "sensor-lost"
  | "sensor-frozen"
  | "sink-too-hot"
  | "device-too-hot"
  | "silent";

export interface Decision {
  readonly heaterId: HeaterId;
  readonly setpoint: Setpoint;
  /** In words, for the owner. */
  readonly reason: string;
  readonly cause: Cause;
  /** Write it now, even if it was written before. */
  readonly urgent: boolean;
  /** Write nothing yet: the heater has not been seen since the start and may be running rightly. */
  readonly unseen: boolean;
}

export interface SinkStatus {
  readonly id: SinkId;
  /** Undefined while nothing is known. */
  readonly estimate: Celsius | undefined;
  readonly sensor: SensorState;
  readonly comfort: Comfort;
  /** Heat that its heaters give it now. */
  readonly heating: Watts;
  /** Heat that the thermostat asks for. */
  readonly wanted: Watts;
}

export interface HeaterStatus {
  readonly id: HeaterId;
  readonly state: "off" | "heating" | "settling" | "stopped-by-owner" | "unreachable" | "fault";
  /** Drawn now; undefined when it is not known. */
  readonly watts: Watts | undefined;
  readonly trial: TrialMemory;
  /** It is its turn to be tried. */
  readonly isTried: boolean;
  /** Its own figure and its plug's differ more than meters do. */
  readonly wattsDiffer: boolean;
  /** What it was metered to draw, by the power asked for. */
  readonly learned: LearnedPowers;
}

export interface ControlOutput {
  readonly state: ControlState;
  /** One per heater, in the configuration's order. */
  readonly decisions: readonly Decision[];
  /** Each raised once and cleared once. */
  readonly events: readonly SiteEvent[];
  /** Alarms and warnings that are open, newest first. */
  readonly alarms: readonly SiteEvent[];
  readonly sinks: readonly SinkStatus[];
  readonly heaters: readonly HeaterStatus[];
  /**
   * What heaters leave of the feeder, whatever deferrable loads draw, W, whether one got less than it was to have, and
   * since when none was started, s.
   */
  readonly feeder: { readonly free: number; readonly isShort: boolean; readonly sinceStart: number };
  /** The owner's wishes without those that have ended. */
  readonly owner: OwnerWishes;
}
