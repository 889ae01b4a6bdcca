import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepBuffer } from "./buffer.ts";

const buffer = { litres: 300, lossWattsPerKelvin: 2 };

describe("a buffer", () => {
  it("of 300 litres holds 0.35 kWh per kelvin", () => {
    const step = stepBuffer({ ...buffer, lossWattsPerKelvin: 0 }, 40, {
      seconds: 3600,
      heatW: 3483.33,
      takenW: 0,
      aroundC: 18,
    });
    expect(step.celsius).toBeCloseTo(50, 3);
  });

  it("keeps all energy in every step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 70 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        (celsius, heatW, takenW) => {
          const after = stepBuffer(buffer, celsius, { seconds: 900, heatW, takenW, aroundC: 18 });
          const stored = 300 * 4180 * (after.celsius - celsius);
          expect(stored).toBeCloseTo((heatW - takenW) * 900 - after.lostJ, 2);
        },
      ),
    );
  });
});
