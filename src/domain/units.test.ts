import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "./errors.ts";
import { Celsius, fromKwh, Hashes, HashesPerSecond, Joules, Seconds, toKwh, Watts } from "./units.ts";

const constructors = { Watts, Joules, Celsius, Seconds, Hashes, HashesPerSecond };

describe.each(Object.entries(constructors))("%s", (name, unit) => {
  it("takes any finite number as it is", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(unit(value)).toBe(value);
      }),
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])("refuses %d and says what it was to be", (value) => {
    expect(() => unit(value)).toThrow(HearthworkError);
    expect(() => unit(value)).toThrow(
      expect.objectContaining({ code: "unit/not-finite", data: { unit: name, value: String(value) } }),
    );
  });

  it("refuses what a careless cast let through", () => {
    expect(() => unit(undefined as never)).toThrow(HearthworkError);
    expect(() => unit("5" as never)).toThrow(HearthworkError);
  });
});

describe("kWh", () => {
  it("are 3.6 MJ", () => {
    expect(fromKwh(1)).toBe(3_600_000);
    expect(toKwh(Joules(7_200_000))).toBe(2);
  });

  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (kwh) => {
        expect(toKwh(fromKwh(kwh))).toBeCloseTo(kwh, 6);
      }),
    );
  });
});
