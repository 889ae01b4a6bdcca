import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  costOf,
  divideRounded,
  fromKwh,
  Instant,
  Joules,
  Micros,
  parseMicros,
  Seconds,
  Watts,
  weekdays,
} from "../domain/index.ts";
import { type EnergyBook, type EnergyConfig, enter, newBook, sinceLastEntry } from "./book.ts";
import { energyEver, energyToday, heaterEver } from "./economics.ts";
import { restoredBook } from "./restoredBook.ts";
import type { OwnPower } from "./surplus.ts";

const tariff = { kind: "fixed", currency: "EUR", pricePerKwh: parseMicros("0.31") } as const;
const config: EnergyConfig = {
  tariff,
  heaters: [
    { id: "miner", heatShare: 1, maxWatts: Watts(5000) },
    { id: "attic", heatShare: 0.5, maxWatts: Watts(5000) },
  ],
  maxGap: Seconds(30),
};
const midnight = Date.UTC(2026, 0, 6);
const day = (now: number) => Instant(Math.floor(now / 86_400_000) * 86_400_000);

/** Rounds of ten seconds, each heater at its power; undefined is silence. */
function pass(
  book: EnergyBook,
  from: number,
  rounds: number,
  powers: Readonly<Record<string, number | undefined>>,
  of = config,
  own?: (round: number) => OwnPower,
) {
  let state = book;
  for (let round = 0; round < rounds; round++) {
    const now = from + round * 10_000;
    const readings = Object.entries(powers).flatMap(([id, watts]) =>
      watts === undefined
        ? []
        : [[id, { at: Instant(now), watts: Watts(watts), provenance: "reported" as const }]],
    );
    const elapsed = state.at === null ? Seconds(0) : Seconds((now - state.at) / 1000);
    state = enter(of, state, {
      now: Instant(now),
      elapsed,
      dayStart: day(now),
      readings: Object.fromEntries(readings),
      own: own?.(round),
    });
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  }
  return state;
}

