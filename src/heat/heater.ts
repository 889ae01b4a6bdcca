import type { Celsius, HashesPerSecond, Instant, Provenance, Seconds, Watts } from "../domain/index.ts";

/** What a heater computes now; one that only heats computes nothing. */
export type Workload = "mining" | "job" | "heating" | "idle";

/** The powers above its idle draw at which a heater can be run, W. Levels ascend. */
export type PowerSteps =
  | { readonly kind: "levels"; readonly watts: readonly Watts[] }
  | { readonly kind: "range"; readonly min: Watts; readonly max: Watts; readonly step: Watts };

/** Who brings a heater to its safe state when the hearth dies, and within which time. */
export type Guard =
  | { readonly by: "device-watchdog"; readonly within: Seconds }
  | { readonly by: "plug-timer"; readonly within: Seconds }
  /** Left alone it may run on: its sink stays below its limit at this power, and that was shown. */
  | { readonly by: "unattended-watts"; readonly watts: Watts }
  /** It would run on at any power: refused, unless what it is behind brings a guard. */
  | { readonly by: "nobody" };

export interface SafeState {
  /** For people: "hashing stops, the fan runs on". */
  readonly description: string;
  readonly guard: Guard;
}

/** How a heat pump makes more heat than it draws. */
export interface PumpPerformance {
  readonly source: "air" | "ground";
  /** Of the water that it gives to a room, °C. */
  readonly supplyC: Celsius;
  /** The warmest water that it makes, °C. */
  readonly maxSinkC: Celsius;
}

/** What a heater can do. Drivers declare it; no two devices are alike. */
export interface HeaterTraits {
  readonly steps: { readonly [W in Exclude<Workload, "idle">]?: PowerSteps };
  /** Drawn when stopped, W. */
  readonly idleWatts: Watts;
  /** The most it can draw, W; the feeder is planned with it. */
  readonly maxWatts: Watts;
  /** Drawn by itself when the mains come back after an outage, before the hearth says anything, W. */
  readonly powerReturnWatts: Watts;
  readonly canStop: boolean;
  readonly stopSurvivesRestart: boolean;
  /** How long a change takes to hold. */
  readonly settle: Seconds;
  readonly change: "live" | "restart" | "reboot";
  readonly provenance: Provenance;
  readonly safeState: SafeState;
  /** Only of a heat pump. */
  readonly performance?: PumpPerformance;
  /** Only of what can run tasks of an exchange. */
  readonly tasks?: TaskTraits;
}

/** How a heater runs tasks. */
export interface TaskTraits {
  /** At once. */
  readonly slots: number;
  /** That each adds to its idle draw, W. */
  readonly wattsPerSlot: Watts;
  /** Class-seconds that each does in a second. */
  readonly speed: number;
}

/** What a heater is asked to do. */
export interface Setpoint {
  readonly watts: Watts;
  readonly workload: Workload;
}

/** What a heater says of itself. */
export interface HeaterReading {
  readonly at: Instant;
  readonly watts: Watts;
  readonly provenance: Provenance;
  readonly workload: Workload;
  readonly hashrate?: HashesPerSecond;
  /** Of the chain that it mines for. */
  readonly networkDifficulty?: number;
  /** Its hottest part. */
  readonly temperature?: Celsius;
  /** What the device itself says it draws, where `watts` comes from its plug. */
  readonly ownWatts?: Watts;
  /** The powers that it would take now, where they are fewer than its traits say. */
  readonly available?: PowerSteps;
  /** What it is set to by its own word, W; 0 when it is stopped. Its draw drifts around that. */
  readonly setTo?: Watts;
  /** A state in which a write would be refused, in words. */
  readonly busy?: string;
  /** Why the guard of its safe state would not act now, in words: it must not run so. */
  readonly unguarded?: string;
  readonly shares?: { readonly accepted: number; readonly rejected: number; readonly stale: number };
  /** What is wrong with it, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** What became of a setpoint. Faults (no answer, garbage) are thrown as HearthworkError. */
export type Applied =
  | { readonly outcome: "applied"; readonly reading: HeaterReading }
  | { readonly outcome: "busy"; readonly why: string }
  | { readonly outcome: "refused"; readonly why: string };

/** A heater as the hearth handles it. Every call ends, by itself or by its signal. */
export interface HeaterDriver {
  readonly traits: HeaterTraits;
  read(signal: AbortSignal): Promise<HeaterReading>;
  /** Writes, then reads back. `idle` stops it. */
  apply(setpoint: Setpoint, signal: AbortSignal): Promise<Applied>;
  /** Brings it to its safe state and lets go of it. */
  close(): Promise<void>;
  /** Lets go of it and leaves it as it is: another hand takes it over at once. */
  leave(): Promise<void>;
}

/** A value from a sensor with the time at which it was measured or arrived. */
export interface SensorReading {
  readonly at: Instant;
  readonly value: number;
}

/** A sensor as the hearth handles it: the newest reading that it has, if any, without waiting. */
export interface SensorDriver {
  latest(): SensorReading | undefined;
  /** Every reading since the last call, oldest first and bounded; the hearth keeps them all. */
  drain(): readonly SensorReading[];
  /** Why there is no reading, or what is wrong, in words. */
  trouble(): string | undefined;
  close(): Promise<void>;
}
