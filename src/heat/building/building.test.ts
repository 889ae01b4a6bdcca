import { assert, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEpw } from "../weather/epw.ts";
import { sampleEpw } from "../weather/sampleEpw.suite.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";
import { airChangesByHour, type Building, buildingSchema, setpointsByHour } from "./building.ts";
import { fiveR1CZone } from "./fiveR1C.ts";
import { simulateBuilding } from "./simulateBuilding.ts";
import { type Facades, facadesOf } from "./solarGains.ts";
import { surfacesZone } from "./surfaceZone.ts";
import { summarizeZones, type ZoneYear } from "./zoneYear.ts";

const weather = parseEpw(sampleEpw());
const facades = facadesOf(weather);
const house = (over: Record<string, unknown> = {}, uValue = 0.4): Building =>
  buildingSchema.parse({
    zone: { floorAreaM2: 100, volumeM3: 250, mass: "medium", internalGainW: 300 },
    opaque: [
      { areaM2: 40, uValue, azimuthDeg: 180 },
      { areaM2: 50, uValue, azimuthDeg: 0 },
      { areaM2: 100, uValue, tiltDeg: 0 },
      { areaM2: 100, uValue, tiltDeg: 180, adjacent: "ground" },
    ],
    windows: [{ areaM2: 12, uValue: 1.3, gValue: 0.6, azimuthDeg: 180 }],
    heating: { setpoints: 20 },
    cooling: { setpoints: 26 },
    ...over,
  });
/** Nothing outside moves: a constant temperature, no sun, a sky as warm as the air. */
const still = (celsius: number): WeatherYear => ({
  ...weather,
  outdoorC: new Float64Array(8760).fill(celsius),
  directNormal: new Float64Array(8760),
  diffuseHorizontal: new Float64Array(8760),
  skyInfrared: new Float64Array(8760).fill(5.670374e-8 * (celsius + 273.15) ** 4),
  groundC: Array.from({ length: 12 }, () => celsius),
});
const models = [
  ["surfaces", surfacesZone],
  ["5R1C", fiveR1CZone],
] as const;

describe("a building's hours", () => {
  it("reach across midnight, and leave off what no entry names", () => {
    const { heating } = house({
      heating: {
        setpoints: [
          { hours: "23-7", setpointC: 10 },
          { hours: "7-20", setpointC: 20 },
        ],
      },
    });
    const day = setpointsByHour(heating);
    expect([day[23], day[6], day[7], day[19]]).toEqual([10, 10, 20, 20]);
    expect(day[20]).toBeNaN();
  });

  it("add ventilation to infiltration", () => {
    const changes = airChangesByHour(house({ ventilation: [{ hours: "18-7", perHour: 10 }] }));
    expect([changes[17], changes[18], changes[6], changes[7]]).toEqual([0.5, 10.5, 10.5, 0.5]);
  });

  it.each(["7", "25-3", "7-26", "a-b", "7:30-8"])("are refused when written %s", (hours) => {
    expect(() => house({ ventilation: [{ hours, perHour: 1 }] })).toThrow("from one full hour to another");
  });
});

