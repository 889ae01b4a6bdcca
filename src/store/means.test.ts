import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combine, meansOf } from "./means.ts";
import { gapLimit, mergeRuns, type Run, runOf, stepsOf, timesOf, within } from "./readings.ts";

const runs = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000) / 10;
const time = fc.integer({ min: -1e7, max: 1e7 });
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const run = fc.array(fc.tuple(time, value), { maxLength: 60 }).map((entries) => runOf(entries));
/** Readings every ten seconds or so. */
const steadyRun = fc
  .array(fc.tuple(fc.integer({ min: 8_000, max: 12_000 }), value), { minLength: 2, maxLength: 400 })
  .map((entries): Run => ({
    times: timesOf(
      entries.map(([step]) => step),
      0,
    ),
    values: entries.map(([, reading]) => reading),
  }));
const hold = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns: runs });

function integralOf({ times, values }: Run): number {
  const limit = gapLimit(times);
  return times.slice(1).reduce((sum, at, i) => {
    const seconds = (at - (times[i] ?? 0)) / 1000;
    return seconds * 1000 > limit ? sum : sum + (seconds * ((values[i] ?? 0) + (values[i + 1] ?? 0))) / 2;
  }, 0);
}

describe("a run of readings", () => {
  it("is ascending, and has one reading an instant", () => {
    hold(
      fc.property(run, ({ times, values }) => {
        expect(times.length).toBe(values.length);
        for (const [i, at] of times.entries())
          if (i > 0) expect(at).toBeGreaterThan(times[i - 1] ?? Infinity);
      }),
    );
  });
  it("comes back from its steps", () => {
    hold(
      fc.property(run, time, ({ times }, start) => {
        expect(timesOf(stepsOf(times, start), start)).toEqual(times);
      }),
    );
  });
  it("is the merger of its parts", () => {
    hold(
      fc.property(run, time, (whole, at) => {
        expect(mergeRuns([within(whole, -Infinity, at), within(whole, at, Infinity)])).toEqual(whole);
        expect(mergeRuns([within(whole, at, Infinity), whole])).toEqual(whole);
      }),
    );
  });
  it("takes the later of two readings at one instant", () => {
    const earlier = { times: [1, 2], values: [1, 2] };
    expect(mergeRuns([earlier, { times: [2, 3], values: [20, 30] }])).toEqual({
      times: [1, 2, 3],
      values: [1, 20, 30],
    });
  });
});

describe("means", () => {
  it("times what they cover are the integral of the readings, and lie between them", () => {
    hold(
      fc.property(steadyRun, fc.constantFrom(300_000, 3_600_000), (readings, step) => {
        const means = [...meansOf(readings, step, -step * 100, step * 100).values()];
        const integral = means.reduce((sum, mean) => sum + mean.value * mean.covered, 0);
        expect(integral).toBeCloseTo(integralOf(readings), -1);
        for (const mean of means) {
          expect(mean.covered).toBeLessThanOrEqual(step / 1000 + 1e-9);
          expect(mean.value).toBeGreaterThanOrEqual(Math.min(...readings.values) - 1e-6);
          expect(mean.value).toBeLessThanOrEqual(Math.max(...readings.values) + 1e-6);
        }
      }),
    );
  });
  it("of a window are those of the whole, when its neighbours are there", () => {
    hold(
      fc.property(steadyRun, fc.integer({ min: 0, max: 10 }), (readings, n) => {
        const [from, to] = [n * 300_000, (n + 1) * 300_000];
        const whole = meansOf(readings, 300_000, 0, 1e9);
        const part = meansOf(readings, 300_000, from, to);
        expect([...part]).toEqual([...whole].filter(([interval]) => interval === n));
      }),
    );
  });
  it("of arbitrary readings cover no more than the time between them", () => {
    hold(
      fc.property(run, (readings) => {
        const means = [...meansOf(readings, 300_000, -300_000_000, 300_000_000).values()];
        const span = ((readings.times.at(-1) ?? 0) - (readings.times[0] ?? 0)) / 1000;
        expect(means.reduce((sum, mean) => sum + mean.covered, 0)).toBeLessThanOrEqual(span + 1e-6);
        for (const mean of means) expect(mean.value).not.toBeNaN();
      }),
    );
  });

  it("know nothing of a gap, and give no energy to it", () => {
    const readings = {
      times: [0, 10_000, 20_000, 600_000, 610_000, 620_000],
      values: [100, 100, 100, 100, 100, 100],
    };
    expect([...meansOf(readings, 300_000, 0, 900_000)]).toEqual([
      [0, { value: 100, covered: 20 }],
      [2, { value: 100, covered: 20 }],
    ]);
  });

  it("show a reading between gaps, and give it no time", () => {
    const readings = { times: [0, 10_000, 20_000, 900_000], values: [1, 1, 1, 5] };
    expect(meansOf(readings, 300_000, 0, 1_200_000).get(3)).toEqual({ value: 5, covered: 0 });
  });

  it("go straight from reading to reading", () => {
    const readings = { times: [0, 600_000], values: [0, 600] };
    expect([...meansOf(readings, 300_000, 0, 600_000)]).toEqual([
      [0, { value: 150, covered: 300 }],
      [1, { value: 450, covered: 300 }],
    ]);
  });

  it("do not reach across a quarter of an hour", () => {
    const readings = { times: [0, 900_001], values: [7, 7] };
    expect([...meansOf(readings, 3_600_000, 0, 3_600_000)]).toEqual([[0, { value: 7, covered: 0 }]]);
  });

  it("combine by what they cover", () => {
    expect(
      combine([
        { value: 1, covered: 100 },
        { value: 4, covered: 200 },
      ]),
    ).toEqual({ value: 3, covered: 300 });
    expect(
      combine([
        { value: 1, covered: 0 },
        { value: 4, covered: 0 },
      ]),
    ).toEqual({ value: 2.5, covered: 0 });
  });
});
