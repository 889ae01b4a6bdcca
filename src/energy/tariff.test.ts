import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, Micros, parseMicros, type Span, timelineOf, weekdays } from "../domain/index.ts";
import {
  feedInPricesWithin,
  type FixedTariff,
  priceAt,
  pricesWithin,
  type SpotTariff,
  type TimeOfUseTariff,
} from "./tariff.ts";

const at = (text: string) => Instant(Date.parse(text));
const euros = (text: string) => parseMicros<"EUR">(text);
const fixed: FixedTariff = { kind: "fixed", currency: "EUR", pricePerKwh: euros("0.31") };
const night: TimeOfUseTariff = {
  kind: "time-of-use",
  currency: "EUR",
  timezone: "Europe/Berlin",
  pricePerKwh: euros("0.31"),
  entries: [
    { days: weekdays, from: "22:00", to: "06:00", pricePerKwh: euros("0.21") },
    { days: ["sat", "sun"], from: "10:00", to: "16:00", pricePerKwh: euros("0.18") },
  ],
};
const hour = (start: string, price: string): Span<Micros> => ({
  from: at(start),
  until: Instant(at(start) + 3_600_000),
  value: euros(price),
});
const spot: SpotTariff = {
  kind: "spot",
  currency: "EUR",
  market: timelineOf([hour("2026-01-06T10:00Z", "0.08497"), hour("2026-01-06T11:00Z", "-0.02")]),
  surchargePerKwh: euros("0.15"),
  vatPpm: 190_000,
  otherwise: night,
  feedIn: { kind: "spot", feePerKwh: euros("0.01") },
};

describe("a fixed price", () => {
  it("is the same at all times", () => {
    expect(priceAt(fixed, at("2026-01-06T03:00Z"))).toBe(310_000n);
    expect(pricesWithin(fixed, at("2026-01-06T03:00Z"), at("2026-01-07T03:00Z"))).toHaveLength(1);
  });
});

describe("prices by the times of the week", () => {
  it.each([
    ["just before the night", "2026-01-06T20:59:59Z", 310_000n],
    ["from its first moment on", "2026-01-06T21:00Z", 210_000n],
    ["until its last", "2026-01-07T04:59:59.999Z", 210_000n],
    ["and not after it", "2026-01-07T05:00Z", 310_000n],
    ["by the summer's clock in summer", "2026-07-06T20:00Z", 210_000n],
    ["on the weekend at noon", "2026-01-10T12:00Z", 180_000n],
    ["on a Friday at noon", "2026-01-09T12:00Z", 310_000n],
  ])("hold %s", (_when, time, price) => expect(priceAt(night, at(time))).toBe(price));

  it.each([
    ["in the night that loses an hour", "2026-03-28T21:00Z", "2026-03-29T04:00Z", 7],
    ["in the night that gains one", "2026-10-24T20:00Z", "2026-10-25T05:00Z", 9],
  ])("follow the wall's clock %s", (_when, from, until, hours) => {
    const cheap = pricesWithin(night, at("2026-03-28T12:00Z"), at("2026-10-26T00:00Z")).find(
      (span) => span.from === at(from),
    );
    expect(cheap?.value).toBe(210_000n);
    expect(cheap?.until).toBe(at(until));
    expect(((cheap?.until ?? 0) - (cheap?.from ?? 0)) / 3_600_000).toBe(hours);
  });

  it("have the list's later entry where two overlap", () => {
    const both = {
      ...night,
      entries: [...night.entries, { days: weekdays, from: "23:00", to: "24:00", pricePerKwh: euros("0.1") }],
    };
    const prices = pricesWithin(both, at("2026-01-06T20:00Z"), at("2026-01-07T06:00Z"));
    expect(prices.map(({ value }) => value)).toEqual([310_000n, 210_000n, 100_000n, 210_000n, 310_000n]);
  });
});

describe("the market's prices", () => {
  it("have the surcharge and the tax on top, rounded once", () => {
    expect(priceAt(spot, at("2026-01-06T10:30Z"))).toBe(279_614n);
    expect(priceAt(spot, at("2026-01-06T11:30Z"))).toBe(154_700n);
  });

  it("are those of the tariff beneath where the market's are not known", () => {
    expect(priceAt(spot, at("2026-01-06T12:00Z"))).toBe(310_000n);
    expect(priceAt(spot, at("2026-01-06T23:00Z"))).toBe(210_000n);
  });

  it("are without their surcharge and tax for what is fed in, and unknown where the market's are", () => {
    const prices = feedInPricesWithin(spot, at("2026-01-06T10:30Z"), at("2026-01-06T14:00Z"));
    expect(prices.map(({ value }) => value)).toEqual([74_970n, -30_000n]);
    expect(feedInPricesWithin(fixed, at("2026-01-06T10:30Z"), at("2026-01-06T14:00Z"))).toEqual([]);
  });
});

describe("every tariff", () => {
  const instants = fc.integer({ min: at("2026-01-01T00:00Z"), max: at("2027-01-01T00:00Z") }).map(Instant);
  const spans = fc.array(
    fc.tuple(
      instants,
      fc.integer({ min: 900_000, max: 7_200_000 }),
      fc.bigInt({ min: -500_000n, max: 900_000n }),
    ),
    { maxLength: 20 },
  );
  const tariffs = fc.oneof(
    fc.constant(fixed),
    fc.constant(night),
    spans.map((raw) => ({
      ...spot,
      market: timelineOf(
        raw.map(([from, ms, value]) => ({ from, until: Instant(from + ms), value: Micros(value) })),
      ),
    })),
  );

  it("has a price for every moment, without gaps, that is the one of that moment", () => {
    fc.assert(
      fc.property(tariffs, instants, fc.integer({ min: 1, max: 200_000_000 }), (tariff, from, ms) => {
        const until = Instant(from + ms);
        const prices = pricesWithin(tariff, from, until);
        expect(prices[0]?.from).toBe(from);
        expect(prices.at(-1)?.until).toBe(until);
        for (const [index, { from: start, until: end, value }] of prices.entries()) {
          expect(end).toBe(prices[index + 1]?.from ?? until);
          expect(priceAt(tariff, start)).toBe(value);
          expect(priceAt(tariff, Instant(end - 1))).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
  });
});
