import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chillerCop, chillerKinds, runChiller } from "./chiller.ts";

describe("a chiller that heat drives", () => {
  it.each([
    ["adsorption", 54, 0],
    ["adsorption", 55, 0.2],
    ["adsorption", 70, 0.4],
    ["adsorption", 95, 0.6],
    ["absorption", 69, 0],
    ["absorption", 95, 0.37],
  ] as const)("%s at %d °C cools by %d of its heat", (kind, drivingC, cop) => {
    expect(chillerCop(kind, drivingC)).toBeCloseTo(cop, 9);
  });

  it("makes 0.2 to 0.7 kWh of cold of a kWh of heat, whichever it is", () => {
    for (const kind of chillerKinds) {
      expect(chillerCop(kind, 75)).toBeGreaterThan(0.2);
      expect(chillerCop(kind, 75)).toBeLessThan(0.7);
    }
  });

  it("takes no more heat than there is, gives no more cold than is wanted, and loses nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...chillerKinds),
        fc.integer({ min: 40, max: 100 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        (kind, drivingC, wantedW, availableW) => {
          const step = runChiller(kind, drivingC, wantedW, availableW);
          expect(step.coolingW).toBeLessThanOrEqual(wantedW);
          expect(step.drivingW).toBeLessThanOrEqual(availableW + 1e-6);
          expect(step.rejectedW).toBeCloseTo(step.drivingW + step.coolingW + step.auxiliaryW, 6);
        },
      ),
    );
  });
});
