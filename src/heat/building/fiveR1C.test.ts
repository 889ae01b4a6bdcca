import { describe, expect, it } from "vitest";
import { buildingSchema } from "./building.ts";
import { fiveR1C, hourCoefficients, stepFiveR1C } from "./fiveR1C.ts";

/** The room of RC_BuildingSimulator's public test suite, with the true surfaces of its 7 × 4.9 × 3.1 m. */
const building = buildingSchema.parse({
  zone: { floorAreaM2: 34.3, volumeM3: 106.33, mass: "medium", infiltrationPerHour: 2, internalGainW: 10 },
  opaque: [{ areaM2: 1.69, uValue: 0.2 }],
  windows: [{ areaM2: 13.5, uValue: 1.1, gValue: 0.5, azimuthDeg: 0 }],
});
const model = fiveR1C(building, 142.38);
const hour = hourCoefficients(model, (1200 * 106.33 * 2) / 3600);
const inputs = (outdoorC: number, solarW: number) => ({
  outdoorC,
  opaqueC: outdoorC,
  windowC: outdoorC,
  internalW: 10,
  solarW,
});

describe("five resistances and one capacity (ISO 13790)", () => {
  it.each([
    ["heats", 10, 20, 2000, 20, 328.09, 20.46],
    ["cools", 25, 24, 4000, 26, -264.75, 25.15],
  ])(
    "%s as the public golden values say",
    (_what, outdoorC, massBefore, solarW, setpoint, watts, meanMass) => {
      const free = stepFiveR1C(model, hour, massBefore, inputs(outdoorC, solarW), 0);
      const ten = stepFiveR1C(model, hour, massBefore, inputs(outdoorC, solarW), 343);
      const needed = (343 * (setpoint - free.airC)) / (ten.airC - free.airC);
      expect(needed).toBeCloseTo(watts, 2);
      const { massC, airC } = stepFiveR1C(model, hour, massBefore, inputs(outdoorC, solarW), needed);
      expect(airC).toBeCloseTo(setpoint, 9);
      expect((massBefore + massC) / 2).toBeCloseTo(meanMass, 2);
    },
  );

  it("floats freely as the golden value says", () => {
    const { massC } = stepFiveR1C(model, hour, 22, inputs(10, 2000), 0);
    expect((22 + massC) / 2).toBeCloseTo(22.33, 2);
  });

  it("takes the mass' own film out of the way outside (not Hem = U·A)", () => {
    const through = 1.69 * 0.2;
    expect(1 / (1 / model.opaqueToMass + 1 / model.massToSurface)).toBeCloseTo(through, 9);
  });
});
