import { HearthworkError } from "./errors.ts";
import { Instant } from "./time.ts";

/** A calendar day as the number of days since 1970-01-01. */
export type LocalDay = number;

const dayMs = 86_400_000;
/** Modern zones change their offset only at whole quarter-hours of UTC. */
const quarterMs = 900_000;
const rememberedQuarters = 20_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();

/** @throws {HearthworkError} `time/unknown-zone` unless it is an IANA time zone that this host knows. */
export function requireTimezone(timezone: string): void {
  zoneOf(timezone);
}

/** Local time minus UTC at an instant, ms. */
export function offsetAt(timezone: string, at: Instant): number {
  const zone = zoneOf(timezone);
  const quarter = Math.floor(at / quarterMs);
  const known = zone.offsets.get(quarter);
  if (known !== undefined) return known;
  if (zone.offsets.size >= rememberedQuarters) zone.offsets.clear();
  const offset = readOffset(zone.format, quarter * quarterMs);
  zone.offsets.set(quarter, offset);
  return offset;
}

/** ISO 8601 with the zone's own offset: "2026-11-23T17:40:00+01:00"; milliseconds where there are any. */
export function localIso(timezone: string, at: Instant): string {
  const minutes = Math.round(offsetAt(timezone, at) / 60_000);
  const local = new Date(at + minutes * 60_000).toISOString().replace(/(?:\.000)?Z$/, "");
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The calendar day that an instant belongs to. */
export function localDay(timezone: string, at: Instant): LocalDay {
  return Math.floor((at + offsetAt(timezone, at)) / dayMs);
}

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7;

/**
 * The instant at which a zone's clocks show `minutes` after midnight of `day`. A time that the clocks skip is the
 * instant of the change; of a time that they show twice it is the first.
 */
export function localInstant(timezone: string, day: LocalDay, minutes: number): Instant {
  const shown = day * dayMs + minutes * 60_000;
  const before = offsetAt(timezone, Instant(shown - dayMs));
  const after = offsetAt(timezone, Instant(shown + dayMs));
  for (const offset of before > after ? [before, after] : [after, before]) {
    const at = Instant(shown - offset);
    if (offsetAt(timezone, at) === offset) return at;
  }
  return changeBetween(timezone, shown - Math.max(before, after), shown - Math.min(before, after));
}

/** The first instant of the local day that `at` belongs to: midnight, or the change of clocks that skips it. */
export function startOfLocalDay(at: Instant, timezone: string): Instant {
  return localInstant(timezone, localDay(timezone, at), 0);
}

/** The first instant of the local month that `at` belongs to. */
export function startOfLocalMonth(at: Instant, timezone: string): Instant {
  const day = localDay(timezone, at);
  return localInstant(timezone, day + 1 - new Date(day * dayMs).getUTCDate(), 0);
}

function changeBetween(timezone: string, from: number, to: number): Instant {
  let [low, high] = [Math.floor(from / quarterMs), Math.ceil(to / quarterMs)];
  const before = offsetAt(timezone, Instant(low * quarterMs));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timezone, Instant(middle * quarterMs)) === before) low = middle;
    else high = middle;
  }
  return Instant(high * quarterMs);
}

function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known) return known;
  const zone = { format: formatOf(timezone), offsets: new Map<number, number>() };
  if (zones.size >= 32) zones.clear();
  zones.set(timezone, zone);
  return zone;
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (cause) {
    throw new HearthworkError({
      code: "time/unknown-zone",
      message: `"${timezone.slice(0, 80)}" is no time zone; use an IANA name like Europe/London`,
      cause,
    });
  }
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(at)) {
    if (type in shown) shown[type as keyof typeof shown] = Number(value);
  }
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) - at;
}
