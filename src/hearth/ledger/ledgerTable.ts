import { type Currency, localIso } from "../../domain/index.ts";
import type { LedgerIntervalView } from "../../wire/index.ts";
import type { LedgerQuarter } from "./ledger.ts";
import { ledgerIntervalView } from "./ledgerView.ts";

type Cell = (interval: LedgerIntervalView) => string | number | undefined;

/** What a table of quarter-hours has beside their times, in this order. */
const columns = (currency: Currency): readonly (readonly [string, Cell])[] => [
  ["energy (kWh)", ({ energyKwh }) => energyKwh],
  ["heat (kWh)", ({ heatKwh }) => heatKwh],
  ["useful heat (kWh)", ({ usefulKwh }) => usefulKwh],
  [`cost (${currency})`, ({ cost }) => cost.amount],
  [`revenue (${currency})`, ({ revenue }) => revenue.amount],
  [`value of useful heat (${currency})`, ({ heatValue }) => heatValue.amount],
  [`net cost (${currency})`, ({ netCost }) => netCost.amount],
  [`by a heat pump (${currency})`, ({ heatPumpCost }) => heatPumpCost.amount],
  [`apart: depreciation (${currency})`, ({ depreciation }) => depreciation?.amount],
  ["energy is free", ({ energyIsFree }) => Number(energyIsFree)],
  ["free after heat", ({ freeAfterHeat }) => Number(freeAfterHeat)],
  ["beats a heat pump", ({ beatsHeatPump }) => Number(beatsHeatPump)],
  ["carbon used (kg)", ({ carbonKg }) => grams(carbonKg?.used)],
  ["carbon displaced (kg)", ({ carbonKg }) => grams(carbonKg?.displaced)],
  ["carbon consequential (kg)", ({ carbonKg }) => grams(carbonKg?.consequential)],
  ["SCI (g/TH)", ({ sci }) => sixDigits(sci?.gramsPerTerahash)],
  ["SCI (g/kWh)", ({ sci }) => sixDigits(sci?.gramsPerKwh)],
  ["of the energy: own photovoltaics (kWh)", ({ solarKwh }) => solarKwh ?? undefined],
  [`of the cost: export forgone (${currency})`, ({ forgone }) => forgone?.amount],
  [`of the revenue: tasks (${currency})`, ({ jobRevenue }) => jobRevenue.amount],
  ["apart: loads (kWh)", ({ loads }) => loads?.energyKwh],
  [`apart: cost of loads (${currency})`, ({ loads }) => loads?.cost.amount],
];
const grams = (kg: number | undefined) => kg?.toFixed(6);
const sixDigits = (value: number | null | undefined) =>
  typeof value === "number" ? Number(value.toPrecision(6)) : undefined;
const lineEnd = "\r\n";

export const csvHead = (currency: Currency): string =>
  ["time", "epoch", ...columns(currency).map(([head]) => head)].join() + lineEnd;

/** The time as ISO 8601 in the site's zone and as epoch seconds, then a column each, empty where it is not known. */
export function csvLine(quarter: LedgerQuarter, currency: Currency, timezone: string): string {
  const interval = ledgerIntervalView(quarter, currency);
  const cells = columns(currency).map(([, cell]) => cell(interval) ?? "");
  return [localIso(timezone, quarter.from), quarter.from / 1000, ...cells].join() + lineEnd;
}
