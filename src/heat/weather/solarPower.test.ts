import { describe, expect, it } from "vitest";
import { Instant } from "../../domain/index.ts";
import { type SolarArray, solarPower } from "./solarPower.ts";

const roof: SolarArray = {
  kWp: 5,
  latitude: 52.5,
  longitude: 13.4,
  tiltDeg: 35,
  azimuthDeg: 180,
  performance: 0.8,
};
const clear = { outdoorC: 20, globalWm2: 800, directNormalWm2: 850, diffuseWm2: 110 };
const dull = { outdoorC: 10, globalWm2: 120, directNormalWm2: 0, diffuseWm2: 120 };
const noon = Instant(Date.UTC(2026, 5, 21, 11, 8));

describe("the power of photovoltaics", () => {
  it("is near its peak, less its losses, when a clear sun stands before it", () => {
    const watts = solarPower(roof, clear, noon);
    expect(watts).toBeGreaterThan(0.9 * 5000 * 0.8);
    expect(watts).toBeLessThan(1.0 * 5000 * 0.8);
  });

  it("is the share of the sky that it sees, and of the ground, on a dull day", () => {
    const sky = (1 + Math.cos((35 * Math.PI) / 180)) / 2;
    const expected = (120 * sky + 120 * 0.2 * (1 - sky)) * 5 * 0.8;
    expect(solarPower(roof, dull, noon)).toBeCloseTo(expected, 6);
  });

  it("is what the horizontal gets where it lies flat", () => {
    const flat = solarPower({ ...roof, tiltDeg: 0 }, clear, noon);
    expect(flat / (5 * 0.8)).toBeGreaterThan(0.93 * clear.globalWm2);
    expect(flat / (5 * 0.8)).toBeLessThan(1.1 * clear.globalWm2);
  });

  it("is more in the morning where it faces east, in the evening where it faces west", () => {
    const at = (hour: number, azimuthDeg: number) =>
      solarPower({ ...roof, azimuthDeg }, clear, Instant(Date.UTC(2026, 5, 21, hour, 8)));
    expect(at(7, 90)).toBeGreaterThan(1.5 * at(7, 270));
    expect(at(15, 270)).toBeGreaterThan(1.5 * at(15, 90));
    expect(at(7, 90) / at(15, 270)).toBeGreaterThan(0.95);
    expect(at(7, 90) / at(15, 270)).toBeLessThan(1.05);
  });

  it("is nothing at night", () => {
    const dark = { ...clear, globalWm2: 0, directNormalWm2: 0, diffuseWm2: 0 };
    expect(solarPower(roof, dark, Instant(Date.UTC(2026, 5, 21, 23)))).toBe(0);
    expect(solarPower(roof, { ...clear, diffuseWm2: 0, globalWm2: 0 }, Instant(Date.UTC(2026, 0, 1)))).toBe(
      0,
    );
  });

  it("of a year's clear and dull hours is of the size that such roofs give", () => {
    const lowSun = { outdoorC: 0, globalWm2: 150, directNormalWm2: 500, diffuseWm2: 60 };
    const watts = solarPower(roof, lowSun, Instant(Date.UTC(2026, 11, 21, 11, 5)));
    expect(watts).toBeGreaterThan(1200);
    expect(watts).toBeLessThan(2500);
  });
});
