import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant } from "./time.ts";
import {
  localDay,
  localInstant,
  localIso,
  offsetAt,
  requireTimezone,
  startOfLocalDay,
  startOfLocalMonth,
  weekdayOf,
} from "./localTime.ts";

const utc = (text: string) => Instant(Date.parse(text));
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const iso = (at: Instant) => new Date(at).toISOString().replace(":00.000Z", "Z");

it.each([
  ["in the middle", "2026-03-15T10:00:00Z", "2026-02-28T23:00:00Z"],
  ["in its first moment", "2026-02-28T23:00:00Z", "2026-02-28T23:00:00Z"],
  ["in its last", "2026-03-31T21:59:59.999Z", "2026-02-28T23:00:00Z"],
  ["after the clocks were changed", "2026-10-31T12:00:00Z", "2026-09-30T22:00:00Z"],
])("a local month begins at its first midnight, asked %s", (_when, at, start) => {
  expect(startOfLocalMonth(Instant(Date.parse(at)), "Europe/Berlin")).toBe(Date.parse(start));
});

describe("localInstant", () => {
  it.each([
    ["an ordinary time", "Europe/London", "2026-01-15", "06:30", "2026-01-15T06:30Z"],
    ["in summer", "Europe/London", "2026-07-15", "06:30", "2026-07-15T05:30Z"],
    ["a time that spring skips: the change", "Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00Z"],
    ["the first time that spring skips", "Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00Z"],
    ["the time after the skip", "Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00Z"],
    ["a time that autumn doubles: the first", "Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30Z"],
    ["the time after the doubled hour", "Europe/London", "2026-10-25", "02:00", "2026-10-25T02:00Z"],
    ["southern spring", "Australia/Sydney", "2026-10-04", "02:30", "2026-10-03T16:00Z"],
    ["southern autumn, doubled", "Australia/Sydney", "2026-04-05", "02:30", "2026-04-04T15:30Z"],
    ["a shift by half an hour, skipped", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z"],
    ["a shift by half an hour, doubled", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z"],
    ["an offset of 5:45", "Asia/Kathmandu", "2026-05-01", "12:00", "2026-05-01T06:15Z"],
    ["an offset of 12:45 in DST", "Pacific/Chatham", "2026-01-15", "00:00", "2026-01-14T10:15Z"],
    ["a day without midnight", "America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00Z"],
    ["a midnight that happens twice", "America/Havana", "2026-11-01", "00:00", "2026-11-01T04:00Z"],
    ["23:30 twice", "America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30Z"],
    ["midnight after 23:30 twice", "America/Santiago", "2026-04-05", "00:00", "2026-04-05T04:00Z"],
    ["a day that never was", "Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00Z"],
  ])("%s: %s, %s %s", (_case, timezone, date, time, expected) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    expect(iso(localInstant(timezone, day(date), hours * 60 + minutes))).toBe(expected);
  });

  it("gives what the host's calendar shows, wherever the time exists", () => {
    const zones = [
      "Europe/London",
      "America/New_York",
      "Australia/Lord_Howe",
      "America/Santiago",
      "Asia/Beirut",
    ];
    const minutes = fc.integer({ min: 0, max: 20 * 366 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (timezone, sinceStart) => {
        const at = Instant(Date.UTC(2015, 0, 1) + sinceStart * 60_000);
        const local = at + offsetAt(timezone, at);
        const days = Math.floor(local / 86_400_000);
        const back = localInstant(timezone, days, (local - days * 86_400_000) / 60_000);
        expect(shown(timezone, back)).toBe(shown(timezone, at));
        expect(back).toBeLessThanOrEqual(at);
        expect(at - back).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 300 },
    );
  });
});

const shown = (timezone: string, at: Instant) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" }).format(
    at,
  );

describe("startOfLocalDay", () => {
  it.each([
    ["winter", "Europe/London", "2026-01-15T13:00Z", "2026-01-15T00:00Z"],
    ["the day of the change", "Europe/London", "2026-03-29T13:00Z", "2026-03-29T00:00Z"],
    ["another date than UTC's", "America/Los_Angeles", "2026-01-15T05:00Z", "2026-01-14T08:00Z"],
    ["a day that begins at one", "America/Havana", "2026-03-08T20:00Z", "2026-03-08T05:00Z"],
    ["the second 00:30 of a day", "America/Havana", "2026-11-01T05:30Z", "2026-11-01T04:00Z"],
    ["the second 23:30 of a day", "America/Santiago", "2026-04-05T03:30Z", "2026-04-04T03:00Z"],
  ])("%s", (_case, timezone, at, expected) => {
    expect(iso(startOfLocalDay(utc(at), timezone))).toBe(expected);
  });

  it("makes days of 23, 24 and 25 hours without a gap", () => {
    const lengths = new Set<number>();
    for (let noon = Date.UTC(2026, 0, 1, 12); noon < Date.UTC(2027, 0, 1); noon += 86_400_000) {
      const start = startOfLocalDay(Instant(noon), "Europe/Berlin");
      const next = startOfLocalDay(Instant(noon + 86_400_000), "Europe/Berlin");
      lengths.add((next - start) / 3_600_000);
      expect(localDay("Europe/Berlin", Instant(next - 1))).toBe(localDay("Europe/Berlin", start));
    }
    expect([...lengths].toSorted((one, other) => one - other)).toEqual([23, 24, 25]);
  });
});

describe("localIso", () => {
  it.each([
    ["Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"],
    ["Europe/Berlin", "2026-10-25T01:00:00.250Z", "2026-10-25T02:00:00.250+01:00"],
    ["America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31T20:30:00-03:30"],
    ["Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T05:45:00+05:45"],
    ["UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00"],
  ])("in %s shows %s as %s", (timezone, at, text) => {
    expect(localIso(timezone, Instant(Date.parse(at)))).toBe(text);
    expect(Date.parse(text)).toBe(Date.parse(at));
  });
});

describe("weekdayOf", () => {
  it("counts from Monday", () => {
    expect(["2026-01-05", "2026-01-11", "1969-12-29"].map((date) => weekdayOf(day(date)))).toEqual([0, 6, 0]);
  });
});

describe("requireTimezone", () => {
  it.each(["Mars/Olympus", "", "Europe/Londonn"])('refuses "%s"', (timezone) => {
    expect(() => requireTimezone(timezone)).toThrow(/IANA/);
  });
});
