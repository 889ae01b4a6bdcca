import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, Joules, parseMicros, Seconds, Watts } from "../domain/index.ts";
import { capacityCost, enterPeak, noPeak, type Peak } from "./peak.ts";
import type { FixedTariff } from "./tariff.ts";

const month = Date.UTC(2026, 0, 1);
const nextMonth = Date.UTC(2026, 1, 1);

/** Rounds of `every` seconds at a power, from an instant on. */
function draw(before: Peak, from: number, seconds: number, watts: number, every = 10): Peak {
  let peak = before;
  for (let passed = every; passed <= seconds; passed += every) {
    const now = from + passed * 1000;
    peak = enterPeak(peak, {
      now: Instant(now),
      duration: Seconds(every),
      joules: Joules(watts * every),
      monthStart: Instant(now >= nextMonth ? nextMonth : month),
    });
  }
  return peak;
}

describe("the month's peak", () => {
  it("is the highest mean of a quarter-hour, once that is over", () => {
    const hour = month + 3_600_000;
    const half = draw(noPeak, hour, 450, 4000);
    expect(draw(half, hour + 450_000, 440, 0).peakWatts).toBe(0);
    expect(draw(half, hour + 450_000, 460, 0).peakWatts).toBeCloseTo(2000, 6);
  });

  it("stays when less is drawn later, and begins anew with the month", () => {
    const high = draw(noPeak, month, 900, 3000);
    const later = draw(high, month + 900_000, 7200, 500);
    expect(later.peakWatts).toBeCloseTo(3000, 6);
    const next = draw(later, nextMonth - 900_000, 900 + 910, 700);
    expect(next.monthStart).toBe(nextMonth);
    expect(next.peakWatts).toBeCloseTo(700, 6);
  });

  it("is divided at the quarter-hour, whatever the rounds' length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59 }), fc.integer({ min: 0, max: 899 }), (every, shift) => {
        const peak = draw(noPeak, month + shift * 1000, 3600, 1200, every);
        expect(peak.peakWatts).toBeCloseTo(1200, 5);
      }),
    );
  });

  it("costs its fee by the kilowatt, of a month or a twelfth of a year's", () => {
    const tariff = (per: "month" | "year"): FixedTariff => ({
      kind: "fixed",
      currency: "EUR",
      pricePerKwh: parseMicros("0.31"),
      capacity: { perKw: parseMicros("48"), per },
    });
    expect(capacityCost(tariff("month"), Watts(2500))).toBe(parseMicros("120"));
    expect(capacityCost(tariff("year"), Watts(2500))).toBe(parseMicros("10"));
    expect(capacityCost({ ...tariff("month"), capacity: undefined }, Watts(2500))).toBeUndefined();
  });
});
