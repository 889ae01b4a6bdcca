import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Celsius, Instant, weekdays } from "../../../src/domain/index.ts";
import { comfortAt } from "../../../src/heat/index.ts";
import {
  type Block,
  copied,
  entriesOf,
  freeStretch,
  onOtherDay,
  painted,
  replaced,
  resized,
  sameWeek,
  shifted,
  snapped,
  type Week,
  type WeekEntry,
  weekOf,
} from "./week.ts";

const block = (day: number, from: number, to: number, targetC = 21): Block => ({ day, from, to, targetC });

const time = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarter) =>
      `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`,
  );
const entry: fc.Arbitrary<WeekEntry> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: time,
  to: fc.oneof(time, fc.constant("24:00")),
  targetC: fc.integer({ min: 16, max: 24 }),
});

describe("a week's blocks", () => {
  it("are what its entries mean, and their entries mean the same, at any time", () => {
    const minute = fc.integer({ min: 0, max: 7 * 1440 - 1 });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), minute, (entries, at) => {
        const instant = Instant(Date.UTC(2026, 0, 5) + at * 60_000);
        const wanted = (week: readonly WeekEntry[]) => {
          const schedule = {
            entries: week.map((one) => ({ ...one, targetC: Celsius(one.targetC) })),
            setBackC: Celsius(10),
            bandK: 0.3,
          };
          return comfortAt(schedule, [], instant, "UTC").target;
        };
        const week = weekOf(entries);
        const shown = week.find(
          ({ day, from, to }) => day * 1440 + from <= at && at < day * 1440 + to,
        )?.targetC;
        expect(shown ?? 10).toBe(wanted(entries));
        expect(wanted(entriesOf(week))).toBe(wanted(entries));
        expect(weekOf(entriesOf(week))).toEqual(week);
      }),
    );
  });

  it("are written with days that are alike together", () => {
    const week = [block(0, 390, 1350), block(1, 390, 1350), block(5, 480, 1440, 21.5)];
    expect(entriesOf(week)).toEqual([
      { days: ["mon", "tue"], from: "06:30", to: "22:30", targetC: 21 },
      { days: ["sat"], from: "08:00", to: "24:00", targetC: 21.5 },
    ]);
    expect(sameWeek(week, week.toReversed())).toBe(true);
  });
});

describe("a block that is painted", () => {
  it.each([
    ["beside", [block(0, 0, 60)], [block(0, 0, 60), block(0, 60, 120, 18)]],
    ["over the end", [block(0, 0, 90)], [block(0, 0, 60), block(0, 60, 120, 18)]],
    ["over the begin", [block(0, 90, 240)], [block(0, 60, 120, 18), block(0, 120, 240)]],
    ["into the middle", [block(0, 0, 240)], [block(0, 0, 60), block(0, 60, 120, 18), block(0, 120, 240)]],
    ["over all of it", [block(0, 75, 105)], [block(0, 60, 120, 18)]],
    ["on another day", [block(1, 0, 240)], [block(0, 60, 120, 18), block(1, 0, 240)]],
  ] as const)("%s", (_where, before, after) => {
    expect(painted(before, block(0, 60, 120, 18))).toEqual(after);
  });

  it("never lets any two overlap, whatever is painted", () => {
    const any = fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 40 }))
      .map(([day, from, length]) => block(day, from * 15, Math.min(1440, (from + length) * 15)));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (blocks) => {
        const week = blocks.reduce<Week>(painted, []);
        for (const [index, one] of week.entries()) {
          const next = week[index + 1];
          expect(one.from).toBeLessThan(one.to);
          if (next?.day === one.day) expect(one.to).toBeLessThanOrEqual(next.from);
        }
      }),
    );
  });

  it("takes the place of another", () => {
    const old = block(0, 60, 120);
    const week = [old, block(0, 180, 240)];
    expect(replaced(week, old, block(0, 90, 200))).toEqual([block(0, 90, 200), block(0, 200, 240)]);
  });
});

describe("keys", () => {
  const one = block(0, 397, 1000);
  const next = block(0, 1020, 1440);
  const week = [one, next];

  it("move a block along the grid, up to its neighbours and the day's ends", () => {
    expect(shifted(week, one, 1)).toMatchObject({ from: 405, to: 1008 });
    expect(shifted(week, one, -1)).toMatchObject({ from: 390, to: 993 });
    expect(shifted(week, next, 1)).toEqual(next);
    expect(shifted([block(0, 5, 65)], block(0, 5, 65), -1)).toMatchObject({ from: 0, to: 60 });
  });

  it("resize a block, to no less than a step", () => {
    expect(resized(week, one, "from", -1)).toMatchObject({ from: 390, to: 1000 });
    expect(resized(week, one, "to", 1)).toMatchObject({ from: 397, to: 1005 });
    expect(resized(week, next, "from", -1)).toMatchObject({ from: 1005, to: 1440 });
    expect(resized(week, next, "to", 1)).toEqual(next);
    const short = block(1, 60, 75);
    expect(resized([short], short, "from", 1)).toEqual(short);
    expect(resized([short], short, "to", -1)).toEqual(short);
    const shorter = block(1, 60, 67);
    expect(resized([shorter], shorter, "to", -1)).toEqual(shorter);
  });

  it("move a block to the next day on which its time is free", () => {
    const busy = [one, block(1, 900, 930), block(6, 0, 10)];
    expect(onOtherDay(busy, one, 1)).toMatchObject({ day: 2, from: 397 });
    expect(onOtherDay(busy, one, -1)).toEqual(one);
  });
});

describe("a day", () => {
  it("is copied to others, whose own is gone", () => {
    const week = [block(0, 0, 60), block(1, 600, 660), block(2, 0, 10)];
    expect(copied(week, 0, [0, 1, 6])).toEqual([
      block(0, 0, 60),
      block(1, 0, 60),
      block(2, 0, 10),
      block(6, 0, 60),
    ]);
  });

  it("has room for a new block where it is free", () => {
    expect(freeStretch([], 0)).toEqual({ from: 0, to: 60 });
    expect(freeStretch([block(0, 0, 397)], 0)).toEqual({ from: 405, to: 465 });
    expect(freeStretch([block(0, 0, 700), block(0, 720, 1440)], 0)).toEqual({ from: 705, to: 720 });
    expect(freeStretch([block(0, 0, 1440)], 0)).toBeUndefined();
  });

  it("has a grid of a quarter of an hour", () => {
    expect([-20, 7, 8, 1439, 2000].map(snapped)).toEqual([0, 0, 15, 1440, 1440]);
  });
});
