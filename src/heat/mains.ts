import { type Seconds, Watts } from "../domain/index.ts";
import { drawnOrMost, type ObservedHeater } from "./observedHeater.ts";

/** What the site's own meter shows beyond its heaters. Plain data. */
export interface MainsMemory {
  /** Of the newest readings, oldest first, W. */
  readonly others: readonly number[];
  /** Since the newest reading, s. */
  readonly age: number;
}

/** What is drawn on and off and what is metered of it differ by a round or two: what else is drawn lasts longer. */
const watched = 3;
/** A meter that is silent for longer says nothing of now, s. */
const staleAfter = 45;

/**
 * Follows what else hangs on the feeder: what the site's meter shows beyond what the heaters draw, or may draw where
 * they do not answer.
 * @param metered what came in since the last round, W; below 0 where more flows back
 */
export function watchMains(
  before: MainsMemory | null,
  metered: Watts | undefined,
  heaters: readonly ObservedHeater[],
  elapsed: Seconds,
): MainsMemory | null {
  if (metered === undefined || !Number.isFinite(metered)) {
    return before && { ...before, age: before.age + elapsed };
  }
  const byHeaters = heaters.reduce((sum, heater) => sum + drawnOrMost(heater), 0);
  const kept = before && before.age <= staleAfter ? before.others : [];
  return { others: [...kept, Math.max(0, metered - byHeaters)].slice(-watched), age: 0 };
}

/** What else is drawn, W: the least of the newest readings; 0 while the meter is silent or too new to tell. */
export const otherLoads = (mains: MainsMemory | null): Watts =>
  Watts(mains && mains.age <= staleAfter && mains.others.length === watched ? Math.min(...mains.others) : 0);
