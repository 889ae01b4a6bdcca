import type { Celsius, HeaterId, Instant, Seconds, Watts } from "../domain/index.ts";
import type { ComfortOverride } from "./comfort.ts";
import type { HeaterReading, SensorReading, Setpoint } from "./heater.ts";

export interface SensorInput {
  /** The newest reading, however old. */
  readonly reading: SensorReading | undefined;
  /** What is wrong with the sensor, in words. */
  readonly trouble?: string | undefined;
}

export interface HeaterInput {
  /** The newest reading, however old. */
  readonly reading: HeaterReading | undefined;
  /** Whether the last call was answered; while it was not, the heater may draw its most. */
  readonly answers: boolean;
  /** The newest setpoint that it took and read back; undefined before the first. */
  readonly held: Setpoint | undefined;
  /** What went wrong in the last call, in words. */
  readonly trouble?: string | undefined;
  /** What tasks of an exchange need of it; undefined while it holds none. */
  readonly tasks?: TaskClaim | undefined;
}

/** A power that tasks need while its sink may be warmed. Every limit caps it, and it caps nothing. */
export interface TaskClaim {
  readonly watts: Watts;
  /** In words. */
  readonly why: string;
  /** At this temperature of the sink and above, its thermostat goes on alone. */
  readonly warmest: Celsius;
  /**
   * They were told to end and have half a minute at most: so long the thermostat and its owner's stop wait, hard limits
   * do not.
   */
  readonly isEnding: boolean;
}

/** A power that the owner asked for, whatever the room's temperature; every limit caps it. */
export interface PowerWish {
  readonly watts: Watts;
  readonly until: Instant;
}

/** A power that a plan has for a heater now. Its room's comfort and every limit go before it. */
export interface PlanWish {
  readonly watts: Watts;
  /** In words. */
  readonly why: string;
  /** At this temperature of the room and above, its thermostat goes on alone. */
  readonly warmest: Celsius;
}

export type TrialWish = "start" | "skip";

/** What the owner asked for beyond the configuration. */
export interface OwnerWishes {
  readonly stoppedHeaters: readonly HeaterId[];
  /** By sink. */
  readonly overrides: Readonly<Record<string, readonly ComfortOverride[]>>;
  /** By heater. */
  readonly powers: Readonly<Record<string, PowerWish>>;
  /** By heater: its powers are to be tried again, or believed untried. Heeded once. */
  readonly trials: Readonly<Record<string, TrialWish>>;
}

export interface ControlInput {
  /** The wall clock. It may have jumped. */
  readonly at: Instant;
  /** By the monotonic clock, since the last round; 0 in the first round after a start. */
  readonly elapsed: Seconds;
  /** By sink; a missing one is a sensor without a reading. */
  readonly sensors: Readonly<Record<string, SensorInput>>;
  /** By heater; a missing one does not answer. */
  readonly heaters: Readonly<Record<string, HeaterInput>>;
  readonly owner: OwnerWishes;
  readonly outdoor?: Celsius | undefined;
  /** Of a kWh now, in the tariff's money. */
  readonly price?: number | undefined;
  /** By heater, while a plan is in force. */
  readonly plan?: Readonly<Record<string, PlanWish>> | undefined;
  /** What deferrable loads may draw of the feeder, W; heaters have what is left, and the loads make room for them. */
  readonly loads?: number | undefined;
  /** What the site's own meter said last since the last round, below 0 where power flows back, without what deferrable loads draw. */
  readonly mains?: Watts | undefined;
}
