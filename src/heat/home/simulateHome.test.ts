import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { climateSchema } from "../weather/climate.ts";
import { syntheticYear } from "../weather/syntheticYear.ts";
import type { FlowName, HomeFlows } from "./flows.ts";
import { homeBuilding } from "./house.ts";
import { offerOf, sampleHome, sampleWeather, sampleYear } from "./sampleHome.suite.ts";
import { simulateHome } from "./simulateHome.ts";
import { type HomeSystem, isBought, systemsOf } from "./sources.ts";
import { typicalDays, wholeYear } from "./stretches.ts";

const london = syntheticYear(
  climateSchema.parse(
    parse(readFileSync(new URL("../../../data/climates/london.yaml", import.meta.url), "utf8")),
  ),
  1,
);
const days = typicalDays(sampleWeather);
const run = (system: HomeSystem, over: Record<string, unknown> = {}, offer = offerOf(0.3, 0.08)) =>
  simulateHome(sampleYear(over), system, offer, days);
const runYear = (system: HomeSystem) =>
  simulateHome(sampleYear({ pool, districtHeat: {} }), system, offerOf(0.3, 0.08), wholeYear(sampleWeather));
const kwh = (flows: HomeFlows, name: FlowName | "coldK") =>
  flows[name].reduce((sum, watts, entry) => sum + (watts * (flows.weight[entry] ?? 0)) / 1000, 0);
const useful = (flows: HomeFlows) => kwh(flows, "roomW") + kwh(flows, "tankW") + kwh(flows, "poolW");
const pool = { areaM2: 25 };
const resistive = runYear("resistive");

describe.each(systemsOf(sampleHome({ districtHeat: {} })))("a home with %s", (system) => {
  const flows = runYear(system);

  it("keeps its rooms and its water warm", () => {
    const degreeHours = flows.coldK.reduce(
      (sum, kelvin, entry) => sum + kelvin * (flows.weight[entry] ?? 0),
      0,
    );
    expect(degreeHours).toBeLessThan(150);
    expect(kwh(flows, "lukewarmW")).toBeLessThan(0.02 * kwh(flows, "tankW"));
    expect(flows.missedDisinfections).toBe(0);
  });

  it("needs as much heat as with electric heaters, within a twentieth", () => {
    for (const name of ["roomW", "tankW"] as const) {
      expect(kwh(flows, name) / kwh(resistive, name)).toBeGreaterThan(0.95);
      expect(kwh(flows, name) / kwh(resistive, name)).toBeLessThan(1.05);
    }
  });

  it("gives its sinks in every hour what its sources make, no more and no less", () => {
    for (let entry = 0; entry < flows.hour.length; entry++) {
      const at = (name: FlowName) => flows[name][entry] ?? 0;
      const taken = at("roomW") + at("tankW") + at("poolW");
      const bought = taken - at("heaterHeatW") - at("heatPumpHeatW") - at("resistiveW");
      if (!isBought(system)) expect(bought).toBeCloseTo(0, 6);
      else expect(bought).toBeLessThanOrEqual(at("fuelW"));
      const byHeater = 0.97 * (at("heaterW") + at("heaterForProfitW"));
      expect(at("heaterHeatW") + at("chillerW") + at("outsideW")).toBeCloseTo(byHeater, 6);
      expect(at("heatPumpHeatW")).toBeGreaterThanOrEqual(at("heatPumpW") - 1e-9);
    }
  });
});

describe("a thermostat that heats ahead", () => {
  const weak = { heater: { maxW: 3000, minW: 1000 } };
  const on = (heatsAhead: boolean) =>
    simulateHome(
      { ...sampleYear(weak), heatsAhead },
      "heater-mining",
      offerOf(0.3, 0.08),
      wholeYear(sampleWeather),
    );
  const [simple, ahead] = [on(false), on(true)];

  it("lets the heater do what a simple one calls elements for, and stays warm", () => {
    expect(kwh(ahead, "resistiveW")).toBeLessThan(0.75 * kwh(simple, "resistiveW"));
    expect(kwh(ahead, "coldK")).toBeLessThan(0.15);
    expect(kwh(ahead, "lukewarmW")).toBeLessThan(0.01 * kwh(ahead, "tankW"));
    expect(ahead.missedDisinfections).toBe(0);
  });
});

