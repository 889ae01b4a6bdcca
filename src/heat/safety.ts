import type { Celsius, Watts } from "../domain/index.ts";
import type { SinkConfig } from "./controlConfig.ts";
import type { Cause } from "./controlOutput.ts";
import type { SinkMemory } from "./controlState.ts";
import { sensorDoubt } from "./doubtSensor.ts";
import { estimatedAir, isKnown, sensorState, type Estimate } from "./estimate.ts";
import { isUnwatched, silenceBorne } from "./observe.ts";
import { type ObservedHeater } from "./observedHeater.ts";
import { flaps, sayFlapping } from "./starts.ts";
import { sayFailures } from "./trial.ts";
import { inTime, inWatts } from "./words.ts";

/** What safety lets a sink's heaters do. */
export type Permission =
  /** In frost everything that may heat has to. */
  | { readonly kind: "regulate"; readonly temperature: Celsius; readonly isFrost: boolean }
  | { readonly kind: "fallback"; readonly watts: Watts; readonly why: string }
  | { readonly kind: "nothing"; readonly cause: Cause; readonly why: string };

const reopensBelowKelvin = 0.5;

/**
 * Whether the sink is too hot: by the sensor's bare word, believed or not, or by the estimate. It stays so until a
 * fresh sensor and the estimate agree that it is well below the limit.
 */
export function isTooHot({ limits, sensor }: SinkConfig, before: boolean, estimate: Estimate): boolean {
  const raw = estimate.sensor.raw;
  const isHeard = estimate.sensor.silentFor < sensor.lostAfter;
  const warmest = Math.max(isHeard && raw !== null ? raw : -Infinity, estimatedAir(estimate) ?? -Infinity);
  if (warmest > limits.maxC) return true;
  if (!before) return false;
  const isFresh = sensorState(sensor, estimate) === "fresh";
  return !(isFresh && warmest <= limits.maxC - reopensBelowKelvin);
}

/** What the state of the sensor and the limits of the sink allow, whatever anybody wants. */
export function permitHeat(config: SinkConfig, memory: SinkMemory): Permission {
  const { kind, limits, sensor, fallback } = config;
  const { estimate, tooHot, frost } = memory;
  const temperature = estimatedAir(estimate);
  if (tooHot) {
    return { kind: "nothing", cause: "sink-too-hot", why: `${kind} above its limit of ${limits.maxC} °C` };
  }
  const state = sensorState(sensor, estimate);
  if (state === "fresh" || state === "late") {
    if (temperature === undefined || !isKnown(sensor, estimate)) {
      return { kind: "nothing", cause: "no-temperature", why: `waits for the ${kind}'s first temperature` };
    }
    const doubt = sensorDoubt(config, memory);
    if (doubt === undefined) return { kind: "regulate", temperature, isFrost: frost !== null };
    return { kind: "nothing", cause: "sensor-frozen", why: `${kind} sensor ${doubt}, pauses until it moves` };
  }
  const since = estimate.sensor.unbelievedFor;
  const trouble =
    state === "absurd" ? `${kind} sensor gives absurd values` : `${kind} sensor silent for ${inTime(since)}`;
  if (fallback.kind === "stop") {
    return { kind: "nothing", cause: "sensor-lost", why: `${trouble}, fallback is off` };
  }
  const left = sensor.lostAfter + fallback.atMost - since;
  if (left <= 0) {
    return { kind: "nothing", cause: "sensor-lost", why: `${trouble}, fallback has ended` };
  }
  const why = `${trouble}, fallback of ${inWatts(fallback.watts)} for another ${inTime(left)}`;
  return { kind: "fallback", watts: fallback.watts, why };
}

export const isFrost = (permission: Permission): boolean =>
  permission.kind === "regulate" && permission.isFrost;

export interface Stop {
  readonly cause: Cause;
  readonly why: string;
}

/** Why a heater has to be off now, whatever its minimum times; undefined when it has not. Frost outranks the owner. */
export function stopOf(
  { config, memory, reading }: ObservedHeater,
  permission: Permission,
  stoppedByOwner: boolean,
): Stop | undefined {
  if (permission.kind === "nothing") return permission;
  if (memory.tooHot && !memory.blindRest.trying) {
    const now = reading?.temperature === undefined ? "" : `, it has ${Math.round(reading.temperature)} °C`;
    return { cause: "device-too-hot", why: `device above ${config.limits.deviceMaxC} °C${now}` };
  }
  if (isUnwatched(memory)) {
    return { cause: "device-too-hot", why: "device no longer tells its temperature" };
  }
  if (reading?.unguarded !== undefined) {
    return { cause: "unguarded", why: `nobody would stop it if the hearth died: ${reading.unguarded}` };
  }
  if (flaps(memory.starts, config.maxStartsPerHour)) {
    return { cause: "flapping", why: sayFlapping(memory.starts, config.maxStartsPerHour) };
  }
  if (stoppedByOwner && !isFrost(permission)) return { cause: "stopped-by-owner", why: "by its owner" };
  if (memory.trial.status === "failed") {
    return { cause: "trial", why: `none of its powers was proven: ${sayFailures(memory.trial)}` };
  }
  if (memory.silentFor > silenceBorne) {
    return { cause: "silent", why: `no answer for ${inTime(memory.silentFor)}` };
  }
  return undefined;
}
