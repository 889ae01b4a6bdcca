import { type Instant, Watts } from "../domain/index.ts";
import type { PlanWish, PowerWish, TaskClaim } from "./controlInput.ts";
import type { Cause } from "./controlOutput.ts";
import type { PowerSteps } from "./heater.ts";
import { type ObservedHeater, usableSteps } from "./observedHeater.ts";
import type { Dearness, Hush } from "./quiet.ts";
import { isFrost, type Permission, type Stop } from "./safety.ts";
import { restsFor, sayFlapping } from "./starts.ts";
import { highestStep, lowestStep, stepAtLeast, stepAtMost, toleratedWatts } from "./steps.ts";
import { inTime, inWatts } from "./words.ts";

/** Between which powers a heater may be set now, and what binds it. */
export interface Freedom {
  readonly min: Watts;
  readonly max: Watts;
  /** Undefined when nothing binds it. */
  readonly bound: Stop | undefined;
  /** What binds it is told even where no more was wanted: its owner asked for a power. */
  readonly tells?: boolean;
}

/** A power that somebody asks for, and why. */
export interface Order extends Stop {
  readonly watts: number;
}

export interface Bounds {
  /** Leaves nothing. */
  readonly stop: Stop | undefined;
  readonly permission: Permission;
  readonly hush: Hush | Dearness | undefined;
  /** What its trial asks for; undefined when it is not on trial. */
  readonly trial: Order | undefined;
  /** A power that its owner asked for. */
  readonly wish: PowerWish | undefined;
  /** A power that a plan has for it while its room is neither too cold nor too warm for one. */
  readonly plan: PlanWish | undefined;
  /** Why it cannot heat its sink any further, in words. */
  readonly beyond: string | undefined;
  /** What tasks of an exchange need of it. */
  readonly tasks: TaskClaim | undefined;
  /** Its owner stopped it, and its tasks are about to end. */
  readonly isLeft: boolean;
  /** Why a backup is not to be started for comfort, in words. */
  readonly uncalled: string | undefined;
  readonly at: Instant;
}

const off = Watts(0);

/**
 * What minimum times, settling, quiet hours, the price and the device's own state leave open. Frost waits neither for
 * a heater's rest nor for the end of quiet hours, and asks for no price.
 */
export function freedomOf(heater: ObservedHeater, bounds: Bounds): Freedom {
  const { stop, permission, hush, trial, beyond, tasks } = bounds;
  const bound = boundFreedom(heater, stop, isFrost(permission));
  if (isFrost(permission)) return bound;
  const freedom = permission.kind === "regulate" ? bound : { ...bound, min: off };
  const hushed = hush ? hushFreedom(freedom, heater, hush, bounds.at) : freedom;
  if (permission.kind !== "regulate") {
    const untried = { watts: 0, cause: "fallback", why: permission.why } as const;
    return trial ? orderFreedom(hushed, untried) : hushed;
  }
  if (beyond !== undefined && hushed.max > hushed.min) {
    const bound = hushed.min > 0 ? hushed.bound : ({ cause: "out-of-reach", why: beyond } as const);
    return { min: hushed.min, max: hushed.min, bound, tells: true };
  }
  if (trial) return orderFreedom(hushed, trial);
  const isClaimed = tasks && (tasks.isEnding || permission.temperature < tasks.warmest);
  const wanted = wantedFreedom(hushed, heater, bounds);
  return isClaimed ? claimFreedom(wanted, hushed.max, heater, tasks) : wanted;
}

