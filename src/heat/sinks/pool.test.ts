import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poolFlows, type PoolInputs, poolJoulesPerKelvin, stepPool } from "./pool.ts";

const pool = { areaM2: 32, depthM: 1.5 };
const evening: PoolInputs = {
  seconds: 900,
  heatW: 0,
  isCovered: false,
  outdoorC: 18,
  relativeHumidity: 0.6,
  windMs: 1,
  sunW: 0,
  skyInfrared: 340,
  groundC: 14,
};

describe("a pool", () => {
  it("evaporates three quarters of what ASHRAE's equation says of still air over 27 °C", () => {
    const still = { ...evening, windMs: 0, outdoorC: 27, relativeHumidity: 0.5 };
    const ashrae = 32 * 0.089 * 0.5 * 3565;
    expect(poolFlows(pool, 27, still).evaporationW / ashrae).toBeCloseTo(0.76, 2);
  });

  it("loses most by evaporation, and next to nothing of that under a cover", () => {
    const open = poolFlows(pool, 27, evening);
    const losses = open.evaporationW + open.convectionW + open.longWavesW + open.groundW;
    expect(open.evaporationW / losses).toBeGreaterThan(0.4);
    expect(open.evaporationW).toBeGreaterThan(open.convectionW);
    const covered = poolFlows(pool, 27, { ...evening, isCovered: true });
    expect(covered.evaporationW).toBeLessThan(0.1 * open.evaporationW);
  });

  it("is warmed by the sun", () => {
    expect(stepPool(pool, 27, { ...evening, sunW: 800 }).waterC).toBeGreaterThan(
      stepPool(pool, 27, evening).waterC,
    );
  });

  it("keeps all energy in every step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 35 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: -10, max: 40 }),
        fc.boolean(),
        (waterC, heatW, outdoorC, isCovered) => {
          const after = stepPool(pool, waterC, { ...evening, heatW, outdoorC, isCovered });
          const { sunW, evaporationW, convectionW, longWavesW, groundW } = after.flows;
          const net = heatW + sunW - evaporationW - convectionW - longWavesW - groundW;
          expect((after.waterC - waterC) * poolJoulesPerKelvin(pool)).toBeCloseTo(net * 900, -1);
        },
      ),
    );
  });
});
