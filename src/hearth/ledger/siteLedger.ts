import type { Instant } from "../../domain/index.ts";
import { capitalOf, counterfactualNames, wearOf } from "../../energy/index.ts";
import type { Store } from "../../store/index.ts";
import {
  type LedgerIntervalsView,
  type LedgerIntervalView,
  type LedgerView,
  toMoney,
} from "../../wire/index.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { LedgerRates } from "./entryOf.ts";
import { readDays, readQuarters } from "./keptLedger.ts";
import type { Ledger, LedgerQuarter } from "./ledger.ts";
import { csvHead, csvLine } from "./ledgerTable.ts";
import { ledgerDayView, ledgerIntervalView } from "./ledgerView.ts";

/** What a site's ledger goes by; undefined where nobody says what would heat instead. */
export const ledgerRatesOf = ({
  economics,
  gramsPerKwh,
  marginalGramsPerKwh,
  equipment = [],
  plan,
  solar,
}: Pick<SiteSetup, "economics" | "equipment" | "gramsPerKwh" | "marginalGramsPerKwh" | "plan" | "solar">):
  | Omit<LedgerRates, "tariff" | "outside">
  | undefined =>
  economics && {
    ...economics,
    gramsPerKwh,
    marginalGramsPerKwh,
    solarGramsPerKwh: solar?.gramsPerKwh ?? 0,
    wear: wearOf(equipment),
    warmerK: plan?.warmerK ?? 0,
  };

type Memory = Pick<Store, "remember" | "recall">;

/** Today and the days that are kept of the last months, newest first. */
export async function ledgerView(
  { economics, equipment = [], tariff, control }: SiteSetup,
  store: Memory,
  ledger: Ledger | null,
  now: Instant,
  months: number,
): Promise<LedgerView> {
  const { closed = [], today = null } = ledger ?? {};
  const known = [...(await readDays(store, now, months)), ...closed, ...(today ? [today] : [])];
  const days = [...new Map(known.map((day) => [day.dayStart, day])).values()];
  const capital = capitalOf(equipment);
  return {
    heatInstead: nameOf(economics),
    capital: capital
      ? {
          price: toMoney(capital.price, tariff.currency),
          depreciationPerYear: toMoney(capital.depreciationPerYear, tariff.currency),
          told: capital.told,
          heaters: equipment.length,
        }
      : null,
    days: days
      .toSorted((one, other) => other.dayStart - one.dayStart)
      .map((day) => ledgerDayView(day, tariff.currency, control.timezone)),
  };
}

/** The quarter-hours that began in a span, oldest first, the one that runs among them. */
export async function ledgerIntervalsView(
  { economics, tariff }: SiteSetup,
  store: Memory,
  ledger: Ledger | null,
  from: Instant,
  to: Instant,
): Promise<LedgerIntervalsView> {
  const intervals: LedgerIntervalView[] = [];
  for await (const quarters of quartersWithin(store, ledger, from, to)) {
    intervals.push(...quarters.map((quarter) => ledgerIntervalView(quarter, tariff.currency)));
  }
  return { heatInstead: nameOf(economics), intervals };
}

/** The same as a table (RFC 4180), in pieces of a day. */
export async function* ledgerCsv(
  { tariff, control }: Pick<SiteSetup, "tariff" | "control">,
  store: Memory,
  ledger: Ledger | null,
  from: Instant,
  to: Instant,
): AsyncGenerator<string> {
  yield csvHead(tariff.currency);
  for await (const quarters of quartersWithin(store, ledger, from, to)) {
    const lines = quarters.map((quarter) => csvLine(quarter, tariff.currency, control.timezone));
    if (lines.length > 0) yield lines.join("");
  }
}

/** What is kept, and what is yet to be: of two with one beginning, the latter. */
async function* quartersWithin(
  store: Memory,
  ledger: Ledger | null,
  from: Instant,
  to: Instant,
): AsyncGenerator<readonly LedgerQuarter[]> {
  const { closedQuarters = [], quarter = null } = ledger ?? {};
  const newest = [...closedQuarters, ...(quarter ? [quarter] : [])].filter(
    (one) => one.from >= from && one.from < to,
  );
  const starts = new Set(newest.map((one) => one.from));
  for await (const kept of readQuarters(store, from, to)) {
    yield kept.filter((one) => !starts.has(one.from));
  }
  yield newest;
}

const nameOf = (economics: SiteSetup["economics"]) =>
  economics ? counterfactualNames[economics.heatInstead.kind] : null;
