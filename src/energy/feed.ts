import type { Instant, Seconds, Timeline } from "../domain/index.ts";

/** What a feed knows now: prices, carbon intensity, weather. */
export interface FeedState<Value> {
  /** What was fetched last, laid over what was fetched before; some days back and ahead. */
  readonly timeline: Timeline<Value>;
  /** When that was fetched; undefined before the first time. */
  readonly fetchedAt?: Instant;
  /** Why there is nothing newer, in words; undefined while all is well. */
  readonly trouble?: string;
}

/** A source of figures from outside that is asked behind the loop's back. */
export interface Feed<Value> {
  /** What it knows; never waits. */
  state(): FeedState<Value>;
  close(): Promise<void>;
}

/** Why the owner has to look after a feed: nothing came from it for `alarmAfter`. Undefined while it is well enough. */
export function feedAlarm(
  { fetchedAt, trouble }: FeedState<unknown>,
  since: Instant,
  now: Instant,
  alarmAfter: Seconds,
): string | undefined {
  const hours = (now - (fetchedAt ?? since)) / 3_600_000;
  if (hours * 3600 < alarmAfter) return undefined;
  const what = fetchedAt === undefined ? "has given nothing" : "has given nothing new";
  return `${what} for ${Math.floor(hours)} h${trouble === undefined ? "" : `: ${trouble}`}`;
}
