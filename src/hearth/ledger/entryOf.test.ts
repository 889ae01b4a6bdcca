import { expect, it } from "vitest";
import { Instant, parseMicros, Seconds, Watts } from "../../domain/index.ts";
import { newBook, wearOf } from "../../energy/index.ts";
import type { ControlConfig } from "../../heat/index.ts";
import { noEarnings } from "../earnings.ts";
import { entryOf, type LedgerRates } from "./entryOf.ts";

const at = Instant(Date.UTC(2026, 0, 12, 9, 7));
const hour = { from: Instant(Date.UTC(2026, 0, 12, 9)), until: Instant(Date.UTC(2026, 0, 12, 10)) };
const config = { timezone: "UTC", heaters: [], sinks: [], feeder: { maxWatts: Watts(0) } } as unknown;
const rates: LedgerRates = {
  wear: wearOf([{ lifeYears: 4 }]),
  heatInstead: { kind: "resistive" },
  tariff: { kind: "fixed", currency: "EUR", pricePerKwh: parseMicros("0.30") },
  outside: undefined,
  gramsPerKwh: undefined,
  marginalGramsPerKwh: undefined,
  solarGramsPerKwh: 30,
  warmerK: 0,
};
const books = { energy: newBook, loadEnergy: newBook, earnings: noEarnings };
const round = { at, elapsed: Seconds(10), isSunMetered: false, hasLoads: false, output: { sinks: [] } };
const entry = (changes: Partial<LedgerRates>) =>
  entryOf(config as ControlConfig, { ...rates, ...changes }, { ...round, before: books, after: books });

it("lets devices wear for the time since the last round, a quarter-hour at most", () => {
  const since = (seconds: number | undefined) => {
    const energy = seconds === undefined ? newBook : { ...newBook, at: Instant(at - seconds * 1000) };
    const before = { ...books, energy };
    const after = { ...books, energy, earnings: { ...noEarnings, everHashes: 5e15 } };
    return entryOf(config as ControlConfig, rates, { ...round, before, after });
  };
  expect(since(10)).toMatchObject({ seconds: 10, hashes: 5e15, wear: rates.wear });
  expect(since(86_400)?.seconds).toBe(900);
  expect(since(-60)?.seconds).toBe(0);
  expect(since(undefined)?.seconds).toBe(0);
});

it("takes what the grid's kWh emits, the mean and the marginal one, from a feed, else as configured, else not", () => {
  const outside = { carbon: [{ ...hour, value: 250 }], marginal: [{ ...hour, value: 640 }], weather: [] };
  const told = { gramsPerKwh: 400, marginalGramsPerKwh: 700 };
  expect(entry({ ...told, outside })).toMatchObject({ gridKgPerKwh: 0.25, marginalKgPerKwh: 0.64 });
  const none = { carbon: [], marginal: [], weather: [] };
  expect(entry({ ...told, outside: none })).toMatchObject({ gridKgPerKwh: 0.4, marginalKgPerKwh: 0.7 });
  expect(entry({})).toMatchObject({ gridKgPerKwh: undefined, marginalKgPerKwh: undefined });
});

it("tells what own photovoltaics left over, where a meter shows them, and what the grid pays for it", () => {
  const surplus = { watts: [900, 400, 700], age: 0 };
  const after = { ...books, energy: { ...newBook, surplus } };
  const paid = { ...rates.tariff, feedIn: { kind: "fixed", pricePerKwh: parseMicros("0.08") } } as const;
  const solar = (isSunMetered: boolean, tariff: LedgerRates["tariff"]) =>
    entryOf(config as ControlConfig, { ...rates, tariff }, { ...round, isSunMetered, before: books, after })
      ?.solar?.surplus;
  expect(solar(true, paid)).toEqual({ joules: 4000, exportPerKwh: parseMicros("0.08"), kgPerKwh: 0.03 });
  expect(solar(true, rates.tariff)?.exportPerKwh).toBe(0n);
  expect(solar(false, paid)).toBeUndefined();
});