describe("the energy book", () => {
  it("sums energy, heat and cost of all heaters", () => {
    const book = pass(newBook, midnight, 361, { miner: 1000, attic: 2000 });
    expect(energyToday(book)).toEqual({
      energy: fromKwh(3),
      heat: fromKwh(2),
      solar: 0,
      cost: parseMicros("0.93"),
      forgone: 0n,
      unmetered: 0,
      provenance: "reported",
    });
    expect(energyEver(book)).toEqual(energyToday(book));
  });

  it("begins the day anew at midnight and splits what lies across it", () => {
    const before = pass(newBook, midnight - 3_605_000, 361, { miner: 1000 });
    expect(energyToday(before).energy).toBeCloseTo(3_600_000, 3);
    const after = pass(before, midnight + 5000, 1, { miner: 1000 });
    expect(energyToday(after).energy).toBeCloseTo(5000, 6);
    expect(energyEver(after).energy).toBeCloseTo(3_610_000, 3);
  });

  it("counts an unmetered night to its two days", () => {
    const before = pass(newBook, midnight - 7_200_000, 2, { miner: 1000, attic: 0 });
    const after = pass(before, midnight + 3_600_000, 2, { miner: 1000, attic: 0 });
    expect(energyToday(after).unmetered).toBe(3600);
    expect(energyEver(after).unmetered).toBe(7190 + 3600);
    expect(energyEver(after).energy).toBe(20_000);
  });

  it("goes on with the day when the clock is set back over midnight, and begins anew when it was days off", () => {
    const today = pass(newBook, midnight + 1000, 10, { miner: 1000 });
    const back = pass(today, midnight - 60_000, 5, { miner: 1000 });
    expect(back.dayStart).toBe(midnight);
    expect(energyToday(back).energy).toBeGreaterThan(energyToday(today).energy);
    expect(pass(today, midnight - 5 * 86_400_000, 1, { miner: 1000 }).dayStart).toBe(
      midnight - 5 * 86_400_000,
    );
  });

  it("counts the time of a restart as unmetered", () => {
    const before = pass(newBook, midnight, 10, { miner: 1000 });
    const now = Instant(midnight + 90_000 + 120_000);
    expect(sinceLastEntry(before, now)).toBe(120);
    expect(sinceLastEntry(before, Instant(midnight))).toBe(0);
    expect(sinceLastEntry(newBook, now)).toBe(0);
    const kept = JSON.parse(JSON.stringify(before)) as EnergyBook;
    const after = enter(config, kept, {
      now,
      elapsed: sinceLastEntry(kept, now),
      dayStart: day(now),
      readings: {},
    });
    expect(energyToday(after).unmetered).toBeGreaterThanOrEqual(120);
    expect(energyToday(after).energy).toBe(90_000);
  });

  it("keeps the energy of a heater that is configured no more", () => {
    const before = pass(newBook, midnight, 10, { miner: 1000, attic: 1000 });
    const fewer = { ...config, heaters: config.heaters.slice(0, 1) };
    const after = pass(before, midnight + 100_000, 1, { miner: 1000 }, fewer);
    expect(energyEver(after).energy).toBe(190_000);
  });

  it("rounds money once: a year of cents is exact", () => {
    const book = pass(
      newBook,
      midnight,
      8000,
      { miner: 333 },
      {
        ...config,
        tariff: { ...tariff, pricePerKwh: parseMicros("0.314159") },
      },
    );
    const { energy, cost } = energyEver(book);
    expect(energy).toBeCloseTo(333 * 79_990, 3);
    expect(cost).toBe(costOf(Joules(333 * 79_990), parseMicros("0.314159")));
  });

  it("prices energy at the tariff of its time", () => {
    const cheap = pass(newBook, midnight, 361, { miner: 1000 });
    const dear = { ...config, tariff: { ...tariff, pricePerKwh: parseMicros("1") } };
    const both = pass(cheap, midnight + 3_610_000, 360, { miner: 1000 }, dear);
    expect(energyToday(both).cost).toBe(parseMicros("1.31"));
  });

  it("begins costs anew in another currency and goes on with the energy", () => {
    const euros = pass(newBook, midnight, 361, { miner: 1000 });
    const francs = { ...config, tariff: { ...config.tariff, currency: "CHF" as const } };
    const both = pass(euros, midnight + 3_610_000, 360, { miner: 1000 }, francs);
    expect(energyEver(both)).toMatchObject({ energy: fromKwh(2), cost: parseMicros("0.31") });
    expect(both.currency).toBe("CHF");
  });

  it("tells each heater's own total", () => {
    const book = pass(newBook, midnight, 361, { miner: 1000, attic: 2000 });
    expect(heaterEver(book, "attic")).toMatchObject({ energy: fromKwh(2), heat: fromKwh(1) });
    expect(heaterEver(book, "nobody")).toMatchObject({ energy: 0, cost: 0n, provenance: undefined });
  });

  it("reads the books of before, with a row for each price", () => {
    const book = pass(newBook, midnight, 361, { miner: 1000 });
    const rows = [
      { pricePerKwh: "310000", joules: 3_600_000 },
      { pricePerKwh: "1000000", joules: 1_800_000 },
    ];
    const { currency: _unknown, ...older } = book;
    const miner = book.heaters["miner"];
    const kept = {
      ...older,
      heaters: {
        miner: { ...miner, ever: { ...miner?.ever, cost: rows }, today: { ...miner?.today, cost: [] } },
      },
    };
    const restored = restoredBook(JSON.parse(JSON.stringify(kept)));
    expect(energyEver(restored)).toMatchObject({ energy: fromKwh(1), cost: parseMicros("0.81") });
    expect(energyToday(restored).cost).toBe(0n);
    expect(restoredBook(JSON.parse(JSON.stringify(restored)))).toEqual(restored);
  });
});