describe("a home", () => {
  it("has what was measured in British homes: a boiler of 0.84, a heat pump of 2.8", () => {
    const home = sampleHome();
    const year = { home, building: homeBuilding(home, london), weather: london };
    const inLondon = (system: HomeSystem) =>
      simulateHome(year, system, offerOf(0.3, 0.08), wholeYear(london));
    const boiler = inLondon("gas");
    expect(useful(boiler) / kwh(boiler, "fuelW")).toBeCloseTo(0.84, 1);
    const pump = inLondon("heat-pump");
    const performance = kwh(pump, "heatPumpHeatW") / kwh(pump, "heatPumpW");
    expect(performance).toBeGreaterThan(2.6);
    expect(performance).toBeLessThan(3);
  });

  it("is heated by a network only where its file tells of one, and takes from it little more than it gives", () => {
    expect(systemsOf(sampleHome())).not.toContain("district");
    const flows = run("district", { districtHeat: { nominalW: 15_000 } });
    expect(kwh(flows, "fuelW") - useful(flows)).toBeCloseTo(0.06 * 8760, 0);
    expect(Math.max(...flows.fuelW)).toBeLessThanOrEqual(15_060 + 1e-6);
  });

  it("is disinfected in time also with a heater that is too weak for it", () => {
    const weak = { heater: { maxW: 800, minW: 0 }, hotWater: { tankLitres: 1000 } };
    const flows = simulateHome(
      sampleYear(weak),
      "heater-mining",
      offerOf(0.3, 0.08),
      wholeYear(sampleWeather),
    );
    expect(flows.missedDisinfections).toBe(0);
  });

  it("never lets its heater draw more than it can", () => {
    const flows = run("heater-mining", { heater: { maxW: 1000 } });
    expect(Math.max(...flows.heaterW)).toBeLessThanOrEqual(1000 + 1e-6);
    expect(() => sampleYear({ heater: { maxW: 1000, minW: 1200 } })).toThrow("is above maxW");
  });

  it("needs no more heat the better it is insulated", () => {
    const heat = (["poor", "average", "good"] as const).map((insulation) =>
      kwh(run("resistive", { house: { floorAreaM2: 120, insulation } }), "roomW"),
    );
    expect(heat).toEqual([...heat].toSorted((one, other) => other - one));
    expect(heat[2]).toBeLessThan(0.4 * (heat[0] ?? 0));
  });

  it("never needs more heat for a better wall while it is colder outside than inside", () => {
    const box = (uValue: number) => ({
      house: undefined,
      building: {
        zone: { floorAreaM2: 60, volumeM3: 150 },
        opaque: [
          { areaM2: 120, uValue, azimuthDeg: 0 },
          { areaM2: 60, uValue: 0.4, tiltDeg: 180, adjacent: "ground" },
        ],
        heating: { setpoints: 20 },
      },
    });
    const winter = days.filter((_, month) => month < 2);
    const heat = (uValue: number) =>
      kwh(simulateHome(sampleYear(box(uValue)), "resistive", offerOf(0.3, 0), winter), "roomW");
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 150 }), fc.integer({ min: 1, max: 50 }), (u, more) => {
        expect(heat(u / 100)).toBeLessThanOrEqual(heat((u + more) / 100));
      }),
      { numRuns: 15 },
    );
  });

  it("heats by whatever costs less at the moment: the heater where computing pays, else the heat pump", () => {
    const byHeater = (earns: number) => {
      const flows = run("heater-beside-heat-pump", {}, offerOf(0.3, earns));
      return kwh(flows, "heaterHeatW") / useful(flows);
    };
    expect(byHeater(0.29)).toBeGreaterThan(0.9);
    expect(byHeater(0.05)).toBeLessThan(0.1);
  });

  it("goes on computing for what it earns only where its heat may be thrown outside", () => {
    const dumps = run("heater-mining", { heater: { canDump: true } }, offerOf(0.05, 0.08, 1));
    expect(kwh(dumps, "heaterW") + kwh(dumps, "heaterForProfitW")).toBeCloseTo(4 * 8760, -2);
    expect(kwh(dumps, "outsideW")).toBeGreaterThan(10_000);
    expect(kwh(run("heater-mining", {}, offerOf(0.05, 0.08, 1)), "outsideW")).toBe(0);
  });

  it("cools by a chiller with heat that is left over, and else by an air conditioner", () => {
    const hot = { house: { floorAreaM2: 120, coolAboveC: 22 }, chiller: "adsorption" };
    const heater = { canDump: true, supplyC: 70 };
    const chilled = run("heater-mining", { ...hot, heater }, offerOf(0.05, 0.08, 1));
    const plain = run("heater-mining", hot, offerOf(0.3, 0.01));
    expect(kwh(plain, "coolingW")).toBeGreaterThan(50);
    expect(kwh(plain, "coldFromHeatW")).toBe(0);
    expect(kwh(chilled, "coldFromHeatW")).toBeGreaterThan(100);
    expect(kwh(chilled, "coolingW")).toBeLessThan(0.7 * kwh(plain, "coolingW"));
  });

  it("fills a buffer at a stretch and rests between, which a heat pump of variable speed starts more often for", () => {
    const starts = ({ heatPumpW }: HomeFlows) =>
      heatPumpW.filter((watts, entry) => watts > 0 && (heatPumpW[entry - 1] ?? 0) === 0).length;
    const [plain, buffered] = [run("heat-pump"), run("heat-pump", { bufferLitres: 500 })];
    expect(starts(buffered)).toBeGreaterThan(1.5 * starts(plain));
    const lost = kwh(buffered, "heatPumpHeatW") + kwh(buffered, "resistiveW") - useful(buffered);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(0.1 * useful(buffered));
    expect(useful(buffered) / useful(plain)).toBeCloseTo(1, 1);
  });

  it("leaves water to others when its heater heats air", () => {
    const flows = run("heater-mining", { heater: { into: "air" } });
    expect(kwh(flows, "heaterHeatW")).toBeLessThanOrEqual(kwh(flows, "roomW") + 1e-6);
    expect(kwh(flows, "resistiveW")).toBeGreaterThan(kwh(flows, "tankW") - 1e-6);
  });
});
