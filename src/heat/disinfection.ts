import { between, type Celsius, type Instant, offsetAt, type Seconds, type Watts } from "../domain/index.ts";
import type { Comfort } from "./comfort.ts";
import type { TankSink } from "./controlConfig.ts";
import { type Estimate, estimatedAir, isKnown, sensorState } from "./estimate.ts";
import {
  type LegionellaRule,
  type LegionellaState,
  mustDisinfect,
  watchLegionella,
} from "./sinks/legionella.ts";
import { tankJoulesPerKelvin } from "./sinks/tank.ts";
import { targetRange } from "./targetRange.ts";
import { usualJoulesPerDay } from "./usualDraw.ts";

/** What is remembered of a tank's disinfection. Plain data. */
export interface DisinfectionMemory extends LegionellaState {
  /** The wall clock when it was last looked at; null before. */
  readonly seenAt: Instant | null;
  /** It is heated to be disinfected now. */
  readonly isDue: boolean;
}

/** A tank of which nobody knows when it was hot is disinfected within so many hours. */
const unknownWithinHours = 24;
/** So long before its deadline it is to be done. */
const reserveHours = 2;
/** From this hour on in the last night before the deadline, when little is drawn; a day, and the time it may take. */
const nightHour = 1;
const lastNightHours = 28;
/** Of its heaters' heat, what is left for it at least beside losses and what is drawn. */
const leastLeft = 0.25;
/** The water is made so much hotter than the rule asks, so that it stays above for as long as it has to, K. */
export const disinfectionOverK = 2;
/** For more time at once nobody watched: it is not counted as hot, and its holding time begins anew, s. */
const longestGap = 120;
/** Half the comfort band while a tank is disinfected, K. */
const bandK = 1;

export const newDisinfection = ({ everyHours }: LegionellaRule): DisinfectionMemory => ({
  heldSeconds: 0,
  sinceSeconds: Math.max(0, everyHours - unknownWithinHours) * 3600,
  seenAt: null,
  isDue: false,
});

export interface DisinfectionRound {
  readonly at: Instant;
  readonly elapsed: Seconds;
  readonly estimate: Estimate;
  /** Its sensor speaks and is not believed. */
  readonly isDoubted: boolean;
  /** All the heat that those of its heaters can give that make it hot enough. */
  readonly capacity: Watts;
  readonly timezone: string;
  /** A plan is in force for it, which chooses its own time. */
  readonly isPlanned: boolean;
}

/**
 * Counts how long a tank has been hot enough, by a sensor that speaks and is believed, and how long ago that was. Time
 * for which nobody watched counts as time without: by the monotonic clock or, where that is more, by the wall's. Of a
 * tank whose sensor proves wrong nobody knows when it was hot. It begins in the last night before its deadline
 * and, whatever the hour, in time: at twice what its heaters need.
 */
export function watchDisinfection(
  sink: TankSink,
  before: DisinfectionMemory | null,
  { at, elapsed, estimate, isDoubted, capacity, timezone, isPlanned }: DisinfectionRound,
): DisinfectionMemory | null {
  const { disinfection: rule, sensor } = sink;
  if (!rule) return null;
  const last = before ?? newDisinfection(rule);
  const unseen = last.seenAt === null ? 0 : Math.max(0, between(last.seenAt, at) - elapsed);
  const watched = unseen + elapsed > longestGap ? 0 : elapsed;
  const aged: LegionellaState = {
    heldSeconds: watched < elapsed ? 0 : last.heldSeconds,
    sinceSeconds: last.sinceSeconds + unseen + elapsed - watched,
  };
  const known = isDoubted ? forgotten(rule, aged) : aged;
  const temperature = isKnown(sensor, estimate) ? estimatedAir(estimate) : undefined;
  const isSeen = sensorState(sensor, estimate) === "fresh" && !isDoubted;
  const state = watchLegionella(rule, known, isSeen ? (temperature ?? -Infinity) : -Infinity, watched);
  const tank = {
    joulesPerKelvin: tankJoulesPerKelvin(sink),
    meanC: temperature ?? rule.celsius,
    powerW: capacity > 0 ? leftOf(sink, capacity) : Infinity,
  };
  const inTime = { ...rule, everyHours: Math.max(0, rule.everyHours - reserveHours) };
  const isLastNight = state.sinceSeconds > (rule.everyHours - lastNightHours) * 3600;
  const isNight = isLastNight && !isPlanned && hourOf(at, timezone) === nightHour;
  const isDue = state.sinceSeconds > 0 && (last.isDue || isNight || mustDisinfect(inTime, state, tank));
  return { ...state, seenAt: at, isDue };
}

/** As if nobody knew when it was hot, or worse. */
const forgotten = (
  rule: LegionellaRule,
  { heldSeconds, sinceSeconds }: LegionellaState,
): LegionellaState => ({
  heldSeconds,
  sinceSeconds: Math.max(sinceSeconds, newDisinfection(rule).sinceSeconds),
});

const hourOf = (at: Instant, timezone: string): number =>
  Math.floor((at + offsetAt(timezone, at)) / 3_600_000) % 24;

/** What its heaters leave for it beside what a hot tank loses and what is usually drawn, W. */
function leftOf({ disinfection, lossWattsPerKelvin, aroundC, hotWater }: TankSink, capacity: Watts): number {
  const lost = lossWattsPerKelvin * Math.max(0, (disinfection?.celsius ?? aroundC) - aroundC);
  return Math.max(leastLeft * capacity, capacity - lost - usualJoulesPerDay(hotWater) / 86_400);
}

/** How hot a tank is made to be disinfected, below its limit whatever the rule says, °C. */
export const disinfectionC = (
  { celsius }: LegionellaRule,
  tank: Pick<TankSink, "limits" | "comfort">,
): number => Math.min(celsius + disinfectionOverK, targetRange(tank).maxC);

/** What is wanted of a tank while it is disinfected. */
export function disinfectingComfort(
  tank: Pick<TankSink, "disinfection" | "limits" | "comfort">,
  memory: DisinfectionMemory | null,
  comfort: Comfort,
): Comfort {
  if (!tank.disinfection || !memory?.isDue) return comfort;
  const target = disinfectionC(tank.disinfection, tank) as Celsius;
  if (target < comfort.target) return comfort;
  return {
    target,
    band: Math.min(bandK, tank.comfort.bandK),
    source: "disinfection",
    until: undefined,
    nextTarget: comfort.target,
  };
}

/** It should have been done by now. */
export const isOverdue = ({ everyHours }: LegionellaRule, { sinceSeconds }: DisinfectionMemory): boolean =>
  sinceSeconds > everyHours * 3600;

/** Until it has to be done, s; below 0 when it is overdue. */
export const disinfectWithin = (rule: LegionellaRule, memory: DisinfectionMemory): number =>
  rule.everyHours * 3600 - memory.sinceSeconds;
