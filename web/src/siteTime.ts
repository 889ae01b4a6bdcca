import { Instant, localDay, localInstant } from "../../src/domain/index.ts";
import { locale } from "./format.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(at: number, timezone: string, language: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${timezone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, { ...options, timeZone: timezone });
    formats.set(key, format);
  }
  return format.format(at);
}

/** "22:30", as the site's clocks show it. */
export const clockTime = (at: number, timezone: string, language = locale): string =>
  formatted(at, timezone, language, { timeStyle: "short" });

/** "Monday 23 November". */
export const longDay = (at: number, timezone: string, language = locale): string =>
  formatted(at, timezone, language, { weekday: "long", day: "numeric", month: "long" });

/** "Mon 23 Nov". */
export const shortDate = (at: number, timezone: string, language = locale): string =>
  formatted(at, timezone, language, { weekday: "short", day: "numeric", month: "short" });

/** "23 Nov". */
export const dayAndMonth = (at: number, timezone: string, language = locale): string =>
  formatted(at, timezone, language, { day: "numeric", month: "short" });

/** "Nov"; in January the year. */
export function monthName(at: number, timezone: string, language = locale): string {
  const isJanuary = formatted(at, timezone, "en-GB", { month: "numeric" }) === "1";
  return formatted(at, timezone, language, isJanuary ? { year: "numeric" } : { month: "short" });
}

/** "Mon". */
export const shortDay = (at: number, timezone: string, language = locale): string =>
  formatted(at, timezone, language, { weekday: "short" });

/** A time as people say it at `now`: "22:30", "tomorrow 06:30", "Fri 18:00", "12 Dec 18:00". */
export function moment(at: number, now: number, timezone: string, language = locale): string {
  const time = clockTime(at, timezone, language);
  const days = localDay(timezone, Instant(at)) - localDay(timezone, Instant(now));
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  if (days > 1 && days < 7) return `${shortDay(at, timezone, language)} ${time}`;
  return `${dayAndMonth(at, timezone, language)} ${time}`;
}

/** "Today", "Yesterday", "Monday 23 November". */
export function dayWords(at: number, now: number, timezone: string, language = locale): string {
  const days = localDay(timezone, Instant(at)) - localDay(timezone, Instant(now));
  if (days === 0) return "Today";
  return days === -1 ? "Yesterday" : longDay(at, timezone, language);
}

/** The instant at which the site's clocks show `hour` o'clock, `days` after today. */
export function hourOnDay(now: number, timezone: string, days: number, hour: number): number {
  return localInstant(timezone, localDay(timezone, Instant(now)) + days, hour * 60);
}

/** What an `<input type="datetime-local">` holds for an instant, in the site's time. */
export function toLocalInput(at: number, timezone: string): string {
  return formatted(at, timezone, "sv-SE", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).replace(" ", "T");
}

/** The instant that an `<input type="datetime-local">` tells, read in the site's time. */
export function fromLocalInput(text: string, timezone: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return undefined;
  const midnight = Date.parse(`${match[1]}T00:00:00Z`);
  if (!Number.isFinite(midnight)) return undefined;
  return localInstant(timezone, midnight / 86_400_000, Number(match[2]) * 60 + Number(match[3]));
}
