import { Watts } from "../domain/index.ts";
import type { Cause } from "./controlOutput.ts";
import { type ObservedHeater, toleratedWatts } from "./observe.ts";
import type { Permission, Stop } from "./safety.ts";
import { highestStep, lowestStep, stepsOf } from "./steps.ts";
import { inTime, inWatts } from "./words.ts";

/** Between which powers a heater may be set now, and what binds it. */
export interface Freedom {
  readonly min: Watts;
  readonly max: Watts;
  /** Undefined when nothing binds it. */
  readonly bound: Stop | undefined;
}

const off = Watts(0);

/** What minimum times, settling and the device's own state leave open; a `stop` leaves nothing. */
export function freedomOf(heater: ObservedHeater, stop: Stop | undefined, permission: Permission): Freedom {
  const freedom = boundFreedom(heater, stop);
  return permission.kind === "regulate" ? freedom : { ...freedom, min: off };
}

function boundFreedom(heater: ObservedHeater, stop: Stop | undefined): Freedom {
  const { config, memory, reading } = heater;
  const current = memory.setpoint.watts;
  const fixed = (cause: Cause, why: string) => ({ min: current, max: current, bound: { cause, why } });
  if (stop) return { min: off, max: off, bound: stop };
  if (memory.strange) return { min: off, max: off, bound: { cause: "silent", why: "has not answered yet" } };
  if (!reading) return fixed("silent", `no answer for ${inTime(memory.silentFor)}`);
  const { traits, minOn, minOff } = config;
  if (current === 0 && reading.watts > toleratedWatts(traits, 0)) {
    return fixed("must-rest", `still draws ${inWatts(reading.watts)} though it should be off`);
  }
  if (current === 0 && memory.sinceSwitch < minOff) {
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