describe.each(models)("the model of %s", (_name, model) => {
  const simulateAll = (building: Building, year: WeatherYear, facades: Facades) =>
    simulateBuilding(building, year, facades, model);
  const simulate = (...args: Parameters<typeof simulateAll>): ZoneYear => {
    const [first, ...others] = simulateAll(...args);
    if (!first || others.length > 0) throw new Error("one zone was expected");
    return first;
  };

  it("heats as much as is lost, once all is at rest", () => {
    const cold = still(0);
    const { heatingW, airC } = simulate(house({ cooling: "off" }), cold, facadesOf(cold));
    const watts = heatingW[8759] ?? 0;
    const ua = 290 * 0.4 + 12 * 1.3 + (250 * 0.5 * 1.204 * 1006) / 3600;
    expect(airC[8759]).toBeCloseTo(20, 6);
    expect((watts + 300) / (ua * 20)).toBeGreaterThan(0.85);
    expect((watts + 300) / (ua * 20)).toBeLessThan(1.1);
  });

  it("rests at the outdoor temperature when nothing heats it", () => {
    const mild = still(12);
    const empty = house({
      zone: { floorAreaM2: 100, volumeM3: 250, internalGainW: 0 },
      heating: "off",
      cooling: "off",
    });
    expect(simulate(empty, mild, facadesOf(mild)).airC[8759]).toBeCloseTo(12, 3);
  });

  it("gives no more than it can", () => {
    const weak = house({ heating: { setpoints: 20, maxPowerW: 1000 } });
    const summary = summarizeZones([simulate(weak, weather, facades)]);
    expect(summary.peakHeatingKw).toBeLessThanOrEqual(1);
    expect(summary.airMinC).toBeLessThan(20);
  });

  it("never needs more heat with more insulation, where it is colder outside than wanted inside", () => {
    assert(
      property(
        double({ min: 0.15, max: 1.5, noNaN: true }),
        double({ min: 1.05, max: 3, noNaN: true }),
        (u, factor) => {
          const heat = (uValue: number) =>
            summarizeZones([simulate(house({}, uValue), weather, facades)]).heatingMWh;
          expect(heat(u)).toBeLessThanOrEqual(heat(u * factor) + 1e-9);
        },
      ),
      { numRuns: 6 },
    );
  });

  it("neither heats nor cools within the band", () => {
    const { heatingW, coolingW, airC } = simulate(house(), weather, facades);
    for (let hour = 0; hour < 8760; hour++) {
      const air = airC[hour] ?? 0;
      expect(air).toBeGreaterThan(20 - 1e-6);
      expect(air).toBeLessThan(26 + 1e-6);
      if ((heatingW[hour] ?? 0) > 0) expect(coolingW[hour]).toBe(0);
    }
  });

  it("heats what another zone takes, to the last watt once all is at rest", () => {
    const cold = still(0);
    const shell = { areaM2: 100, uValue: 0.3 };
    const zone = { floorAreaM2: 50, volumeM3: 125, infiltrationPerHour: 0, internalGainW: 0 };
    const pair = (between: object[]) =>
      buildingSchema.parse({
        zone: { ...zone, name: "warm" },
        opaque: [shell],
        heating: { setpoints: 20 },
        zones: [{ zone: { ...zone, name: "attic" }, opaque: [shell] }],
        between,
      });
    const last = (between: object[]) => {
      const [warm, attic] = simulateAll(pair(between), cold, facadesOf(cold));
      return { watts: warm?.heatingW[8759] ?? 0, atticC: attic?.airC[8759] ?? 0 };
    };
    const apart = last([]);
    expect(apart.atticC).toBeCloseTo(0, 3);
    const coupled = last([{ zones: ["warm", "attic"], areaM2: 50, uValue: 0.5, airM3PerHour: 30 }]);
    const exchanged = (50 * 0.5 + (30 * 1.204 * 1006) / 3600) * (20 - coupled.atticC);
    expect(coupled.watts - apart.watts).toBeCloseTo(exchanged, 0);
    const atticLoss = (apart.watts / 20) * coupled.atticC;
    expect(Math.abs(atticLoss - exchanged) / exchanged).toBeLessThan(0.05);
  });

  it("is not changed by what lies between zones that are alike", () => {
    const { zone, opaque, windows, heating, cooling } = house();
    const twin = { zone: { ...zone, name: "twin" }, opaque, windows, heating, cooling };
    const between = [{ zones: ["main", "twin"], areaM2: 40, uValue: 2, airM3PerHour: 100 }];
    const years = simulateAll(house({ zones: [twin], between }), weather, facades);
    const alone = summarizeZones([simulate(house(), weather, facades)]);
    for (const year of years) {
      expect(summarizeZones([year]).heatingMWh).toBeCloseTo(alone.heatingMWh, 6);
      expect(summarizeZones([year]).coolingMWh).toBeCloseTo(alone.coolingMWh, 6);
    }
    expect(summarizeZones(years).heatingMWh).toBeCloseTo(2 * alone.heatingMWh, 6);
  });
});

describe("zones of a building", () => {
  const zone = { floorAreaM2: 50, volumeM3: 125 };
  it.each([
    ["each with a name of its own", { zones: [{ zone }] }, "a name of its own"],
    ["by their names", { between: [{ zones: ["main", "loft"] }] }, "two different zones of: main"],
    ["as two", { between: [{ zones: ["main", "main"] }] }, "two different zones of: main"],
  ])("are given %s", (_how, over, words) => {
    expect(() => buildingSchema.parse({ zone, ...over })).toThrow(words);
  });
});
