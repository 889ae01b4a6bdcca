import { describe, expect, it } from "vitest";
import { seededRandom } from "../../domain/index.ts";
import { drawOffShare } from "./drawOff.ts";
import { drawnTaps } from "./drawnTaps.ts";

const days = 2000;
const water = { litresPerDay: 100, profile: "household" } as const;
const drawn = (seed: number) =>
  drawnTaps(water, days * 24, { stepsPerHour: 4, burst: 1, starts: 4 }, seededRandom(seed));
const litres = drawn(1);
const sumOf = (of: Float64Array) => of.reduce((sum, one) => sum + one, 0);

describe("water that is drawn", () => {
  it("is what is usual on average, at each hour of the day", () => {
    expect(sumOf(litres) / days).toBeGreaterThan(97);
    expect(sumOf(litres) / days).toBeLessThan(103);
    const seven = litres.filter((_, step) => Math.floor(step / 4) % 24 === 7);
    expect(sumOf(seven) / days / (100 * drawOffShare("household", 7))).toBeCloseTo(1, 1);
  });

  it("is more on some days and less on others, by a quarter", () => {
    const perDay = Array.from({ length: days }, (_, day) =>
      Math.log(sumOf(litres.subarray(day * 96, day * 96 + 96))),
    );
    const mean = perDay.reduce((sum, one) => sum + one, 0) / days;
    const deviation = Math.sqrt(perDay.reduce((sum, one) => sum + (one - mean) ** 2, 0) / days);
    expect(deviation).toBeGreaterThan(0.25);
    expect(deviation).toBeLessThan(0.35);
  });

  it("comes to two thirds in one step of each hour, and evenly else", () => {
    for (let hour = 0; hour < days * 24; hour++) {
      const steps = [...litres.subarray(hour * 4, hour * 4 + 4)].toSorted((one, other) => one - other);
      const all = steps.reduce((sum, one) => sum + one, 0);
      expect(steps[3]).toBeCloseTo(all * (2 / 3 + 1 / 12), 9);
      expect(steps[0]).toBeCloseTo(steps[2] ?? 0, 9);
    }
  });

  it("is the same for the same seed alone", () => {
    expect(drawn(1)).toEqual(litres);
    expect(drawn(2)).not.toEqual(litres);
  });
});
