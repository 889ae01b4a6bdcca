import { HearthworkError } from "./errors.ts";
import { localDay, type LocalDay, localInstant, weekdayOf } from "./localTime.ts";
import type { Instant } from "./time.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of the week, in local time. */
export interface WeeklySpan {
  /** The days on which it begins. */
  readonly days: readonly Weekday[];
  /** Local time, "06:30". */
  readonly from: string;
  /** Local time, "22:00"; up to "24:00". Not later than `from`: it ends on the next day. */
  readonly to: string;
}

export interface Period {
  readonly from: Instant;
  /** Not part of it. */
  readonly to: Instant;
}

/**
 * The periods of a span that begin on the `count` days from `first` on. Where clocks are changed they are longer or
 * shorter, as the wall's clock says; one that lies in a skipped hour is empty.
 */
export function periodsOf(
  span: WeeklySpan,
  first: LocalDay,
  count: number,
  timezone: string,
): readonly Period[] {
  const [from, to] = [minutesOf(span.from), minutesOf(span.to)];
  return Array.from({ length: count }, (_, index) => first + index)
    .filter((begins) => span.days.some((name) => weekdays.indexOf(name) === weekdayOf(begins)))
    .map((begins) => ({
      from: localInstant(timezone, begins, from),
      to: localInstant(timezone, to > from ? begins : begins + 1, to),
    }));
}

/** Whether an instant lies in one of a span's periods. */
export function isWithin(span: WeeklySpan, at: Instant, timezone: string): boolean {
  const yesterday = localDay(timezone, at) - 1;
  return periodsOf(span, yesterday, 2, timezone).some(({ from, to }) => from <= at && at < to);
}

/**
 * Minutes after midnight of a local time "06:30".
 * @throws {HearthworkError} `comfort/not-a-time` unless it is between "00:00" and "24:00".
 */
export function minutesOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(time);
  if (!match) {
    throw new HearthworkError({
      code: "comfort/not-a-time",
      message: `"${time.slice(0, 40)}" is no local time; write it like 06:30`,
    });
  }
  return match[1] === undefined ? 1440 : Number(match[1]) * 60 + Number(match[2]);
}
