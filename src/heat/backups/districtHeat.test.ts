import { describe, expect, it } from "vitest";
import { districtDraw, type DistrictHeat, districtSupplyC } from "./districtHeat.ts";

const connection: DistrictHeat = { nominalW: 12_000, coldSupplyC: 95, mildSupplyC: 70, approachK: 5 };

describe("district heat", () => {
  it.each([
    [30, 65],
    [10, 65],
    [-2.5, 77.5],
    [-15, 90],
    [-30, 90],
  ])(
    "makes water at %i °C outside of at most %d °C, the network's less what the exchanger takes",
    (outdoorC, warmestC) => {
      expect(districtSupplyC(connection, outdoorC)).toBeCloseTo(warmestC, 9);
    },
  );

  it.each([0, 1, 500, 12_000])("takes what it gives and what it loses, for %i W", (heatW) => {
    const { networkW, electricityW } = districtDraw(connection, heatW);
    expect(networkW - heatW).toBeCloseTo(60, 9);
    expect(electricityW).toBeCloseTo(heatW * 0.005, 9);
  });

  it("takes no more than its connection lets through", () => {
    expect(districtDraw(connection, 50_000)).toEqual(districtDraw(connection, 12_000));
  });
});
