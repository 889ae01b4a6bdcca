import type { Celsius, HeaterId, Seconds, SinkId, Watts } from "../domain/index.ts";
import type { ComfortSchedule } from "./comfort.ts";
import type { HeaterTraits } from "./heater.ts";
import type { QuietHours } from "./quiet.ts";
import type { RoomModel } from "./room.ts";
import type { DrawOffProfile } from "./sinks/drawOff.ts";
import type { LegionellaRule } from "./sinks/legionella.ts";

/** What a sink's heaters do when its temperature is not known. */
export type Fallback =
  | { readonly kind: "stop" }
  /** Together at most these watts, proven to be safe both ways, and for at most this long. */
  | { readonly kind: "run"; readonly watts: Watts; readonly atMost: Seconds };

export interface SensorConfig {
  /** A reading older than this is late: the estimate goes on alone. */
  readonly staleAfter: Seconds;
  /** Without a believable reading for this long the sensor is lost and the fallback acts. */
  readonly lostAfter: Seconds;
  /** Readings outside are absurd. */
  readonly plausible: { readonly minC: Celsius; readonly maxC: Celsius };
}

interface SinkBase {
  readonly id: SinkId;
  readonly comfort: ComfortSchedule;
  readonly limits: {
    /** Above this nothing heats, whoever asks; targets end a band below it. */
    readonly maxC: Celsius;
    /** Below this everything that may heat does, whatever its owner wished; targets begin a band above it. */
    readonly minC: Celsius;
  };
  /** Its two heat stores. */
  readonly model: RoomModel;
  readonly sensor: SensorConfig;
  readonly fallback: Fallback;
}

export interface RoomSink extends SinkBase {
  readonly kind: "room";
}

/** Hot water that is drawn: by the day, at the tap, from the mains. */
export interface HotWater {
  readonly litresPerDay: number;
  readonly profile: DrawOffProfile;
  readonly tapC: Celsius;
  readonly mainsC: Celsius;
}

/** A hot-water tank. It never runs unwatched: without its temperature nothing heats it. */
export interface TankSink extends SinkBase {
  readonly kind: "tank";
  readonly fallback: { readonly kind: "stop" };
  readonly litres: number;
  readonly lossWattsPerKelvin: number;
  /** Of the place where it stands. */
  readonly aroundC: Celsius;
  /** Null where nobody disinfects it by heat. */
  readonly disinfection: LegionellaRule | null;
  readonly hotWater: HotWater;
  /** So warm a plan may make it while energy is cheap. */
  readonly storeC: Celsius;
}

/** Where heat goes: what is the same of all is held by the same rules. */
export type SinkConfig = RoomSink | TankSink;

/** The air around a sink, to which it loses its heat. */
export const aroundSink = (sink: SinkConfig, outdoor: Celsius | undefined): Celsius | undefined =>
  sink.kind === "tank" ? sink.aroundC : outdoor;

export interface HeaterConfig {
  readonly id: HeaterId;
  readonly sink: SinkId;
  readonly traits: HeaterTraits;
  readonly minOn: Seconds;
  readonly minOff: Seconds;
  /** Run at any of its powers at once; otherwise each is tried first. */
  readonly trusted: boolean;
  /** Started more often, by the hearth or by itself, it rests. */
  readonly maxStartsPerHour: number;
  readonly quiet: readonly QuietHours[];
  /** It is off while a kWh costs more, but in frost; undefined: whatever it costs. */
  readonly priceCeiling?: number | undefined;
  readonly limits: {
    /** At this temperature of its hottest part it is stopped. */
    readonly deviceMaxC: Celsius;
  };
  /** The share of its power that ends as heat in its sink, 0 … 1. */
  readonly heatShare: number;
  /** Says which device it is: another text, another device. Unknown without. */
  readonly device?: string;
}

export interface ControlConfig {
  /** IANA name. */
  readonly timezone: string;
  readonly sinks: readonly SinkConfig[];
  /** Earlier ones are preferred. */
  readonly heaters: readonly HeaterConfig[];
  /** What all heaters together may draw. */
  readonly feeder: { readonly maxWatts: Watts };
  /** Between the starts of any two heaters. */
  readonly stagger: Seconds;
}

/** Sensible where the owner says nothing. */
export const controlDefaults = {
  bandK: 0.3,
  minOn: 300 as Seconds,
  minOff: 180 as Seconds,
  maxStartsPerHour: 6,
  stagger: 30 as Seconds,
  deviceMaxC: 90 as Celsius,
  roomLimits: { maxC: 28 as Celsius, minC: 5 as Celsius },
  sensor: {
    staleAfter: 120 as Seconds,
    lostAfter: 360 as Seconds,
    /** From 1 °C, because broken sensors like to say 0. */
    plausible: { minC: 1 as Celsius, maxC: 50 as Celsius },
  },
  fallback: { kind: "stop" },
  tank: {
    targetC: 50 as Celsius,
    bandK: 4,
    limits: { maxC: 75 as Celsius, minC: 5 as Celsius },
    plausible: { minC: 1 as Celsius, maxC: 99 as Celsius },
    aroundC: 18 as Celsius,
    mainsC: 12 as Celsius,
    tapC: 40 as Celsius,
    litresPerDay: 100,
    storeC: 60 as Celsius,
  },
} as const;
