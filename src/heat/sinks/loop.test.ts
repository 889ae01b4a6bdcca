import { describe, expect, it } from "vitest";
import { type Loop, loopTemperatures, throttledReturn } from "./loop.ts";

const radiators: Loop = { emitters: "radiators", designSupplyC: 55, designHeatW: 8000 };
const floor: Loop = { emitters: "floor", designSupplyC: 35, designHeatW: 8000 };

describe("a hydronic loop", () => {
  it("needs its design supply at its design heat", () => {
    expect(loopTemperatures(radiators, 8000, 20).supplyC).toBeCloseTo(55, 9);
    expect(loopTemperatures(radiators, 8000, 20).returnC).toBeCloseTo(45, 9);
    expect(loopTemperatures(floor, 8000, 20).supplyC).toBeCloseTo(35, 9);
  });

  it("needs less at part load, radiators the more than half of it", () => {
    const { supplyC } = loopTemperatures(radiators, 4000, 20);
    expect(supplyC).toBeCloseTo(20 + 30 * 0.5 ** (1 / 1.3) + 2.5, 9);
    expect(loopTemperatures(radiators, 0, 20)).toEqual({ supplyC: 20, returnC: 20 });
  });

  it("gets its water back the colder, the warmer it is supplied for the same heat, and never colder than the room", () => {
    const { supplyC, returnC } = loopTemperatures(radiators, 4000, 20);
    expect(throttledReturn(radiators, supplyC, 4000, 20)).toBeCloseTo(returnC, 9);
    expect(throttledReturn(radiators, supplyC + 4, 4000, 20)).toBeCloseTo(returnC - 4, 9);
    expect(throttledReturn(radiators, supplyC - 4, 4000, 20)).toBeCloseTo(returnC, 9);
    expect(throttledReturn(radiators, 75, 500, 20)).toBe(20);
  });
});
