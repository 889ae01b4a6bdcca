import { describe, expect, it } from "vitest";
import { Instant, Joules, Micros, parseMicros } from "../../domain/index.ts";
import type { Json } from "../../store/index.ts";
import { keepDays, readDays } from "./keptDays.ts";
import {
  enterLedger,
  keptLedger,
  type Ledger,
  type LedgerEntry,
  ledgerSchema,
  newLedger,
  usefulHeatOf,
} from "./ledgerDay.ts";
import { ledgerDayView } from "./ledgerView.ts";

const monday = Instant(Date.UTC(2026, 0, 12));
const dayMs = 86_400_000;
const kwh = (count: number) => Joules(count * 3.6e6);

/** An hour at 1 kW, all of it wanted, beside gas at 0.10 and a boiler of 80 %. */
const entry = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  dayStart: monday,
  electricity: kwh(1),
  heat: kwh(1),
  useful: kwh(1),
  cost: parseMicros("0.30"),
  sats: 100,
  bitcoinPrice: parseMicros("100000"),
  electricityPerKwh: parseMicros("0.30"),
  instead: { kind: "gas", pricePerKwh: parseMicros("0.10"), efficiency: 0.8 },
  gridKgPerKwh: 0.4,
  ...changes,
});
const after = (...entries: readonly LedgerEntry[]): Ledger => entries.reduce(enterLedger, newLedger);

describe("the ledger of a day", () => {
  it("adds energy, cost, earnings, the worth of useful heat, and carbon in three ledgers", () => {
    const { today } = after(entry(), entry());
    expect(today && ledgerDayView(today, "EUR")).toMatchObject({
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

  it("gives heat above demand no worth, and lets it displace nothing", () => {
    const { today } = after(entry({ useful: Joules(0) }));
    expect([today?.heatValue, today?.heatPumpCost]).toEqual([0n, 0n]);
    expect(today?.carbon?.displaced).toBe(0);
    expect(today?.usefulJoules).toBe(0);
  });

  it("tells when its energy was free", () => {
    const { today } = after(entry({ sats: 400 }));
    expect(today && ledgerDayView(today, "EUR")).toMatchObject({
      energyIsFree: true,
      netCost: { amount: "-0.100000" },
    });
  });

  it("says nothing of carbon where nobody tells it", () => {
    const { today } = after(entry({ gridKgPerKwh: undefined }));
    expect(today && ledgerDayView(today, "EUR").carbonKg).toBeNull();
  });

  it("is closed when the next one begins, and outlives a restart as JSON", () => {
    const ledger = after(entry(), entry({ dayStart: Instant(monday + dayMs) }));
    expect(ledger.closed.map(({ dayStart }) => dayStart)).toEqual([monday]);
    expect(ledger.today?.cost).toBe(parseMicros("0.30"));
    const restored = ledgerSchema.parse(JSON.parse(JSON.stringify(keptLedger(ledger))));
    expect(restored).toEqual(ledger);
    expect(ledgerSchema.parse(ledger)).toEqual(ledger);
  });
});

describe("the useful part of a day's heat", () => {
  const { today } = after(entry({ useful: kwh(0.4) }));

  it("is what was wanted, and no more than there was", () => {
    const ledger = { today, closed: [] };
    expect(usefulHeatOf(ledger, monday, kwh(1))).toBe(kwh(0.4));
    expect(usefulHeatOf(ledger, monday, kwh(0.1))).toBe(kwh(0.1));
  });

  it("is all of it where no ledger tells of that day", () => {
    expect(usefulHeatOf(null, monday, kwh(1))).toBe(kwh(1));
    expect(usefulHeatOf({ today, closed: [] }, Instant(monday + dayMs), kwh(1))).toBe(kwh(1));
  });
});

describe("days that are over", () => {
  const memoryOf = (memos = new Map<string, string>()) => ({
    memos,
    remember: async (name: string, value: Json) => void memos.set(name, JSON.stringify(value)),
    recall: async (name: string) => JSON.parse(memos.get(name) ?? "null") as Json,
  });
  const dayAt = (dayStart: Instant) => after(entry({ dayStart })).today ?? expect.unreachable();

  it("are kept by month, once each, however often they are told", async () => {
    const memory = memoryOf();
    const days = [monday, Instant(monday + 20 * dayMs), Instant(monday + 21 * dayMs)].map(dayAt);
    await keepDays(memory, days.slice(0, 2));
    await keepDays(memory, days.slice(1));
    await keepDays(memory, days);
    expect([...memory.memos.keys()]).toEqual(["ledger/2026-01", "ledger/2026-02"]);
    expect(await readDays(memory, Instant(monday + 22 * dayMs), 1)).toEqual(days);
    expect(await readDays(memory, Instant(monday + 22 * dayMs), 0)).toEqual(days.slice(1));
  });

  it("that cannot be read are passed over", async () => {
    const memory = memoryOf(new Map([["ledger/2026-01", JSON.stringify([{ dayStart: 1, cost: "no" }])]]));
    expect(await readDays(memory, monday, 0)).toEqual([]);
    await keepDays(memory, [dayAt(monday)]);
    expect((await readDays(memory, monday, 0)).map(({ cost }) => cost)).toEqual([Micros(300_000n)]);
  });
});
