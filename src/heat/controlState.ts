import type { Instant, SiteEvent } from "../domain/index.ts";
import type { DisinfectionMemory } from "./disinfection.ts";
import { type Estimate, unknownEstimate } from "./estimate.ts";
import type { FrostMemory } from "./frost.ts";
import type { HeaterMemory } from "./heaterMemory.ts";
import type { MainsMemory } from "./mains.ts";
import type { ComfortGuard } from "./planner/comfortGuard.ts";
import type { ResponseMemory } from "./response.ts";
import type { Standstill } from "./standstill.ts";
import type { TankAnswer } from "./tankAnswer.ts";
import { idleThermostat, type ThermostatState } from "./thermostat.ts";

export interface SinkMemory {
  readonly estimate: Estimate;
  readonly thermostat: ThermostatState;
  /** Whether a plan is heeded there. */
  readonly guard: ComfortGuard;
  /** Too hot, until a believable reading is well below the limit. */
  readonly tooHot: boolean;
  /** Below its lower limit, until it is a band above it. */
  readonly frost: FrostMemory | null;
  /** Of a room. */
  readonly response: ResponseMemory | null;
  /** Of a room. */
  readonly standstill: Standstill | null;
  /** Of a tank. */
  readonly answer: TankAnswer | null;
  /** For how long its heaters have not been enough, s. */
  readonly shortFor: number;
  /** Of a tank that is disinfected by heat. */
  readonly disinfection: DisinfectionMemory | null;
}

/** All that control remembers from one round to the next: plain data, fit for JSON. */
export interface ControlState {
  readonly version: 1;
  /** The wall clock of the last round. */
  readonly at: Instant | null;
  readonly sinks: Readonly<Record<string, SinkMemory>>;
  readonly heaters: Readonly<Record<string, HeaterMemory>>;
  /** Seconds since any heater was started, as far as it is known. */
  readonly sinceStart: number;
  readonly mains: MainsMemory | null;
  /** Alarms and warnings that have been raised and not cleared. */
  readonly open: readonly SiteEvent[];
}

export const newSink = (): SinkMemory => ({
  estimate: unknownEstimate(),
  thermostat: idleThermostat(),
  guard: "plan",
  tooHot: false,
  frost: null,
  response: null,
  standstill: null,
  answer: null,
  shortFor: 0,
  disinfection: null,
});
