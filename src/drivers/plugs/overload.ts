import type { PlugReading } from "./plug.ts";

/** A start's surge is over by then, s. */
const borne = 20;
/** A meter's error, as a share. */
const meterError = 0.03;

/** Watches that a plug carries no more than it is rated for. */
export interface Overload {
  /** Why what hangs on it has to be cut off now, in words; undefined while it need not. */
  judge(plug: PlugReading, now: number): string | undefined;
  /** Why it is not switched on any more, in words: it was too weak once. */
  found(): string | undefined;
}

/** @param ratedWatts what the plug carries all the time; undefined where another wire carries the power */
export function overloadOf(ratedWatts: number | undefined): Overload {
  let since: number | undefined;
  let found: string | undefined;

  return {
    judge({ watts }, now) {
      if (ratedWatts === undefined || watts <= ratedWatts * (1 + meterError)) {
        since = undefined;
        return undefined;
      }
      since ??= now;
      if (now - since < borne) return undefined;
      found = `it draws ${Math.round(watts)} W, and its plug is rated for ${ratedWatts} W; use a plug that carries it`;
      return found;
    },
    found: () => found,
  };
}
