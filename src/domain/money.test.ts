import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "./errors.ts";
import { costOf, divideRounded, formatMicros, Micros, parseMicros } from "./money.ts";
import { fromKwh, Joules } from "./units.ts";

const limit = 10n ** 18n - 1n;
const amounts = fc.bigInt({ min: -limit, max: limit }).map((amount) => Micros(amount));

describe("an amount of money", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseMicros(formatMicros(amount))).toBe(amount);
      }),
    );
  });

  it.each([
    ["0", "0.000000"],
    ["0.31", "0.310000"],
    ["-0.000001", "-0.000001"],
    ["-12.5", "-12.500000"],
    ["007", "7.000000"],
    ["999999999999.999999", "999999999999.999999"],
    ["-0", "0.000000"],
  ])("of %s is written %s", (text, written) => {
    expect(formatMicros(parseMicros(text))).toBe(written);
  });

  it.each([
    "",
    "-",
    ".5",
    "5.",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "+1",
    "1,5",
    "0.1234567",
    "1234567890123",
    "NaN",
    "١",
  ])('is refused as "%s"', (text) => {
    expect(() => parseMicros(text)).toThrow(HearthworkError);
    expect(() => parseMicros(text)).toThrow(/0\.31/);
  });

  it("is read from any text as a decimal, or refused", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let amount: bigint;
        try {
          amount = parseMicros(text);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "money/not-decimal" });
          return;
        }
        expect(Number(amount) / 1e6).toBeCloseTo(Number(text), 6);
      }),
    );
  });
});

describe("costOf", () => {
  it.each([
    ["a kWh", fromKwh(1), "0.31", "0.310000"],
    ["half a millionth, up", Joules(1_800_000), "0.000001", "0.000001"],
    ["less than half, down", Joules(1_799_999), "0.000001", "0.000000"],
    ["half of a negative price, away from nothing", Joules(1_800_000), "-0.000001", "-0.000001"],
    ["a year of 3 kW", fromKwh(26_280), "0.314159", "8256.098520"],
    ["nothing", Joules(0), "0.31", "0.000000"],
  ])("of %s", (_case, energy, price, cost) => {
    expect(formatMicros(costOf(energy, parseMicros(price)))).toBe(cost);
  });

  it("is within half a millionth and a millijoule of the exact product", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.bigInt({ min: -10_000_000n, max: 10_000_000n }),
        (joules, price) => {
          const exact = BigInt(joules) * price;
          const error = costOf(Joules(joules), Micros(price)) * 3_600_000n - exact;
          expect(error <= 1_800_000n && error >= -1_800_000n).toBe(true);
        },
      ),
    );
  });
});

describe("divideRounded", () => {
  it("is odd: what is owed one way is owed the other", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
        expect(divideRounded(-numerator, denominator)).toBe(-divideRounded(numerator, denominator));
        const twice = 2n * (divideRounded(numerator, denominator) * denominator - numerator);
        expect(twice <= denominator && twice >= -denominator).toBe(true);
      }),
    );
  });
});
