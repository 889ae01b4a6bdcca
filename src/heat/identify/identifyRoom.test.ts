import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Seconds } from "../../domain/index.ts";
import { lossWattsPerKelvin, type RoomModel, roomModel } from "../room.ts";
import { climateSchema } from "../weather/climate.ts";
import { type Identification, identifyRoom } from "./identifyRoom.ts";
import { sampleRecord } from "./sampleRoom.suite.ts";

const climate = climateSchema.parse(
  parse(readFileSync(new URL("../../../data/climates/berlin.yaml", import.meta.url), "utf8")),
);
const configured = roomModel({ areaM2: 25, insulation: "average" });
const differing = (
  air: number,
  fabric: number,
  airOut: number,
  fabricOut: number,
  between: number,
): RoomModel => ({
  ...configured,
  airJoulesPerKelvin: configured.airJoulesPerKelvin * air,
  fabricJoulesPerKelvin: configured.fabricJoulesPerKelvin * fabric,
  airToOutsideWattsPerKelvin: configured.airToOutsideWattsPerKelvin * airOut,
  fabricToOutsideWattsPerKelvin: configured.fabricToOutsideWattsPerKelvin * fabricOut,
  airToFabricWattsPerKelvin: configured.airToFabricWattsPerKelvin * between,
});
const leaky = differing(0.7, 1.4, 1.3, 1.5, 0.8);
const tight = differing(1.3, 0.8, 0.6, 0.5, 1.2);

function figuresOf(identification: Identification) {
  if (identification.figures) return identification.figures;
  throw new Error(JSON.stringify(identification));
}

describe("a room's parameters", () => {
  it.each([
    ["a leaky room with people and sun in it", leaky, { days: 14, seed: 1 }],
    ["a tight one", tight, { days: 14, seed: 2, peopleW: 60, heaterW: 1500 }],
    ["one whose sun nobody tells", leaky, { days: 14, seed: 3, peopleW: 60, apertureM2: 0.3, hasSun: false }],
  ])("are found within their intervals for %s", (_what, truth, options) => {
    const identified = identifyRoom(sampleRecord({ model: truth, climate, ...options }), configured);
    const figures = figuresOf(identified);
    const known = { ...truth, lossWattsPerKelvin: lossWattsPerKelvin(truth) };
    for (const name of [
      "lossWattsPerKelvin",
      "airJoulesPerKelvin",
      "fabricJoulesPerKelvin",
      "airToFabricWattsPerKelvin",
    ] as const) {
      expect([name, figures[name].low]).toEqual([
        name,
        expect.closeTo(Math.min(figures[name].low, known[name]), 6),
      ]);
      expect([name, figures[name].high]).toEqual([
        name,
        expect.closeTo(Math.max(figures[name].high, known[name]), 6),
      ]);
    }
    expect(identified.outcome).toBe("found");
    if (identified.outcome !== "found") return;
    expect(figures.lossWattsPerKelvin.high / figures.lossWattsPerKelvin.low).toBeLessThan(1.85);
    const off = Math.abs(Math.log(lossWattsPerKelvin(configured) / lossWattsPerKelvin(truth)));
    expect(Math.abs(Math.log(lossWattsPerKelvin(identified.model) / lossWattsPerKelvin(truth)))).toBeLessThan(
      off / 2,
    );
    expect(identified.foresight.foundK).toBeLessThan(0.6 * identified.foresight.configuredK);
  });

  it("are found closely, all of them, where nothing disturbs", () => {
    const record = sampleRecord({ model: leaky, climate, days: 10, seed: 4, peopleW: 0, apertureM2: 0 });
    const figures = figuresOf(identifyRoom(record, configured));
    for (const name of [
      "airJoulesPerKelvin",
      "fabricJoulesPerKelvin",
      "airToOutsideWattsPerKelvin",
      "fabricToOutsideWattsPerKelvin",
      "airToFabricWattsPerKelvin",
    ] as const) {
      expect([name, figures[name].value / leaky[name]]).toEqual([name, expect.closeTo(1, 0)]);
      expect(leaky[name]).toBeGreaterThan(figures[name].low);
      expect(leaky[name]).toBeLessThan(figures[name].high);
    }
  });

  it("are refused where nothing changes, so that nothing can be told", () => {
    const still = { constantW: 800, peopleW: 0, apertureM2: 0, outdoorC: 2 };
    const identified = identifyRoom(
      sampleRecord({ model: leaky, climate, days: 10, seed: 1, ...still }),
      configured,
    );
    expect(identified.outcome).toBe("refused");
  });

  it("are refused where the heat is always the same, with what the loss might be", () => {
    const identified = identifyRoom(
      sampleRecord({ model: leaky, climate, days: 14, seed: 1, constantW: 800 }),
      configured,
    );
    expect(identified).toMatchObject({
      outcome: "refused",
      why: expect.stringMatching(/does not tell how much heat the room loses: from \d+ to \d+/) as string,
    });
  });

  it("are refused for lack of days, of readings, of heat or of weather, with what is lacking", () => {
    const record = sampleRecord({ model: leaky, climate, days: 4, seed: 1 });
    const none = new Float64Array(record.airC.length).fill(Number.NaN);
    const whyOf = (of: typeof record) => {
      const identified = identifyRoom(of, configured);
      return identified.outcome === "refused" ? identified.why : "found";
    };
    expect(whyOf(sampleRecord({ model: leaky, climate, days: 2, seed: 1 }))).toBe(
      "2.0 days were recorded; it takes at least 3",
    );
    expect(whyOf({ ...record, airC: none })).toMatch(/^the room's temperature is there for 0 %/);
    expect(whyOf({ ...record, heatW: none })).toMatch(/^the heaters' power is there/);
    expect(whyOf({ ...record, outdoorC: none })).toMatch(/^the outdoor temperature is there/);
    expect(whyOf({ ...record, step: Seconds(1) })).toMatch(/days were recorded/);
  });

  it("bridge gaps in the record", () => {
    const record = sampleRecord({ model: leaky, climate, days: 12, seed: 5, peopleW: 0, apertureM2: 0 });
    record.airC.fill(Number.NaN, 300, 500);
    record.heatW.fill(Number.NaN, 1200, 1500);
    const figures = figuresOf(identifyRoom(record, configured));
    expect(figures.lossWattsPerKelvin.value / lossWattsPerKelvin(leaky)).toBeCloseTo(1, 1);
  });
});
