import { Watts, type Instant } from "../domain/index.ts";
import { type BlindRest, noBlindRest } from "./blindRest.ts";
import type { HeaterConfig } from "./controlConfig.ts";
import { type DifferMemory, noDifference } from "./differ.ts";
import type { Setpoint } from "./heater.ts";
import type { LearnedPowers } from "./learned.ts";
import { noStarts, type StartMemory } from "./starts.ts";
import { firstTrial, type TrialMemory } from "./trial.ts";

/** What is remembered of a heater; durations are s by the monotonic clock. */
export interface HeaterMemory {
  /** What it was asked for last. */
  readonly setpoint: Setpoint;
  /** Since it was started or stopped. */
  readonly sinceSwitch: number;
  /** Since its setpoint changed. */
  readonly sinceChange: number;
  /** Since its setpoint was lowered. */
  readonly sinceLowered: number;
  /** Not seen since the start: if it is found running it may go on. */
  readonly strange: boolean;
  /** The time of its newest reading. */
  readonly seenAt: Instant | null;
  /** Since its newest reading was new. */
  readonly unseenFor: number;
  /** Since it does not answer; 0 while it does. */
  readonly silentFor: number;
  /** Since it draws more than it was asked for; 0 while it does not. */
  readonly overrunFor: number;
  /** Since it idles, neither busy nor faulty, though it was asked to heat; 0 while it does not. */
  readonly underrunFor: number;
  /** Since it is set to another power than it was asked for, by its own word; 0 while it is not. */
  readonly strayedFor: number;
  /** Since it was last asked, for the first time or again. */
  readonly sinceAsked: number;
  /** How often it was asked again since it last obeyed. */
  readonly repeats: number;
  /** It drew power, or was hot, when it was last seen. */
  readonly hot: boolean;
  /** Its hottest part passed the limit and has not cooled well below it. */
  readonly tooHot: boolean;
  /** For how long it has run without telling its temperature since it last did; null when it never did. */
  readonly unwatchedFor: number | null;
  readonly blindRest: BlindRest;
  /** The most that it drew per watt asked for, fading; at least 1. */
  readonly overdraw: number;
  readonly starts: StartMemory;
  readonly trial: TrialMemory;
  readonly differ: DifferMemory;
  readonly learned: LearnedPowers;
}

/** What durations stop growing at. */
export const longAgo = 1e6;

export const idleSetpoint: Setpoint = { watts: Watts(0), workload: "idle" };

/** Nothing is known of it. */
export const strangeHeater = (config: HeaterConfig): HeaterMemory => ({
  setpoint: idleSetpoint,
  sinceSwitch: 0,
  sinceChange: 0,
  sinceLowered: longAgo,
  strange: true,
  seenAt: null,
  unseenFor: 0,
  silentFor: 0,
  overrunFor: 0,
  underrunFor: 0,
  strayedFor: 0,
  sinceAsked: longAgo,
  repeats: 0,
  hot: false,
  tooHot: false,
  unwatchedFor: null,
  blindRest: noBlindRest,
  overdraw: 1,
  starts: noStarts,
  trial: firstTrial(config),
  differ: noDifference,
  learned: [],
});
