import { expect, it } from "vitest";
import { Instant, Joules, parseMicros, Seconds } from "../../domain/index.ts";
import type { Json } from "../../store/index.ts";
import type { SiteSetup } from "../siteSetup.ts";
import { keepClosed } from "./keptLedger.ts";
import { enterLedger, type Ledger, newLedger } from "./ledger.ts";
import { ledgerCsv, ledgerIntervalsView } from "./siteLedger.ts";

const midnight = Instant(Date.UTC(2026, 0, 12));
const at = (minutes: number) => Instant(midnight + minutes * 60_000);
const setup = {
  economics: { heatInstead: { kind: "resistive" } },
  tariff: { currency: "EUR" },
  control: { timezone: "UTC" },
} as SiteSetup;

const memo = new Map<string, string>();
const memory = {
  remember: async (name: string, value: Json) => void memo.set(name, JSON.stringify(value)),
  recall: async (name: string) => JSON.parse(memo.get(name) ?? "null") as Json,
};
const roundAt = (ledger: Ledger, minutes: number) =>
  enterLedger(ledger, {
    at: at(minutes),
    dayStart: midnight,
    electricity: Joules(3.6e6),
    heat: Joules(3.6e6),
    useful: Joules(3.6e6),
    cost: parseMicros("0.30"),
    sats: 0,
    hashes: 0,
    seconds: Seconds(10),
    wear: { microsPerSecond: undefined, embodiedKgPerSecond: 0, assumedKgPerSecond: 0 },
    bitcoinPrice: undefined,
    electricityPerKwh: parseMicros("0.30"),
    instead: { kind: "resistive" },
    gridKgPerKwh: undefined,
    marginalKgPerKwh: undefined,
  });

it("tells each quarter-hour once: what is kept, what is over and not kept yet, and the one that runs", async () => {
  const ledger = [0, 15, 30, 45].reduce(roundAt, newLedger);
  await keepClosed(memory, { closed: [], closedQuarters: ledger.closedQuarters.slice(0, 2) });
  const { intervals, heatInstead } = await ledgerIntervalsView(setup, memory, ledger, at(15), at(60));
  expect(heatInstead).toBe("an electric heater");
  expect(intervals.map(({ from, cost }) => [Date.parse(from), cost.amount])).toEqual(
    [15, 30, 45].map((minutes) => [at(minutes), "0.300000"]),
  );
  const table: string[] = [];
  for await (const piece of ledgerCsv(setup, memory, ledger, at(15), at(45))) table.push(piece);
  expect(table.join("").split("\r\n")).toHaveLength(1 + 2 + 1);
});
