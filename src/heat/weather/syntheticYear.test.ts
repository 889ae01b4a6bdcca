import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { monthlyMeans } from "./calendar.ts";
import { climateSchema } from "./climate.ts";
import { facadeYear } from "./facade.ts";
import { normalGlobal } from "./syntheticSun.ts";
import { syntheticYear } from "./syntheticYear.ts";

const folder = new URL("../../../data/climates/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(".yaml", ""));
const climateOf = (name: string) =>
  climateSchema.parse(parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8")));
const london = climateOf("london");

const largestGap = (one: readonly number[], other: readonly number[]) =>
  Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? Number.NaN))));

describe("a synthetic year", () => {
  it("is there for some twenty climates", () => expect(names.length).toBeGreaterThanOrEqual(20));

  it.each(names)("of %s has the temperatures and the sun of its normals", (name) => {
    const climate = climateOf(name);
    const year = syntheticYear(climate, 7);
    expect(largestGap(monthlyMeans(year.outdoorC), climate.monthly.meanC)).toBeLessThan(0.02);
    const { beam, sky } = facadeYear(year, { azimuthDeg: 180, tiltDeg: 0 });
    const onHorizontal = beam.map((direct, hour) => direct + (sky[hour] ?? 0));
    expect(largestGap(monthlyMeans(onHorizontal), normalGlobal(climate))).toBeLessThan(1);
  });

  it.each(names)("of %s stays within what can be", (name) => {
    const climate = climateOf(name);
    const { outdoorC, relativeHumidity, directNormal, diffuseHorizontal, skyInfrared } = syntheticYear(
      climate,
      3,
    );
    const { meanC } = climate.monthly;
    expect(Math.min(...outdoorC)).toBeGreaterThan(Math.min(...meanC) - 35);
    expect(Math.max(...outdoorC)).toBeLessThan(Math.max(...meanC) + 30);
    expect(Math.min(...relativeHumidity)).toBeGreaterThan(0.05);
    expect(Math.max(...relativeHumidity)).toBeLessThanOrEqual(1);
    expect(Math.min(...directNormal, ...diffuseHorizontal)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...directNormal)).toBeLessThan(1200);
    expect(Math.min(...skyInfrared)).toBeGreaterThan(80);
    expect(Math.max(...skyInfrared)).toBeLessThan(550);
  });

  it("has the sun at night nowhere, and more of it at noon than in the morning", () => {
    const { directNormal, diffuseHorizontal } = syntheticYear(london, 1);
    const at = (hour: number) =>
      Array.from(
        { length: 365 },
        (_, day) => (directNormal[day * 24 + hour] ?? 0) + (diffuseHorizontal[day * 24 + hour] ?? 0),
      );
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(at(0))).toBe(0);
    expect(sum(at(12))).toBeGreaterThan(2 * sum(at(5)));
  });

  it("swings over the day as much as the normals say, warmest in the afternoon", () => {
    const { outdoorC } = syntheticYear(london, 1);
    const byHour = (hour: number) =>
      monthlyMeans(outdoorC.map((_, index) => outdoorC[index - (index % 24) + hour] ?? Number.NaN));
    const swing = byHour(14).map((afternoon, month) => afternoon - (byHour(4)[month] ?? 0));
    expect(largestGap(swing, london.monthly.dailyRangeK)).toBeLessThan(1);
  });

  it("has weather that lasts: a day resembles the one before, and not the one ten days earlier", () => {
    const { outdoorC } = syntheticYear(london, 5);
    const normal = monthlyMeans(outdoorC);
    const daily = Array.from({ length: 365 }, (_, day) =>
      outdoorC.slice(day * 24, day * 24 + 24).reduce((sum, value) => sum + value / 24, 0),
    ).map((mean, day) => mean - (normal[Math.min(11, Math.floor(day / 30.42))] ?? 0));
    const likeness = (lag: number) => {
      const pairs = daily.slice(lag).map((value, day) => value * (daily[day] ?? 0));
      const square = daily.reduce((sum, value) => sum + value ** 2, 0);
      return pairs.reduce((sum, value) => sum + value, 0) / square;
    };
    expect(likeness(1)).toBeGreaterThan(0.6);
    expect(Math.abs(likeness(10))).toBeLessThan(0.35);
  });

  it("is the same for the same seed and another for another", () => {
    expect(syntheticYear(london, 1).outdoorC).toEqual(syntheticYear(london, 1).outdoorC);
    expect(syntheticYear(london, 2).outdoorC).not.toEqual(syntheticYear(london, 1).outdoorC);
  });
});
