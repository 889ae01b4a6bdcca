import { describe, expect, it } from "vitest";
import { type Loop, loopTemperatures } from "./loop.ts";

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
});
