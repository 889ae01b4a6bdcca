import type { Instant, Seconds } from "../domain/index.ts";
import type { SensorConfig } from "./controlConfig.ts";
import type { SensorReading } from "./heater.ts";

/** Late: the estimate goes on alone. Lost, absurd: the fallback acts. */
export type SensorState = "fresh" | "late" | "lost" | "absurd";

/** What is remembered of a sensor; ages are s by the monotonic clock. */
export interface SensorMemory {
  /** The time of the newest reading that was looked at. */
  readonly seenAt: Instant | null;
  /** Since the newest reading of any kind was measured. */
  readonly silentFor: number;
  /** Since the newest believed reading was measured, or since the start. */
  readonly unbelievedFor: number;
  /** Whether a reading that was not too old was believed since the start, or since the last sleep. */
  readonly isBelieved: boolean;
  /** The newest reading, believed or not; null when it was no number. */
  readonly raw: number | null;
  /** Readings rejected in a row. */
  readonly rejected: number;
  /** Rejected readings in a row that agree with each other. */
  readonly agreeing: { readonly count: number; readonly low: number; readonly high: number } | null;
}

export const newSensor: SensorMemory = {
  seenAt: null,
  silentFor: 0,
  unbelievedFor: 0,
  isBelieved: false,
  raw: null,
  rejected: 0,
  agreeing: null,
};

export interface SensorNews {
  readonly at: Instant;
  readonly elapsed: Seconds;
  /** By how much the wall clock jumped since the last round; 0 when it did not. */
  readonly jump: Seconds;
  /** The newest reading, however old. */
  readonly reading: SensorReading | undefined;
}

interface Expected {
  readonly value: number;
  readonly deviation: number;
}

export type SensorVerdict =
  | { readonly kind: "nothing" }
  | { readonly kind: "rejected" }
  /** In line with what was expected. */
  | { readonly kind: "believed"; readonly value: number }
  /** The first, or a step that so many readings agree on that what was expected must be wrong. */
  | { readonly kind: "restart"; readonly value: number };

const coldestC = -30;
const absurdAfter = 3;
const gateDeviations = 5;
const gateKelvin = 1.5;
const agreementKelvin = 1.5;
/** A step up to this size is believed after few readings, a larger one after many. */
const ordinaryStepKelvin = 8;
const agreeingReadings = { ordinary: 5, large: 30 };

export function sensorStateOf(config: SensorConfig, sensor: SensorMemory): SensorState {
  if (sensor.rejected >= absurdAfter && sensor.silentFor < config.lostAfter) return "absurd";
  if (sensor.unbelievedFor >= config.lostAfter) return "lost";
  return sensor.unbelievedFor >= config.staleAfter || sensor.seenAt === null ? "late" : "fresh";
}

/** Takes the newest reading, once, and judges it by its range, its age and what was expected. */
export function hearSensor(
  config: SensorConfig,
  before: SensorMemory,
  news: SensorNews,
  expected: Expected | null,
): { readonly sensor: SensorMemory; readonly verdict: SensorVerdict } {
  const slept = sleepOf(config, news);
  const aged = {
    ...before,
    silentFor: before.silentFor + news.elapsed + slept,
    unbelievedFor: before.unbelievedFor + news.elapsed + slept,
    isBelieved: before.isBelieved && slept === 0,
  };
  const { reading } = news;
  if (!reading || reading.at === before.seenAt) return { sensor: aged, verdict: { kind: "nothing" } };
  const forgiven = slept > 0 ? 0 : Math.max(0, news.jump);
  const age = Math.max(0, (news.at - reading.at) / 1000 - forgiven);
  const heard = {
    ...aged,
    seenAt: reading.at,
    silentFor: age,
    raw: Number.isFinite(reading.value) ? reading.value : null,
  };
  const verdict = judge(config, heard, reading.value, expected);
  if (verdict.kind !== "rejected") {
    const isBelieved = age < config.lostAfter;
    return { sensor: { ...heard, unbelievedFor: age, isBelieved, rejected: 0, agreeing: null }, verdict };
  }
  const inRange = isPlausible(config, reading.value);
  const agreeing = inRange ? agreement(before.agreeing, reading.value) : null;
  return { sensor: { ...heard, rejected: before.rejected + 1, agreeing }, verdict };
}

/**
 * The monotonic clock stands still while a machine sleeps, so a far jump forward of the wall clock may be a sleep: a
 * sensor is then as old as the wall clock says, s; 0 when it did not sleep.
 */
export const sleepOf = ({ lostAfter }: SensorConfig, { jump }: Pick<SensorNews, "jump">): number =>
  jump >= lostAfter ? jump : 0;

function judge(
  config: SensorConfig,
  { agreeing }: SensorMemory,
  value: number,
  expected: Expected | null,
): SensorVerdict {
  if (!isPlausible(config, value) && !hasCooledTo(config, value, expected)) return { kind: "rejected" };
  if (!expected) return { kind: "restart", value };
  const step = Math.abs(value - expected.value);
  if (step <= Math.max(gateKelvin, gateDeviations * expected.deviation)) return { kind: "believed", value };
  const agreed = agreement(agreeing, value);
  const wanted = step <= ordinaryStepKelvin ? agreeingReadings.ordinary : agreeingReadings.large;
  return agreed.count >= wanted ? { kind: "restart", value } : { kind: "rejected" };
}

/** Whether no room has this temperature, °C: kept for the record, but apart from the room's. */
export const isAbsurd = (config: SensorConfig, value: number, estimate: number | undefined): boolean =>
  !isPlausible(config, value) &&
  !hasCooledTo(config, value, estimate === undefined ? null : { value: estimate });

const isPlausible = ({ plausible }: SensorConfig, value: number) =>
  Number.isFinite(value) && value >= plausible.minC && value <= plausible.maxC;

/**
 * A broken sensor leaps below its range; a room cools to there, and needs heat most when it has. So what goes on from
 * what was expected is believed.
 */
const hasCooledTo = ({ plausible }: SensorConfig, value: number, expected: Pick<Expected, "value"> | null) =>
  expected !== null &&
  value < plausible.minC &&
  value > coldestC &&
  Math.abs(value - expected.value) <= gateKelvin;

function agreement(agreeing: SensorMemory["agreeing"], value: number) {
  const alone = { count: 1, low: value, high: value };
  if (!agreeing) return alone;
  const low = Math.min(agreeing.low, value);
  const high = Math.max(agreeing.high, value);
  return high - low <= agreementKelvin ? { count: agreeing.count + 1, low, high } : alone;
}
