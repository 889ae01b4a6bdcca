import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Boiler, boilerDraw, boilerEfficiency } from "./boiler.ts";

const condensing: Boiler = { kind: "condensing", nominalW: 20_000 };
const old: Boiler = { kind: "old", nominalW: 20_000 };

describe("a boiler", () => {
  it("condenses only where the water comes back cold enough", () => {
    expect(boilerEfficiency(condensing, 30)).toBeCloseTo(0.86, 3);
    expect(boilerEfficiency(condensing, 54)).toBeCloseTo(0.778, 3);
    expect(boilerEfficiency(condensing, 70)).toBe(boilerEfficiency(condensing, 54));
  });

  it("burns while it waits when it is old", () => {
    expect(boilerDraw(old, 0, 60).fuelW).toBeCloseTo(240, 9);
    expect(boilerDraw(condensing, 0, 60)).toEqual({ fuelW: 0, electricityW: 0 });
    expect(boilerDraw(old, 7200, 60).fuelW).toBeCloseTo(10_240, 6);
  });

  it("never gives more heat than it burns", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(condensing, old),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 20, max: 80 }),
        (boiler, heatW, returnC) => {
          expect(boilerDraw(boiler, heatW, returnC).fuelW).toBeGreaterThanOrEqual(heatW);
        },
      ),
    );
  });
});
