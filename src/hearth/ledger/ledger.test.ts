import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, Joules, Micros, parseMicros, Seconds } from "../../domain/index.ts";
import type { Json } from "../../store/index.ts";
import { keepClosed, readDays, readQuarters } from "./keptLedger.ts";
import {
  enterLedger,
  keptLedger,
  type Ledger,
  type LedgerDay,
  ledgerSchema,
  newLedger,
  usefulHeatOf,
  withoutKept,
} from "./ledger.ts";
import type { LedgerEntry } from "./ledgerSum.ts";
import { csvHead, csvLine } from "./ledgerTable.ts";
import { ledgerDayView, ledgerIntervalView } from "./ledgerView.ts";

const monday = Instant(Date.UTC(2026, 0, 12));
const dayMs = 86_400_000;
const kwh = (count: number) => Joules(count * 3.6e6);

/** An hour at 1 kW, all of it wanted, beside gas at 0.10 and a boiler of 80 %. */
const entry = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: monday,
  dayStart: monday,
  electricity: kwh(1),
  heat: kwh(1),
  useful: kwh(1),
  cost: parseMicros("0.30"),
  sats: 100,
  hashes: 1e18,
  seconds: Seconds(3600),
  wear: { microsPerSecond: 1.5, embodiedKgPerSecond: 1e-6, assumedKgPerSecond: 1e-6 },
  bitcoinPrice: parseMicros("100000"),
  electricityPerKwh: parseMicros("0.30"),
  instead: { kind: "gas", pricePerKwh: parseMicros("0.10"), efficiency: 0.8 },
  gridKgPerKwh: 0.4,
  marginalKgPerKwh: undefined,
  ...changes,
});
const after = (...entries: readonly LedgerEntry[]): Ledger => entries.reduce(enterLedger, newLedger);