describe("the energy book under prices that change", () => {
  const night: EnergyConfig = {
    ...config,
    tariff: {
      kind: "time-of-use",
      currency: "EUR",
      timezone: "UTC",
      pricePerKwh: parseMicros("0.40"),
      entries: [{ days: weekdays, from: "01:00", to: "02:00", pricePerKwh: parseMicros("0.10") }],
    },
  };

  it("splits a round at the moment at which the price changes", () => {
    const oneOClock = midnight + 3_600_000;
    const book = pass(newBook, oneOClock - 6000, 2, { miner: 3600 }, night);
    expect(energyToday(book).energy).toBe(36_000);
    expect(energyToday(book).cost).toBe(
      costOf(Joules(21_600), parseMicros("0.40")) + costOf(Joules(14_400), parseMicros("0.10")),
    );
  });

  it("costs what each hour cost, summed without a rounding between", () => {
    const book = pass(newBook, midnight, 3 * 360 + 1, { miner: 1000 }, night);
    expect(energyToday(book).cost).toBe(parseMicros("0.90"));
    expect(energyEver(book).cost).toBe(parseMicros("0.90"));
  });

  it("costs the same however the quarter-hours' prices fall on the rounds", () => {
    const quarter = fc.bigInt({ min: -200_000n, max: 900_000n });
    fc.assert(
      fc.property(
        fc.array(quarter, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 9 }),
        (prices, shift) => {
          const start = midnight + shift * 1000;
          const market = prices.map((value, index) => ({
            from: Instant(start + index * 900_000),
            until: Instant(start + (index + 1) * 900_000),
            value: Micros(value),
          }));
          const spot: EnergyConfig = {
            ...config,
            tariff: {
              kind: "spot",
              currency: "EUR",
              market,
              surchargePerKwh: Micros(0n),
              vatPpm: 0,
              otherwise: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(0n) },
            },
          };
          const book = pass(newBook, midnight, 8 * 90 + 3, { miner: 2000 }, spot);
          const exact = prices.reduce((sum, price) => sum + price, 0n);
          expect(energyEver(book).cost).toBe(Micros(divideRounded(exact, 2n)));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("the energy book under the sun", () => {
  const paid: EnergyConfig = {
    ...config,
    tariff: { ...tariff, feedIn: { kind: "fixed", pricePerKwh: parseMicros("0.08") } },
  };
  const grid = (watts: number | undefined, most = 5000) => ({
    grid: watts === undefined ? undefined : Watts(watts),
    most: Watts(most),
  });
  /** An hour at 2 kW in all after the three rounds by which a meter is believed. */
  const hour = (own: (round: number) => OwnPower, of = paid) => {
    const powers = { miner: 1000, attic: 1000 };
    const before = pass(newBook, midnight, 3, powers, of, own);
    const after = pass(before, midnight + 30_000, 360, powers, of, own);
    const [was, is] = [energyEver(before), energyEver(after)];
    return {
      solar: is.solar - was.solar,
      cost: is.cost - was.cost,
      forgone: is.forgone - was.forgone,
    };
  };

  it.each([
    { what: "all of it is own while power flows back", watts: -500, solar: 2, cost: "0.16" },
    { what: "the grid gives what the sun does not", watts: 500, solar: 1.5, cost: "0.275" },
    {
      what: "all of it is the grid's where the house draws more than the heaters",
      watts: 2600,
      solar: 0,
      cost: "0.62",
    },
  ])("prices own energy at what it would have earned: $what", ({ watts, solar, cost }) => {
    const sum = hour(() => grid(watts));
    expect(sum.solar).toBeCloseTo(fromKwh(solar), 3);
    expect(sum.cost).toBe(parseMicros(cost));
    expect(sum.forgone).toBe(costOf(fromKwh(solar), parseMicros("0.08")));
  });

  it("is the grid's by night, without a meter, and while the meter is silent", () => {
    for (const own of [() => grid(-500, 0), () => grid(undefined)]) {
      expect(hour(own)).toEqual({ solar: 0, cost: parseMicros("0.62"), forgone: 0n });
    }
    const sum = hour((round) => grid(round < 3 ? -500 : undefined));
    // The rounds that were told, and four in which the newest is not stale.
    expect(sum.solar).toBe(2000 * 70);
  });

  it("is never more than the photovoltaics can give", () => {
    expect(hour(() => grid(-500, 600)).solar).toBeCloseTo(fromKwh(0.6), 3);
  });

  it("takes a heater that the meter does not show yet for the grid's", () => {
    const before = pass(newBook, midnight, 5, { miner: 0 }, paid, () => grid(300));
    const after = pass(before, midnight + 50_000, 6, { miner: 1000 }, paid, (round) =>
      grid(round < 2 ? 300 : 1300),
    );
    expect(energyEver(after).solar).toBe(0);
  });

  it("costs nothing where nothing is paid for what is fed in, and as much as bought where that is not known", () => {
    expect(hour(() => grid(-500), config)).toMatchObject({ cost: 0n, forgone: 0n });
    const unknown: EnergyConfig = {
      ...config,
      tariff: {
        kind: "spot",
        currency: "EUR",
        market: [],
        surchargePerKwh: Micros(0n),
        vatPpm: 0,
        otherwise: tariff,
        feedIn: { kind: "spot", feePerKwh: Micros(0n) },
      },
    };
    expect(hour(() => grid(-500), unknown)).toMatchObject({
      cost: parseMicros("0.62"),
      forgone: parseMicros("0.62"),
    });
  });

  it("goes on over a restart, and reads the books of before the sun", () => {
    const book = pass(newBook, midnight, 30, { miner: 1000 }, paid, () => grid(-500));
    expect(restoredBook(JSON.parse(JSON.stringify(book)))).toEqual(book);
    const { surplus: _none, ...older } = book;
    expect(restoredBook(older)).toEqual({ ...book, surplus: null });
  });
});
