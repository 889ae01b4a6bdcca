import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Celsius, Instant, weekdays } from "../domain/index.ts";
import { comfortAt, type ComfortOverride, type ComfortSchedule, validOverrides } from "./comfort.ts";

const utc = (text: string) => Instant(Date.parse(text));
const every = [...weekdays];
const workdays = every.slice(0, 5);
const schedule: ComfortSchedule = {
  entries: [
    { days: workdays, from: "06:30", to: "08:30", targetC: Celsius(20) },
    { days: every, from: "17:00", to: "22:30", targetC: Celsius(21) },
    { days: ["sat", "sun"], from: "08:00", to: "17:00", targetC: Celsius(20.5) },
  ],
  setBackC: Celsius(16),
  bandK: 0.4,
};
const london = "Europe/London";
const at = (text: string, overrides: readonly ComfortOverride[] = [], timezone = london, of = schedule) => {
  const { target, source, until, nextTarget, band } = comfortAt(of, overrides, utc(text), timezone);
  expect(band).toBe(of.bandK);
  return [
    target,
    source,
    until === undefined ? undefined : new Date(until).toISOString().slice(0, 16),
    nextTarget,
  ];
};

describe("comfortAt", () => {
  it.each([
    ["a workday's night", "2026-01-05T05:00Z", [16, "set-back", "2026-01-05T06:30", 20]],
    ["the first instant of an entry", "2026-01-05T06:30Z", [20, "schedule", "2026-01-05T08:30", 16]],
    ["the first instant after it", "2026-01-05T08:30Z", [16, "set-back", "2026-01-05T17:00", 21]],
    ["one entry into the next", "2026-01-10T12:00Z", [20.5, "schedule", "2026-01-10T17:00", 21]],
    ["over the weekend's night", "2026-01-11T23:00Z", [16, "set-back", "2026-01-12T06:30", 20]],
    ["in summer time", "2026-07-06T05:29Z", [16, "set-back", "2026-07-06T05:30", 20]],
  ])("%s", (_case, text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it("never changes without entries", () => {
    expect(at("2026-01-05T05:00Z", [], london, { ...schedule, entries: [] })).toEqual([
      16,
      "set-back",
      undefined,
      undefined,
    ]);
  });

  it("sees the next change a week ahead", () => {
    const weekly = {
      ...schedule,
      entries: [{ days: ["sun" as const], from: "10:00", to: "12:00", targetC: Celsius(20) }],
    };
    expect(at("2026-01-04T12:00Z", [], london, weekly)).toEqual([16, "set-back", "2026-01-11T10:00", 20]);
  });

  it("runs an entry past midnight, and a whole day's into the next", () => {
    const late = {
      ...schedule,
      entries: [{ days: ["fri" as const], from: "22:00", to: "02:00", targetC: Celsius(22) }],
    };
    expect(at("2026-01-10T01:00Z", [], london, late)).toEqual([22, "schedule", "2026-01-10T02:00", 16]);
    const allDay = {
      ...schedule,
      entries: [{ days: every, from: "00:00", to: "24:00", targetC: Celsius(19) }],
    };
    expect(at("2026-01-10T23:59Z", [], london, allDay)).toEqual([19, "schedule", undefined, undefined]);
  });

  it("lets the entry count that began later, and the later in the list of two that began together", () => {
    const overlapping = {
      ...schedule,
      entries: [
        { days: every, from: "08:00", to: "20:00", targetC: Celsius(19) },
        { days: every, from: "12:00", to: "14:00", targetC: Celsius(22) },
        { days: every, from: "08:00", to: "09:00", targetC: Celsius(23) },
      ],
    };
    expect(at("2026-01-05T08:30Z", [], london, overlapping)[0]).toBe(23);
    expect(at("2026-01-05T10:00Z", [], london, overlapping)).toEqual([
      19,
      "schedule",
      "2026-01-05T12:00",
      22,
    ]);
    expect(at("2026-01-05T15:00Z", [], london, overlapping)).toEqual([
      19,
      "schedule",
      "2026-01-05T20:00",
      16,
    ]);
  });

  it.each([
    ["begins at the change when its time is skipped", "2026-03-29T00:59Z", "2026-03-29T01:00", 20],
    ["ends at the first of a doubled time", "2026-10-25T00:10Z", "2026-10-25T00:30", 16],
  ])("on the days of the change of clocks, an entry %s", (_case, text, until, next) => {
    const nightly = {
      ...schedule,
      entries: [{ days: every, from: "01:30", to: "05:00", targetC: Celsius(20) }],
    };
    const early = {
      ...schedule,
      entries: [{ days: every, from: "00:30", to: "01:30", targetC: Celsius(20) }],
    };
    expect(at(text, [], london, next === 20 ? nightly : early).slice(2)).toEqual([until, next]);
  });

  it("keeps 06:30 at 06:30 by the wall through a year of changes", () => {
    for (const timezone of [
      london,
      "America/New_York",
      "Australia/Sydney",
      "Australia/Lord_Howe",
      "America/Havana",
    ]) {
      const format = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, timeStyle: "short" });
      const daily = {
        ...schedule,
        entries: [{ days: every, from: "06:30", to: "22:00", targetC: Celsius(20) }],
      };
      let now = utc("2026-01-01T00:00Z");
      for (let change = 0; change < 730; change++) {
        const next = comfortAt(daily, [], now, timezone);
        now = next.until as Instant;
        expect(format.format(now)).toBe(next.nextTarget === 20 ? "06:30" : "22:00");
      }
    }
  });

  it("tells the same target at `until` as it announced before", () => {
    const minute = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(half >> 1).padStart(2, "0")}:${half & 1 ? "30" : "00"}`);
    const entries = fc.array(
      fc.record({
        days: fc.subarray(every, { minLength: 1 }),
        from: minute,
        to: minute,
        targetC: fc.integer({ min: 15, max: 23 }).map(Celsius),
      }),
      { maxLength: 6 },
    );
    const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }).map(Instant);
    fc.assert(
      fc.property(entries, instants, (entries, now) => {
        const random = { ...schedule, entries };
        const before = comfortAt(random, [], now, "Europe/Berlin");
        if (before.until === undefined) return;
        expect(before.until).toBeGreaterThan(now);
        expect(comfortAt(random, [], Instant(before.until - 1), "Europe/Berlin").target).toBe(before.target);
        const after = comfortAt(random, [], before.until, "Europe/Berlin");
        expect(after.target).toBe(before.nextTarget);
        expect([after.target, after.source]).not.toEqual([before.target, before.source]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("overrides", () => {
  const hold = { kind: "hold", targetC: Celsius(18), since: utc("2026-01-05T07:00Z") } as const;
  const boost = { kind: "boost", targetC: Celsius(23), until: utc("2026-01-05T09:00Z") } as const;
  const away = { kind: "away", targetC: Celsius(12), until: utc("2026-01-09T18:00Z") } as const;
  const gone = { kind: "away", targetC: Celsius(12), until: null } as const;

  it.each([
    [
      "a hold lasts until the schedule changes",
      [hold],
      "2026-01-05T07:10Z",
      [18, "hold", "2026-01-05T08:30", 16],
    ],
    ["and is over then", [hold], "2026-01-05T08:30Z", [16, "set-back", "2026-01-05T17:00", 21]],
    ["a boost lasts until its end", [boost], "2026-01-05T08:00Z", [23, "boost", "2026-01-05T09:00", 16]],
    ["and is over then", [boost], "2026-01-05T09:00Z", [16, "set-back", "2026-01-05T17:00", 21]],
    ["away until an end", [away], "2026-01-07T12:00Z", [12, "away", "2026-01-09T18:00", 21]],
    ["away without an end", [gone], "2026-03-07T12:00Z", [12, "away", undefined, undefined]],
    [
      "a boost outranks an absence",
      [gone, boost],
      "2026-01-05T08:00Z",
      [23, "boost", "2026-01-05T09:00", 12],
    ],
    ["a boost outranks a hold", [hold, boost], "2026-01-05T07:10Z", [23, "boost", "2026-01-05T09:00", 16]],
    ["a hold outranks an absence", [gone, hold], "2026-01-05T07:10Z", [18, "hold", "2026-01-05T08:30", 12]],
  ] as const)("%s", (_case, overrides, text, expected) => {
    expect(at(text, overrides)).toEqual(expected);
  });

  it("are dropped when they have ended", () => {
    const all = [hold, boost, away, gone];
    const left = (text: string) => validOverrides(schedule, all, utc(text), london);
    expect(left("2026-01-05T07:10Z")).toEqual(all);
    expect(left("2026-01-05T08:45Z")).toEqual([boost, away, gone]);
    expect(left("2026-02-05T08:45Z")).toEqual([gone]);
  });
});