describe("the ledger of a day", () => {
  it("tells what tasks earned beside what was mined, and keeps it", () => {
    const tasks = after(entry({ jobs: parseMicros("0.05") }), entry(), entry({ jobs: parseMicros("0.01") }));
    const kept = ledgerSchema.parse(JSON.parse(JSON.stringify(keptLedger(tasks))));
    for (const ledger of [tasks, kept]) {
      expect(ledger?.today && ledgerDayView(ledger.today, "EUR", "UTC")).toMatchObject({
        revenue: { amount: "0.360000" },
        jobRevenue: { amount: "0.060000" },
        netCost: { amount: "0.540000" },
      });
    }
  });

  it("adds energy, cost, earnings, the worth of useful heat, and carbon in three ledgers", () => {
    const { today } = after(entry(), entry());
    expect(today && ledgerDayView(today, "EUR", "UTC")).toMatchObject({
      energyKwh: 2,
      usefulKwh: 2,
      cost: { amount: "0.600000", currency: "EUR" },
      revenue: { amount: "0.200000" },
      heatValue: { amount: "0.250000" },
      netCost: { amount: "0.400000" },
      heatPumpCost: { amount: "0.214286" },
      energyIsFree: false,
      freeAfterHeat: false,
      beatsHeatPump: false,
    });
    expect(today?.carbon?.used).toBeCloseTo(0.8);
    expect(today?.carbon?.displaced).toBeCloseTo((2 * 0.18278) / 0.8);
    expect(today?.carbon?.consequential).toBeCloseTo(0.8 - (2 * 0.18278) / 0.8);
  });

  const sun = (changes: Partial<NonNullable<LedgerEntry["solar"]>> = {}) => ({
    joules: kwh(0.5),
    forgone: parseMicros("0.04"),
    surplus: { joules: kwh(0.5), exportPerKwh: parseMicros("0.08"), kgPerKwh: 0.04 },
    ...changes,
  });

  it("counts own energy at what it would have earned and as what it emits, and lets others have had it, too", () => {
    const own = entry({ cost: parseMicros("0.19"), solar: sun(), instead: { kind: "resistive" } });
    const { today } = after(own, own);
    const view = ledgerDayView(today ?? expect.unreachable(), "EUR", "UTC");
    expect(view).toMatchObject({
      energyKwh: 2,
      solarKwh: 1,
      cost: { amount: "0.380000" },
      forgone: { amount: "0.080000" },
      heatValue: { amount: "0.380000" },
      // Each hour: a pump would have drawn 0.36 kWh an hour, less than the sun left over.
      heatPumpCost: { amount: "0.057142" },
    });
    expect(view.carbonKg?.used).toBeCloseTo(2 * (0.5 * 0.4 + 0.5 * 0.04));
    expect(view.carbonKg?.displaced).toBeCloseTo(2 * (0.5 * 0.4 + 0.5 * 0.04));
    expect(view.carbonKg?.consequential).toBeCloseTo(0);
    expect(today && csvLine({ from: monday, ...today }, "EUR", "UTC")).toMatch(
      /,1,0\.080000,0\.000000,,\r\n$/,
    );
  });

  it("tells what loads drew apart from what heating did, and keeps it", () => {
    const loads = { joules: kwh(0.5), cost: parseMicros("0.15") };
    const ledger = after(entry({ loads }), entry(), entry({ loads }));
    const kept = ledgerSchema.parse(JSON.parse(JSON.stringify(keptLedger(ledger))));
    for (const { today } of [ledger, kept ?? newLedger]) {
      expect(today && ledgerDayView(today, "EUR", "UTC")).toMatchObject({
        energyKwh: 3,
        cost: { amount: "0.900000" },
        loads: { energyKwh: 1, cost: { amount: "0.300000" } },
      });
      expect(today && csvLine({ from: monday, ...today }, "EUR", "UTC")).toMatch(/,1,0\.300000\r\n$/);
    }
    expect(after(entry()).today?.loads).toBeUndefined();
  });

  it("tells nothing of the sun where no meter shows it", () => {
    const { today } = after(entry());
    expect(today && ledgerDayView(today, "EUR", "UTC")).toMatchObject({ solarKwh: null, forgone: null });
    expect(today && csvLine({ from: monday, ...today }, "EUR", "UTC")).toMatch(/,,,0\.000000,,\r\n$/);
  });

  it("adds a day's own energy and what it would have earned from its quarter-hours, to the millionth", () => {
    const odd = (index: number) =>
      entry({
        at: Instant(monday + index * 500_000),
        solar: sun({ joules: Joules(1000 + index), forgone: Micros(BigInt(7 * index + 1)) }),
      });
    const ledger = after(...Array.from({ length: 40 }, (_, index) => odd(index)));
    const quarters = [...ledger.closedQuarters, ...(ledger.quarter ? [ledger.quarter] : [])];
    const sum = quarters.reduce((total, { solar }) => total + (solar?.forgone ?? 0n), 0n);
    expect(ledger.today?.solar?.forgone).toBe(sum);
    const kept = ledgerSchema.parse(JSON.parse(JSON.stringify(keptLedger(ledger))));
    expect(kept).toEqual(ledger);
  });

  it("gives heat above demand no worth, and lets it displace nothing", () => {
    const { today } = after(entry({ useful: Joules(0) }));
    expect([today?.heatValue, today?.heatPumpCost]).toEqual([0n, 0n]);
    expect(today?.carbon?.displaced).toBe(0);
    expect(today?.usefulJoules).toBe(0);
  });

  it("tells when its energy was free", () => {
    const { today } = after(entry({ sats: 400 }));
    expect(today && ledgerDayView(today, "EUR", "UTC")).toMatchObject({
      energyIsFree: true,
      netCost: { amount: "-0.100000" },
    });
  });

  it("takes the marginal kWh for what changed, where it is told, and says where it was not", () => {
    const told = { marginalKgPerKwh: 0.7 };
    const view = (...entries: readonly LedgerEntry[]) => {
      const { today } = after(...entries);
      return ledgerDayView(today ?? expect.unreachable(), "EUR", "UTC");
    };
    const [gas, whole] = [0.18278 / 0.8, view(entry(told))];
    expect(whole.marginal).toBe("told");
    expect(whole.carbonKg?.consequential).toBeCloseTo(0.7 - gas);
    expect(whole.carbonKg?.used).toBeCloseTo(0.4);
    expect(whole.carbonKg?.displaced).toBeCloseTo(gas);
    expect(view(entry(told), entry()).marginal).toBe("partly");
    expect(view(entry()).marginal).toBe("mean");
    expect(view(entry({ gridKgPerKwh: undefined, ...told })).marginal).toBeNull();
  });

  it("tells what a unit of computing emitted, whatever heat it displaced", () => {
    const sci = (...entries: readonly LedgerEntry[]) => {
      const { today } = after(...entries);
      return ledgerDayView(today ?? expect.unreachable(), "EUR", "UTC").sci;
    };
    const making = 1e-6 * 3600;
    expect(sci(entry())).toMatchObject({ gramsPerKwh: 400 + making * 1000, embodied: "assumed" });
    expect(sci(entry())?.gramsPerTerahash).toBeCloseTo((400 + making * 1000) / 1e6);
    expect(sci(entry({ useful: Joules(0) }))).toEqual(sci(entry()));
    expect(sci(entry({ instead: { kind: "resistive" } }))).toEqual(sci(entry()));
    const idle = entry({
      hashes: 0,
      electricity: Joules(0),
      wear: { ...entry().wear, assumedKgPerSecond: 0 },
    });
    expect(sci(idle)).toMatchObject({ gramsPerTerahash: null, gramsPerKwh: null, embodied: "told" });
    expect(sci(entry(), idle)?.gramsPerKwh).toBeCloseTo(400 + 2 * making * 1000);
    expect(sci(entry(), idle)?.embodied).toBe("partly");
    expect(sci(entry({ gridKgPerKwh: undefined }))).toBeNull();
  });

  it("wears the heaters off apart from all that energy costs and earns, to the millionth", () => {
    const wear = (microsPerSecond: number | undefined) => ({ ...entry().wear, microsPerSecond });
    const second = entry({ seconds: Seconds(10), wear: wear(0.0317) });
    const { today } = after(...Array.from({ length: 8640 }, () => second));
    const told = ledgerDayView(today ?? expect.unreachable(), "EUR", "UTC");
    expect(told.depreciation).toEqual({ amount: "0.002738", currency: "EUR" });
    const without = after(entry({ wear: wear(undefined) })).today;
    expect(ledgerDayView(without ?? expect.unreachable(), "EUR", "UTC").depreciation).toBeNull();
    const { today: worn } = after(entry({ wear: wear(1e6) }));
    expect({ ...worn, depreciation: undefined }).toEqual({ ...without, depreciation: undefined });
  });

  it("says nothing of carbon where nobody tells it", () => {
    const { today } = after(entry({ gridKgPerKwh: undefined }));
    expect(today && ledgerDayView(today, "EUR", "UTC").carbonKg).toBeNull();
  });

  it("is closed when the next one begins, and outlives a restart as JSON", () => {
    const tuesday = Instant(monday + dayMs);
    const ledger = after(entry(), entry({ at: tuesday, dayStart: tuesday }));
    expect(ledger.closedQuarters.map(({ from }) => from)).toEqual([monday]);
    expect(ledger.closed.map(({ dayStart }) => dayStart)).toEqual([monday]);
    expect(ledger.today?.cost).toBe(parseMicros("0.30"));
    const restored = ledgerSchema.parse(JSON.parse(JSON.stringify(keptLedger(ledger))));
    expect(restored).toEqual(ledger);
    expect(ledgerSchema.parse(ledger)).toEqual(ledger);
  });
});

