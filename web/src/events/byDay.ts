import { Instant, localDay } from "../../../src/domain/index.ts";

export interface Day<Entry> {
  /** An instant of that day. */
  readonly at: number;
  readonly entries: readonly Entry[];
}

/** Entries that come newest first, in days of the site's time zone. */
export function byDay<Entry extends { readonly at: string }>(
  entries: readonly Entry[],
  timezone: string,
): readonly Day<Entry>[] {
  const days = Map.groupBy(entries, ({ at }) => localDay(timezone, Instant(Date.parse(at))));
  return [...days.values()].map((ofDay) => ({ at: Date.parse(ofDay[0]?.at ?? ""), entries: ofDay }));
}
