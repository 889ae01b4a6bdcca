import { type Instant, Watts } from "../domain/index.ts";
import type { Cause } from "./controlOutput.ts";
import { type ObservedHeater, toleratedWatts } from "./observe.ts";
import type { Hush } from "./quiet.ts";
import { isFrost, type Permission, type Stop } from "./safety.ts";
import { restsFor, sayFlapping } from "./starts.ts";
import { highestStep, lowestStep, stepAtMost, stepsOf } from "./steps.ts";
import { inTime, inWatts } from "./words.ts";

/** Between which powers a heater may be set now, and what binds it. */
export interface Freedom {
  readonly min: Watts;
  readonly max: Watts;
  /** Undefined when nothing binds it. */
  readonly bound: Stop | undefined;
}

export interface Bounds {
  /** Leaves nothing. */
  readonly stop: Stop | undefined;
  readonly permission: Permission;
  readonly hush: Hush | undefined;
  readonly at: Instant;
}

const off = Watts(0);

/**
 * What minimum times, settling, quiet hours and the device's own state leave open. Frost waits neither for a heater's
 * rest nor for the end of quiet hours.
 */
export function freedomOf(heater: ObservedHeater, { stop, permission, hush, at }: Bounds): Freedom {
  const freedom = boundFreedom(heater, stop, isFrost(permission));
  const hushed = hush && !isFrost(permission) ? hushFreedom(freedom, heater, hush, at) : freedom;
  return permission.kind === "regulate" ? hushed : { ...hushed, min: off };
}

function boundFreedom(heater: ObservedHeater, stop: Stop | undefined, inFrost: boolean): Freedom {
  const { config, memory, reading } = heater;
  const current = memory.setpoint.watts;
  const fixed = (cause: Cause, why: string) => ({ min: current, max: current, bound: { cause, why } });
  if (stop) return { min: off, max: off, bound: stop };
  if (memory.strange) return { min: off, max: off, bound: { cause: "silent", why: "has not answered yet" } };
  if (!reading) return fixed("silent", `no answer for ${inTime(memory.silentFor)}`);
  const { traits, minOn, minOff, maxStartsPerHour } = config;
  if (current === 0 && reading.watts > toleratedWatts(traits, 0)) {
    return fixed("must-rest", `still draws ${inWatts(reading.watts)} though it should be off`);
  }
  if (current === 0 && restsFor(memory.starts, maxStartsPerHour) > 0) {
    return fixed("flapping", sayFlapping(memory.starts, maxStartsPerHour));
  }
  if (current === 0 && memory.sinceSwitch < minOff && !inFrost) {
    return fixed("must-rest", `must rest another ${inTime(minOff - memory.sinceSwitch)}`);
  }
  if (memory.sinceChange < traits.settle) {
    return fixed("settling", `settles for another ${inTime(traits.settle - memory.sinceChange)}`);
  }
  if (reading.busy !== undefined) return fixed("busy", `busy: ${reading.busy}`);
  const steps = stepsOf(traits);
  const max = highestStep(steps);
  if (current > 0 && memory.sinceSwitch < minOn) {
    const why = `must run another ${inTime(minOn - memory.sinceSwitch)}`;
    return { min: lowestStep(steps), max, bound: { cause: "must-run", why } };
  }
  if (current > 0 && !traits.canStop) {
    return { min: lowestStep(steps), max, bound: { cause: "must-run", why: "cannot stop by itself" } };
  }
  return { min: off, max, bound: undefined };
}

/** Quiet hours lower a heater at once, even one that should run or settle; one that takes no order is left alone. */
function hushFreedom(
  freedom: Freedom,
  { config: { traits }, memory }: ObservedHeater,
  hush: Hush,
  at: Instant,
): Freedom {
  const steps = stepsOf(traits);
  const runsOn = memory.setpoint.watts > 0 && !traits.canStop;
  const cap = Math.max(stepAtMost(steps, hush.maxWatts), runsOn ? lowestStep(steps) : off);
  const takesNone = freedom.bound?.cause === "busy" || freedom.bound?.cause === "silent";
  if (freedom.max <= cap || takesNone) return freedom;
  const left = `for another ${inTime((hush.until - at) / 1000)}`;
  const why = cap === 0 ? `quiet hours ${left}` : `quiet hours, at most ${inWatts(hush.maxWatts)} ${left}`;
  return {
    min: Watts(Math.min(freedom.min, cap)),
    max: Watts(cap),
    bound: { cause: "quiet", why },
  };
}