/** A day of rounds, each 10 s after the last, as uneven as a real one's. */
const rounds = (): fc.Arbitrary<readonly LedgerEntry[]> =>
  fc
    .array(
      fc.record({
        ms: fc.integer({ min: 10_000, max: 3_000_000 }),
        cost: fc.bigInt({ min: -5_000n, max: 90_000n }),
        sats: fc.double({ min: 0, max: 30, noNaN: true }),
        useful: fc.double({ min: 0, max: 1, noNaN: true }),
        price: fc.bigInt({ min: -100_000n, max: 400_000n }),
        bitcoinPrice: fc.constantFrom(parseMicros("85000"), parseMicros("61234.567891"), undefined),
      }),
      { maxLength: 200 },
    )
    .map((steps) => {
      let at = monday;
      return steps.map(({ ms, cost, sats, useful, price, bitcoinPrice }) => {
        at = Instant(at + ms);
        return entry({
          at,
          dayStart: Instant(at - ((at - monday) % dayMs)),
          cost: Micros(cost),
          sats,
          useful: kwh(useful),
          electricityPerKwh: Micros(price),
          bitcoinPrice,
        });
      });
    });

describe("the quarter-hours of a day", () => {
  const quarterMs = 900_000;

  it("are counted from local midnight and closed one by one", () => {
    const at = (minutes: number) => Instant(monday + minutes * 60_000);
    const ledger = after(...[1, 14, 15, 29, 61].map((minutes) => entry({ at: at(minutes) })));
    expect(ledger.closedQuarters.map(({ from, joules }) => [from, joules / 3.6e6])).toEqual([
      [at(0), 2],
      [at(15), 2],
    ]);
    expect(ledger.quarter).toMatchObject({ from: at(60), joules: kwh(1) });
    expect(ledger.today?.joules).toBe(kwh(5));
  });

  it("sum to the day, to the millionth", () =>
    fc.assert(
      fc.property(rounds(), (entries) => {
        const { today, quarter, closed, closedQuarters } = after(...entries);
        const quarters = [...closedQuarters, ...(quarter ? [quarter] : [])];
        for (const day of [...closed, ...(today ? [today] : [])]) {
          const its = quarters.filter(({ from }) => from >= day.dayStart && from < day.dayStart + dayMs);
          for (const key of ["cost", "revenue", "heatValue", "heatPumpCost", "depreciation"] as const) {
            expect(its.reduce((sum, one) => sum + (one[key] ?? 0n), 0n)).toBe(day[key]);
          }
          expect(its.reduce((sum, { joules }) => sum + joules, 0)).toBeCloseTo(day.joules, 3);
          expect(its.every(({ from }) => (from - day.dayStart) % quarterMs === 0)).toBe(true);
        }
      }),
    ));

  it("go on in the one that runs when the clock is set back", () => {
    const ledger = after(entry({ at: Instant(monday + quarterMs) }), entry());
    expect(ledger).toMatchObject({ closedQuarters: [], quarter: { joules: kwh(2) } });
  });

  it("are told with the three levels, and as a line of a table", () => {
    const { quarter } = after(entry({ sats: 400 }));
    const told = quarter ?? expect.unreachable();
    expect(ledgerIntervalView(told, "EUR")).toMatchObject({
      from: "2026-01-12T00:00:00.000Z",
      until: "2026-01-12T00:15:00.000Z",
      netCost: { amount: "-0.100000" },
      energyIsFree: true,
      freeAfterHeat: true,
      beatsHeatPump: true,
    });
    const [head, line] = [csvHead("EUR"), csvLine(told, "EUR", "Europe/Berlin")];
    expect(head.split(",").slice(0, 6).join()).toBe(
      "time,epoch,energy (kWh),heat (kWh),useful heat (kWh),cost (EUR)",
    );
    expect(line.split(",").slice(0, 6).join()).toBe("2026-01-12T01:00:00+01:00,1768176000,1,1,1,0.300000");
    expect(line.split(",")).toHaveLength(head.split(",").length);
    expect([head, line].every((text) => text.endsWith("\r\n"))).toBe(true);
  });
});

