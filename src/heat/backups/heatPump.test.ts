import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frostLoss, type HeatPump, heatPumpCapacity, heatPumpCop, heatPumpPower } from "./heatPump.ts";

const air: HeatPump = { source: "air", nominalW: 8000, maxSinkC: 60, minShare: 0.3 };
const at = (sourceC: number, sinkC: number, relativeHumidity = 0.6) => ({ sourceC, sinkC, relativeHumidity });

describe("a heat pump", () => {
  it.each([
    [7, 35, 3.4, 3.9],
    [2, 45, 2.4, 2.9],
    [-7, 45, 2.1, 2.5],
    [-7, 55, 1.9, 2.2],
  ])("in the field at %d °C outside gives water of %d °C at a COP of %d to %d", (source, sink, low, high) => {
    const cop = heatPumpCop(air, at(source, sink));
    expect(cop).toBeGreaterThan(low);
    expect(cop).toBeLessThan(high);
  });

  it("is better from the ground in frost", () => {
    expect(heatPumpCop({ source: "ground" }, at(8, 35))).toBeGreaterThan(heatPumpCop(air, at(-5, 35)));
  });

  it("frosts most in damp air just above freezing", () => {
    expect(frostLoss(at(1, 35, 0.95))).toBeCloseTo(0.12, 9);
    expect(frostLoss(at(1, 35, 0.3))).toBe(0);
    expect(frostLoss(at(15, 35, 0.95))).toBeLessThan(0.001);
    expect(frostLoss(at(-15, 35, 0.95))).toBeLessThan(0.001);
  });

  it("gives its nominal heat at −7 °C, less in colder air, and none hotter than it can", () => {
    expect(heatPumpCapacity(air, at(-7, 35, 0))).toBeCloseTo(8000, 6);
    expect(heatPumpCapacity(air, at(-15, 35))).toBeLessThan(7000);
    expect(heatPumpCapacity(air, at(5, 61))).toBe(0);
  });

  it("pays for stopping and starting below its least power", () => {
    const mild = at(10, 35);
    const full = heatPumpPower(air, mild, 4000) / 4000;
    expect(heatPumpPower(air, mild, 500) / 500).toBeGreaterThan(1.15 * full);
  });

  it("never gives less heat than the electricity it takes, nor takes any for none", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -25, max: 35 }),
        fc.integer({ min: 20, max: 60 }),
        fc.integer({ min: 1, max: 12_000 }),
        (sourceC, sinkC, heatW) => {
          expect(heatPumpPower(air, at(sourceC, sinkC), heatW)).toBeLessThanOrEqual(heatW);
          expect(heatPumpPower(air, at(sourceC, sinkC), 0)).toBe(0);
        },
      ),
    );
  });

  it("is never better into warmer water", () => {
    fc.assert(
      fc.property(fc.integer({ min: -25, max: 25 }), fc.integer({ min: 25, max: 59 }), (sourceC, sinkC) => {
        expect(heatPumpCop(air, at(sourceC, sinkC + 1))).toBeLessThanOrEqual(
          heatPumpCop(air, at(sourceC, sinkC)),
        );
      }),
    );
  });
});
