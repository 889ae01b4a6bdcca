import { describe, expect, it } from "vitest";
import { localDay } from "./localTime.ts";
import { minutesOf, periodsOf, weekdays } from "./weekly.ts";
import { Instant } from "./time.ts";

const london = "Europe/London";
const dayOf = (text: string) => localDay(london, Instant(Date.parse(text)));
const told = (from: string, to: string, day: string, count = 1, days = weekdays.slice()) =>
  periodsOf({ days, from, to }, dayOf(day), count, london).map((period) =>
    [period.from, period.to].map((at) => new Date(at).toISOString().slice(0, 16)),
  );

describe("the periods of a span of the week", () => {
  it("begin on its days, and end on the next when it ends no later than it begins", () => {
    expect(told("22:00", "07:00", "2026-01-05T12:00Z", 7, ["mon", "sat"])).toEqual([
      ["2026-01-05T22:00", "2026-01-06T07:00"],
      ["2026-01-10T22:00", "2026-01-11T07:00"],
    ]);
    expect(told("00:00", "24:00", "2026-01-05T12:00Z")).toEqual([["2026-01-05T00:00", "2026-01-06T00:00"]]);
    expect(told("08:00", "08:00", "2026-01-05T12:00Z")).toEqual([["2026-01-05T08:00", "2026-01-06T08:00"]]);
  });

  it("are as long as the wall's clock says where the clocks are changed", () => {
    expect(told("22:00", "07:00", "2026-03-28T12:00Z")).toEqual([["2026-03-28T22:00", "2026-03-29T06:00"]]);
    expect(told("22:00", "07:00", "2026-10-24T12:00Z")).toEqual([["2026-10-24T21:00", "2026-10-25T07:00"]]);
    expect(told("01:10", "01:40", "2026-03-29T12:00Z")).toEqual([["2026-03-29T01:00", "2026-03-29T01:00"]]);
    expect(told("01:10", "01:40", "2026-10-25T12:00Z")).toEqual([["2026-10-25T00:10", "2026-10-25T00:40"]]);
  });
});

describe("minutesOf", () => {
  it.each([
    ["00:00", 0],
    ["06:30", 390],
    ["23:59", 1439],
    ["24:00", 1440],
  ])("%s", (time, minutes) => {
    expect(minutesOf(time)).toBe(minutes);
  });
  it.each(["24:01", "6:30", "25:00", "12:60", "", "noon", "12:00 "])('refuses "%s"', (time) => {
    expect(() => minutesOf(time)).toThrow(/06:30/);
  });
});
