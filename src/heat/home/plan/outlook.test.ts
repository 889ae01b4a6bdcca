import { describe, expect, it } from "vitest";
import { sampleYear } from "../sampleHome.suite.ts";
import { tapsByStep } from "../hotWater.ts";
import { learnHome } from "./planHome.ts";

const year = sampleYear();
const { weather } = year;
const march = { from: 60 * 24, until: 90 * 24, warmUp: 7 * 24, weight: 1 };
const forecast = learnHome(year).outlookOf(march);
const perfect = learnHome(year, "perfect").outlookOf(march);
const hours = Array.from({ length: march.until - march.from }, (_, index) => march.from + index);
const deviation = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

describe("what plans know of the days ahead", () => {
  it("is wrong by half a kelvin for the hours at hand and by more for the next day", () => {
    const off = (ahead: number) =>
      deviation(hours.map((hour) => forecast.outdoorC(hour - ahead, hour) - (weather.outdoorC[hour] ?? 0)));
    expect(off(0)).toBeGreaterThan(0.3);
    expect(off(0)).toBeLessThan(1.2);
    expect(off(24)).toBeGreaterThan(1.5 * off(0));
  });

  it("is wrong about the sun, whose heat is not that which comes", () => {
    const off = deviation(hours.map((hour) => forecast.gainsW(hour, 0) - perfect.gainsW(hour, 0)));
    const all = deviation(hours.map((hour) => perfect.gainsW(hour, 0)));
    expect(off / all).toBeGreaterThan(0.1);
    expect(off / all).toBeLessThan(0.7);
  });

  it("is what hot water is usual, not what will be drawn", () => {
    const seven = march.from + 7;
    const { litresPerDay } = year.home.hotWater;
    expect(forecast.litresPerHour(seven, 0, 4)).toBeCloseTo(0.075 * litresPerDay);
    const taps = tapsByStep(year).subarray(seven * 4, seven * 4 + 4);
    expect(perfect.litresPerHour(seven, 0, 4)).toBeCloseTo(taps.reduce((sum, litres) => sum + litres, 0));
    expect(perfect.litresPerHour(seven, 1, 1)).toBeCloseTo(4 * (taps[1] ?? 0));
  });

  it("is all of it where foresight is perfect", () => {
    for (const hour of hours) expect(perfect.outdoorC(hour - 20, hour)).toBe(weather.outdoorC[hour]);
    expect(perfect.roomNoiseK(march.from, 0)).toBe(0);
  });

  it("goes on from one year into the next", () => {
    const newYear = { from: 0, until: 24, warmUp: 24, weight: 1 };
    const outlook = learnHome(year).outlookOf(newYear);
    expect(Math.abs(outlook.outdoorC(-2, 3) - (weather.outdoorC[3] ?? 0))).toBeLessThan(8);
    expect(outlook.outdoorC(-2, -2)).not.toBeNaN();
  });
});
