import type { AxeosLevel } from "./models.ts";
import type { AxeosInfo } from "./replies.ts";

/**
 * What the driver remembers of a device that trips when it overheats. The firmware then cools for at least 30 s, lowers
 * its frequency by 100 MHz and its voltage by 100 mV for good, and leaves its fan at 100 %
 * (bitaxeorg/ESP-Miner, main/tasks/power_management_task.c). Older releases halt until they are told to go on.
 */
export interface Overheating {
  /** When it tripped, s of monotonic time, of the last day. */
  readonly trips: readonly number[];
  /** When it was set back to as much as made it trip, s, of the last day. */
  readonly restored: readonly number[];
  /** What it was set to when it tripped, W, until it is set back to that; 0 where nobody knows. */
  readonly trippedAt: number | undefined;
  /** Its protection holds it now. */
  readonly isCooling: boolean;
  /** Its protection has lowered it, and nothing was set since. */
  readonly isLowered: boolean;
  /** Its fan followed its temperature before it tripped. */
  readonly hadAutoFan: boolean;
}

export const neverTripped: Overheating = {
  trips: [],
  restored: [],
  trippedAt: undefined,
  isCooling: false,
  isLowered: false,
  hadAutoFan: true,
};

const day = 86_400;
const mostRestored = 3;
/** After a trip it is left in peace so long, s. */
const peace = 600;
/** A trip lowers it by 100 MHz and 100 mV. */
const reduction = 100;
const closeTo = 2;

/** What is known after a look at it. `held` is what it was last told and read back. */
export function afterLook(
  before: Overheating,
  info: AxeosInfo,
  held: AxeosLevel | undefined,
  now: number,
): Overheating {
  const isCooling = info.overheat_mode === true;
  const isLowered = held !== undefined && isWhereATripLeaves(held, info);
  const hasTripped = (isCooling || isLowered) && !before.isCooling && !before.isLowered;
  return {
    trips: recent(hasTripped ? [...before.trips, now] : before.trips, now),
    restored: recent(before.restored, now),
    trippedAt: hasTripped ? (held?.watts ?? 0) : before.trippedAt,
    isCooling,
    isLowered,
    hadAutoFan:
      isCooling || isLowered || before.trippedAt !== undefined
        ? before.hadAutoFan
        : (info.autofanspeed ?? before.hadAutoFan),
  };
}

function isWhereATripLeaves({ frequencyMhz, coreVoltageMv }: AxeosLevel, info: AxeosInfo): boolean {
  return (
    Math.abs(info.frequency - (frequencyMhz - reduction)) <= closeTo &&
    Math.abs(info.coreVoltage - (coreVoltageMv - reduction)) <= closeTo
  );
}

export type MaySet =
  /** `restores`: to as much as made it trip, which is counted. */
  | { readonly may: "yes"; readonly restores: boolean; readonly wasHalted: boolean }
  | { readonly may: "later"; readonly why: string }
  | { readonly may: "no"; readonly why: string };

/** Whether it may be set to so many watts, after all its trips. */
export function maySet(state: Overheating, watts: number, now: number): MaySet {
  const { trips, isCooling } = state;
  const restores = wouldRestore(state, watts);
  if (!restores && !isCooling) return { may: "yes", restores: false, wasHalted: false };
  const left = peace - (now - (trips.at(-1) ?? -Infinity));
  if (left > 0) {
    const what = isCooling ? "it cools down after it overheated" : "it overheated a moment ago";
    return { may: "later", why: `${what}; it is set back in ${Math.ceil(left / 60)} min` };
  }
  if (!isSpent(state)) return { may: "yes", restores: true, wasHalted: isCooling };
  return {
    may: "no",
    why: `it overheated again after it was set back ${mostRestored} times within a day: clean it, give it air, or lower its levels; until tomorrow it takes less only`,
  };
}

const wouldRestore = ({ trippedAt }: Overheating, watts: number) =>
  trippedAt !== undefined && watts >= trippedAt;
const isSpent = ({ restored }: Overheating) => restored.length >= mostRestored;

/** Whether it will not be set to so many watts within the day. */
export const isBarred = (state: Overheating, watts: number): boolean =>
  isSpent(state) && wouldRestore(state, watts);

export const afterRestoring = (state: Overheating, now: number): Overheating => ({
  ...state,
  restored: recent([...state.restored, now], now),
  trippedAt: undefined,
});

/** What is wrong, in words. */
export function overheatingFaults({ trips, isCooling, isLowered }: Overheating, info: AxeosInfo): string[] {
  if (isCooling) return ["It overheated and cools down"];
  if (!isLowered) return [];
  const times = trips.length === 1 ? "once" : `${trips.length} times`;
  return [`It overheated ${times} within a day and has lowered itself to ${info.frequency} MHz`];
}

const recent = (times: readonly number[], now: number) => times.filter((at) => now - at < day);
