import { assert, array, constant, double, oneof, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceZones, type BoundZone } from "./balanceZones.ts";

const within = (min: number, max: number) => double({ min, max, noNaN: true });
const anyZone = record({
  heatBelow: oneof(within(10, 22), constant(Number.NaN)),
  coolAbove: oneof(within(23, 30), constant(Number.NaN)),
  maxHeat: oneof(within(0, 5000), constant(Infinity)),
  maxCool: oneof(within(0, 5000), constant(Infinity)),
  freeC: within(-20, 45),
  perWatt: within(1e-4, 0.1),
});

describe("zones that exchange heat", () => {
  it("are all within their set-points or at their limits, and what one gives another gets", () => {
    assert(
      property(array(anyZone, { minLength: 1, maxLength: 5 }), within(0, 500), (given, conductance) => {
        const zones = given.map((zone): BoundZone => ({
          ...zone,
          power: Number.NaN,
          fromOthers: Number.NaN,
        }));
        const exchange = zones.map((_, row) =>
          Float64Array.from(zones, (_zone, column) => (row === column ? 0 : conductance)),
        );
        balanceZones(zones, exchange);
        const air = zones.map(
          ({ freeC, perWatt, power, fromOthers }) => freeC + perWatt * (power + fromOthers),
        );
        zones.forEach((zone, index) => {
          const airC = air[index] ?? Number.NaN;
          const received = air.reduce((sum, other) => sum + conductance * (other - airC), 0);
          expect(Math.abs(zone.fromOthers - received)).toBeLessThan(1e-3);
          expect(zone.power).toBeLessThanOrEqual(zone.maxHeat);
          expect(zone.power).toBeGreaterThanOrEqual(-zone.maxCool);
          if (airC < zone.heatBelow - 1e-4) expect(zone.power).toBe(zone.maxHeat);
          if (airC > zone.coolAbove + 1e-4) expect(zone.power).toBe(0 - zone.maxCool);
          if (zone.power > 0) expect(airC).toBeLessThan(zone.heatBelow + 1e-4);
          if (zone.power < 0) expect(airC).toBeGreaterThan(zone.coolAbove - 1e-4);
        });
        const sumGiven = zones.reduce((sum, { fromOthers }) => sum + fromOthers, 0);
        expect(Math.abs(sumGiven)).toBeLessThan(1e-3);
      }),
      { numRuns: 500 },
    );
  });
});
