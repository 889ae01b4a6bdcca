import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clockTime,
  dayWords,
  fromLocalInput,
  hourOnDay,
  longDay,
  moment,
  monthName,
  shortDate,
  toLocalInput,
} from "./siteTime.ts";

const at = Date.parse;
const berlin = "Europe/Berlin";

describe("times by the site's clocks", () => {
  const now = at("2026-11-23T16:40:00Z");

  it.each([
    ["2026-11-23T21:30:00Z", "22:30"],
    ["2026-11-23T23:10:00Z", "tomorrow 00:10"],
    ["2026-11-22T22:30:00Z", "yesterday 23:30"],
    ["2026-11-27T17:00:00Z", "Fri 18:00"],
    ["2026-11-30T17:00:00Z", "30 Nov 18:00"],
    ["2026-11-20T17:00:00Z", "20 Nov 18:00"],
  ])("says %s as %s", (then, words) => expect(moment(at(then), now, berlin, "en-GB")).toBe(words));

  it.each([
    ["2026-11-22T23:00:00Z", "Today"],
    ["2026-11-22T22:59:00Z", "Yesterday"],
    ["2026-11-20T12:00:00Z", "Friday 20 November"],
  ])("names the day of %s %s", (then, words) => {
    expect(dayWords(at(then), now, berlin, "en-GB")).toBe(words);
  });

  it("follows the reader's kind of clock", () => {
    expect(clockTime(now, berlin, "en-US").replace("\u202f", " ")).toBe("5:40 PM");
    expect(clockTime(at("2026-11-23T05:05:00Z"), berlin, "en-GB")).toBe("06:05");
    expect(longDay(now, berlin, "en-GB")).toBe("Monday 23 November");
    expect(shortDate(now, berlin, "en-GB")).toBe("Mon 23 Nov");
    expect(monthName(now, berlin, "en-GB")).toBe("Nov");
    expect(monthName(at("2026-12-31T23:30:00Z"), berlin, "en-GB")).toBe("2027");
  });

  it("finds an hour of a day across the change of clocks", () => {
    const beforeChange = at("2026-10-24T10:00:00Z");
    expect(hourOnDay(beforeChange, berlin, 0, 18)).toBe(at("2026-10-24T16:00:00Z"));
    expect(hourOnDay(beforeChange, berlin, 1, 18)).toBe(at("2026-10-25T17:00:00Z"));
  });

  it("reads what a date field holds in the site's time", () => {
    expect(toLocalInput(now, berlin)).toBe("2026-11-23T17:40");
    expect(fromLocalInput("2026-11-23T17:40", berlin)).toBe(now);
    expect(fromLocalInput("2026-11-23T17:40:30", berlin)).toBe(now);
    for (const text of ["", "2026-11-23", "soon", "2026-99-99T10:00"]) {
      expect(fromLocalInput(text, berlin)).toBeUndefined();
    }
  });

  it("reads back what it wrote, but for the hour that comes twice", () => {
    const minutes = fc.integer({
      min: at("2026-10-26T00:00Z") / 60_000,
      max: at("2027-03-27T00:00Z") / 60_000,
    });
    fc.assert(
      fc.property(minutes, fc.constantFrom(berlin, "UTC", "Asia/Kathmandu"), (minute, zone) => {
        expect(fromLocalInput(toLocalInput(minute * 60_000, zone), zone)).toBe(minute * 60_000);
      }),
      { numRuns: 200 },
    );
  });
});