/** What its owner, a plan or the lack of a call leave of its freedom. */
function wantedFreedom(hushed: Freedom, heater: ObservedHeater, bounds: Bounds): Freedom {
  const { wish, plan, uncalled, isLeft, at } = bounds;
  if (isLeft)
    return orderFreedom(hushed, { watts: 0, cause: "stopped-by-owner", why: "by its owner, when its tasks have ended" }); // prettier-ignore
  if (wish && wish.until > at) return orderFreedom(hushed, wishOrder(heater, wish, at));
  if (plan) return orderFreedom(hushed, planOrder(heater, plan));
  const isOff = heater.memory.setpoint.watts === 0;
  if (uncalled === undefined || !isOff || hushed.max === 0) return hushed;
  return { min: off, max: off, bound: { cause: "heaters-suffice", why: uncalled } };
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
  const steps = usableSteps(heater);
  const takesNone = highestStep(steps) === 0;
  const max = takesNone ? current : highestStep(steps);
  const lowest = lowestRunning(current, steps);
  if (current > 0 && memory.sinceSwitch < minOn) {
    const why = `must run another ${inTime(minOn - memory.sinceSwitch)}`;
    return { min: lowest, max, bound: { cause: "must-run", why } };
  }
  if (current > 0 && !traits.canStop) {
    return { min: lowest, max, bound: { cause: "must-run", why: "cannot stop by itself" } };
  }
  if (takesNone) return { min: off, max, bound: { cause: "busy", why: "takes no power now" }, tells: true };
  return { min: off, max, bound: undefined };
}

/** To which power a heater that runs can be lowered without a stop: one that takes none stays at its own. */
const lowestRunning = (current: Watts, steps: PowerSteps): Watts =>
  highestStep(steps) === 0 ? current : Watts(Math.min(current, lowestStep(steps)));

function wishOrder(heater: ObservedHeater, { watts, until }: PowerWish, at: Instant): Order {
  const why = `asked for ${inWatts(watts)} by its owner, for another ${inTime((until - at) / 1000)}`;
  return { watts: stepAtMost(usableSteps(heater), watts), cause: "owner-power", why };
}

const planOrder = (heater: ObservedHeater, { watts, why }: PlanWish): Order => ({
  watts: stepAtMost(usableSteps(heater), watts),
  cause: "plan",
  why,
});

/** Tasks raise what it is set to, as far as it is free, and never lower it. */
function claimFreedom(
  { min, max, bound, tells }: Freedom,
  most: Watts,
  heater: ObservedHeater,
  { watts, why }: TaskClaim,
): Freedom {
  const least = Watts(Math.min(most, stepAtLeast(usableSteps(heater), watts)));
  if (min >= least) return { min, max, bound, ...(tells ? { tells } : {}) };
  return { min: least, max: Watts(Math.max(max, least)), bound: { cause: "job", why } };
}

/** An order is followed as far as the heater is free. */
function orderFreedom({ min, max, bound }: Freedom, { watts, cause, why }: Order): Freedom {
  const power = Watts(Math.min(max, Math.max(min, watts)));
  return { min: power, max: power, bound: power === watts ? { cause, why } : bound, tells: true };
}

/** Quiet hours, and a price above its ceiling, lower a heater at once, even one that should run or settle; one that takes no order is left alone. */
function hushFreedom(freedom: Freedom, heater: ObservedHeater, hush: Hush | Dearness, at: Instant): Freedom {
  const {
    config: { traits },
    memory,
  } = heater;
  const steps = usableSteps(heater);
  const runsOn = memory.setpoint.watts > 0 && !traits.canStop;
  const cap = Math.max(
    stepAtMost(steps, hush.maxWatts),
    runsOn ? lowestRunning(memory.setpoint.watts, steps) : off,
  );
  const isLeftAlone = freedom.bound?.cause === "busy" || freedom.bound?.cause === "silent";
  if (freedom.max <= Math.max(cap, hush.maxWatts) || (isLeftAlone && freedom.min === freedom.max))
    return freedom;
  return {
    min: Watts(Math.min(freedom.min, cap)),
    max: Watts(cap),
    bound:
      "why" in hush ? { cause: "dear", why: hush.why } : { cause: "quiet", why: sayQuiet(hush, cap, at) },
  };
}

function sayQuiet(hush: Hush, cap: number, at: Instant): string {
  const left = `for another ${inTime((hush.until - at) / 1000)}`;
  return cap === 0 ? `quiet hours ${left}` : `quiet hours, at most ${inWatts(hush.maxWatts)} ${left}`;
}