describe("the useful part of a day's heat", () => {
  const { today } = after(entry({ useful: kwh(0.4) }));

  it("is what was wanted, and no more than there was", () => {
    const ledger = { ...newLedger, today };
    expect(usefulHeatOf(ledger, monday, kwh(1))).toBe(kwh(0.4));
    expect(usefulHeatOf(ledger, monday, kwh(0.1))).toBe(kwh(0.1));
  });

  it("is all of it where no ledger tells of that day", () => {
    expect(usefulHeatOf(null, monday, kwh(1))).toBe(kwh(1));
    expect(usefulHeatOf({ ...newLedger, today }, Instant(monday + dayMs), kwh(1))).toBe(kwh(1));
  });
});

describe("what is over", () => {
  const memoryOf = (memos = new Map<string, string>()) => ({
    memos,
    remember: async (name: string, value: Json) => void memos.set(name, JSON.stringify(value)),
    recall: async (name: string) => JSON.parse(memos.get(name) ?? "null") as Json,
  });
  const dayAt = (at: Instant) => after(entry({ at, dayStart: at })).today ?? expect.unreachable();
  const quarterAt = (at: Instant) => after(entry({ at, dayStart: at })).quarter ?? expect.unreachable();
  const keepDays = (memory: ReturnType<typeof memoryOf>, closed: readonly LedgerDay[]) =>
    keepClosed(memory, { closed, closedQuarters: [] });

  it("of days is kept by month, once each, however often it is told", async () => {
    const memory = memoryOf();
    const days = [monday, Instant(monday + 20 * dayMs), Instant(monday + 21 * dayMs)].map(dayAt);
    await keepDays(memory, days.slice(0, 2));
    await keepDays(memory, days.slice(1));
    await keepDays(memory, days);
    expect([...memory.memos.keys()]).toEqual(["ledger/2026-01", "ledger/2026-02"]);
    expect(await readDays(memory, Instant(monday + 22 * dayMs), 1)).toEqual(days);
    expect(await readDays(memory, Instant(monday + 22 * dayMs), 0)).toEqual(days.slice(1));
  });

  it("of quarter-hours is kept for 90 days and more, and no memo is added after that", async () => {
    const memory = memoryOf();
    const at = (days: number) => Instant(monday + days * dayMs);
    for (let days = 0; days < 200; days++) {
      await keepClosed(memory, { closed: [], closedQuarters: [quarterAt(at(days))] });
    }
    expect(memory.memos.size).toBe(92);
    const found = async (from: Instant, to: Instant) => {
      const starts: Instant[] = [];
      for await (const quarters of readQuarters(memory, from, to)) {
        starts.push(...quarters.map((quarter) => quarter.from));
      }
      return starts;
    };
    expect(await found(at(108), at(200))).toEqual(Array.from({ length: 92 }, (_, day) => at(108 + day)));
    expect(await found(at(100), at(108))).toEqual([]);
    expect(await found(at(150), Instant(at(150) + 1))).toEqual([at(150)]);
  });

  it("is let go of once it is kept, and nothing that came since", () => {
    const quarters = [0, 15, 30, 45].map((minutes) => entry({ at: Instant(monday + minutes * 60_000) }));
    const before = after(...quarters.slice(0, 3));
    const since = enterLedger(before, quarters[3] ?? entry());
    expect(before.closedQuarters).toHaveLength(2);
    expect(withoutKept(since, before).closedQuarters.map(({ from }) => from)).toEqual([monday + 1_800_000]);
  });

  it("and cannot be read is passed over", async () => {
    const memory = memoryOf(new Map([["ledger/2026-01", JSON.stringify([{ dayStart: 1, cost: "no" }])]]));
    expect(await readDays(memory, monday, 0)).toEqual([]);
    await keepDays(memory, [dayAt(monday)]);
    expect((await readDays(memory, monday, 0)).map(({ cost }) => cost)).toEqual([Micros(300_000n)]);
  });
});
