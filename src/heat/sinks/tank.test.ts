import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filledTank, meanTankC, stepTank, type Tank, tankJoulesPerKelvin } from "./tank.ts";

const mixed: Tank = { litres: 200, layers: 1, lossWattsPerKelvin: 2, layerWattsPerKelvin: 0 };
const layered: Tank = { ...mixed, layers: 12, layerWattsPerKelvin: 2 };
const still = { seconds: 900, heatW: 0, drawnLitres: 0, mainsC: 10, aroundC: 20 };

describe("a hot-water tank", () => {
  it("of 200 litres takes 0.93 kWh for 4 K", () => {
    const { layersC } = stepTank(mixed, filledTank(mixed, 20), { ...still, heatW: 3716 });
    expect(meanTankC(layersC)).toBeCloseTo(24, 2);
  });

  it("cools by its loss: a time constant of 116 hours", () => {
    let layersC = filledTank(mixed, 60);
    for (let step = 0; step < 4 * 24; step++) ({ layersC } = stepTank(mixed, layersC, { ...still }));
    const hours = (200 * 4180) / 2 / 3600;
    expect(meanTankC(layersC)).toBeCloseTo(20 + 40 * Math.exp(-24 / hours), 1);
  });

  it("gives hot water down to its last third when it is layered, and lukewarm when it is mixed", () => {
    const draw = { ...still, drawnLitres: 130 };
    expect(stepTank(layered, filledTank(layered, 55), draw).layersC[0]).toBeGreaterThan(50);
    expect(stepTank(mixed, filledTank(mixed, 55), draw).layersC[0]).toBeLessThan(36);
  });

  it("is heated from below and stays warmest above", () => {
    const cold = Float64Array.from({ length: 12 }, (_, layer) => 50 - 3 * layer);
    const { layersC } = stepTank(layered, cold, { ...still, heatW: 3000 });
    expect([...layersC]).toEqual([...layersC].toSorted((one, other) => other - one));
    expect(layersC[11]).toBeGreaterThan(17);
    expect(layersC[0]).toBeCloseTo(50, 0);
  });

  const anyStep = fc.record({
    seconds: fc.integer({ min: 1, max: 3600 }),
    heatW: fc.integer({ min: 0, max: 20_000 }),
    drawnLitres: fc.integer({ min: 0, max: 150 }),
    mainsC: fc.integer({ min: 2, max: 25 }),
    aroundC: fc.integer({ min: 5, max: 25 }),
  });
  const anyLayers = fc.array(fc.integer({ min: 5, max: 80 }), { minLength: 12, maxLength: 12 });

  it.each([
    ["mixed", mixed],
    ["layered", layered],
  ])("keeps all energy in every step, %s", (_name, tank) => {
    fc.assert(
      fc.property(anyLayers, anyStep, (start, inputs) => {
        const before = Float64Array.from(start.slice(0, tank.layers));
        const { layersC, lostJ, drawnJ } = stepTank(tank, before, inputs);
        const stored = tankJoulesPerKelvin(tank) * (meanTankC(layersC) - meanTankC(before));
        expect(stored).toBeCloseTo(inputs.heatW * inputs.seconds - lostJ - drawnJ, 0);
      }),
    );
  });

  it("never has a layer that is warmer than the one above it", () => {
    fc.assert(
      fc.property(anyLayers, anyStep, (start, inputs) => {
        const { layersC } = stepTank(layered, Float64Array.from(start), inputs);
        for (let layer = 1; layer < 12; layer++) {
          expect((layersC[layer] ?? 0) - (layersC[layer - 1] ?? 0)).toBeLessThan(1e-9);
        }
      }),
    );
  });
});
