import type { Seconds } from "../../../domain/index.ts";
import type { EventView } from "../../../wire/index.ts";

export type Alarm = EventView & { readonly level: "warning" | "alarm" };

/** What is told of an alarm: that it is there, or that it is over. */
export interface Notice {
  /** The same each time this is told, so that who hears it twice can tell. */
  readonly id: string;
  readonly kind: "raised" | "cleared" | "test";
  /** When the alarm was raised, when it was cleared, or when the test was asked for. */
  readonly at: string;
  readonly alarm: Alarm;
}

/** Plain data, fit for JSON. */
export interface FeedState {
  /** Alarms that were told and not yet cleared, by `keyOf`. */
  readonly told: Readonly<Record<string, Alarm>>;
  /** When an alarm was told of last, by the monotonic clock, s; of the last hour. */
  readonly toldAt: Readonly<Record<string, number>>;
}

export const newFeed: FeedState = { told: {}, toldAt: {} };

/** One alarm is told of at most this often; what it did in between is told by how it is then. */
const leastGap = 60;
const forgottenAfter = 3600;

export const keyOf = ({ code, subject }: Alarm): string => `${code} ${subject}`;

export interface FeedInput {
  /** Those that are open now. */
  readonly open: readonly Alarm[];
  /** ISO 8601. */
  readonly at: string;
  /** By the monotonic clock. */
  readonly now: Seconds;
  /** The most notices that may be told now; what is left over is told when it may. */
  readonly allowed: number;
}

/**
 * Compares what is open with what was told, so that an alarm that comes and goes every few seconds is told of now and
 * then, and how it ended always. Raised ones go first.
 */
export function feed(
  state: FeedState,
  { open, at, now, allowed }: FeedInput,
): { readonly state: FeedState; readonly notices: readonly Notice[] } {
  const openKeys = new Set(open.map(keyOf));
  const mayTell = (alarm: Alarm) => now - (state.toldAt[keyOf(alarm)] ?? -Infinity) >= leastGap;
  const raised = open
    .filter((alarm) => !state.told[keyOf(alarm)] && mayTell(alarm))
    .map((alarm) => noticeOf("raised", alarm, alarm.at));
  const cleared = Object.values(state.told)
    .filter((alarm) => !openKeys.has(keyOf(alarm)) && mayTell(alarm))
    .map((alarm) => noticeOf("cleared", alarm, at));
  const notices = [...raised, ...cleared].slice(0, Math.max(0, allowed));
  if (notices.length === 0) return { state, notices };
  const told = new Map(Object.entries(state.told));
  const toldAt = new Map(Object.entries(state.toldAt).filter(([, then]) => now - then < forgottenAfter));
  for (const { kind, alarm } of notices) {
    if (kind === "raised") told.set(keyOf(alarm), alarm);
    else told.delete(keyOf(alarm));
    toldAt.set(keyOf(alarm), now);
  }
  return { state: { told: Object.fromEntries(told), toldAt: Object.fromEntries(toldAt) }, notices };
}

export const noticeOf = (kind: Notice["kind"], alarm: Alarm, at: string): Notice => ({
  id: `${kind} ${keyOf(alarm)} ${alarm.at}`,
  kind,
  at,
  alarm,
});
