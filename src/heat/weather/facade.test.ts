import { describe, expect, it } from "vitest";
import { parseEpw } from "./epw.ts";
import { facadeYear } from "./facade.ts";
import { sampleEpw } from "./sampleEpw.suite.ts";
import { sunPosition } from "./sun.ts";

const berlin = { latitude: 52.5, longitude: 15, hoursFromUtc: 1 };
const june21Noon = 171 * 24 + 12;
const december21Noon = 354 * 24 + 12;
const degrees = (sine: number) => (Math.asin(sine) * 180) / Math.PI;

describe("the sun", () => {
  it.each([
    ["stands 61° high at noon in June", june21Noon, 90 - 52.5 + 23.45],
    ["stands 14° high at noon in December", december21Noon, 90 - 52.5 - 23.45],
  ])("%s at 52.5° north", (_what, hour, altitude) => {
    const sun = sunPosition(berlin, hour);
    expect(degrees(sun.sinAltitude)).toBeCloseTo(altitude, 0);
    expect(Math.abs(sun.azimuth)).toBeGreaterThan(3.05);
  });

  it("rises in the east and sets in the west", () => {
    expect(Math.sin(sunPosition(berlin, june21Noon - 5).azimuth)).toBeGreaterThan(0.8);
    expect(Math.sin(sunPosition(berlin, june21Noon + 5).azimuth)).toBeLessThan(-0.8);
    expect(sunPosition(berlin, june21Noon + 12).sinAltitude).toBeLessThan(0);
  });
});

describe("radiation on a plane", () => {
  const weather = parseEpw(sampleEpw());
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const total = (azimuthDeg: number, tiltDeg: number) => {
    const { beam, sky, ground } = facadeYear(weather, { azimuthDeg, tiltDeg });
    return sumOf(beam) + sumOf(sky) + sumOf(ground);
  };

  it("is that on the horizontal for a flat roof", () => {
    const { beam, sky, ground, cosIncidence } = facadeYear(weather, { azimuthDeg: 77, tiltDeg: 0 });
    const hour = june21Noon;
    const expected = (weather.directNormal[hour] ?? 0) * (cosIncidence[hour] ?? 0) + 100;
    expect((beam[hour] ?? 0) + (sky[hour] ?? 0)).toBeCloseTo(expected, 6);
    expect(sumOf(ground)).toBe(0);
  });

  it("is most on the south, least on the north, and alike to east and west", () => {
    expect(total(180, 90)).toBeGreaterThan(1.5 * total(90, 90));
    expect(total(90, 90)).toBeGreaterThan(1.5 * total(0, 90));
    expect(total(270, 90) / total(90, 90)).toBeCloseTo(1, 0);
  });

  it("comes from the ground alone on a floor that faces down", () => {
    const { beam, sky, ground } = facadeYear(weather, { azimuthDeg: 0, tiltDeg: 180 });
    expect(sumOf(beam) + sumOf(sky)).toBeCloseTo(0, 6);
    expect(sumOf(ground)).toBeGreaterThan(0);
  });
});
