import { type Currency, Joules, localDay, localInstant, type Micros, toKwh } from "../../domain/index.ts";
import { levelsOf, softwareCarbonIntensity } from "../../energy/index.ts";
import { type LedgerDayView, type LedgerIntervalView, toMoney } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import { type LedgerDay, type LedgerQuarter, quarterEnd } from "./ledger.ts";
import type { LedgerSum } from "./ledgerSum.ts";

const kwh = (joules: number) => Number(toKwh(Joules(joules)).toFixed(6));

/** A day of the ledger as the API tells it. */
export const ledgerDayView = (day: LedgerDay, currency: Currency, timezone: string): LedgerDayView => ({
  from: iso(day.dayStart),
  until: iso(localInstant(timezone, localDay(timezone, day.dayStart) + 1, 0)),
  ...sumView(day, currency),
});

/** A quarter-hour of the ledger as the API tells it. */
export const ledgerIntervalView = (quarter: LedgerQuarter, currency: Currency): LedgerIntervalView => ({
  from: iso(quarter.from),
  until: iso(quarterEnd(quarter)),
  ...sumView(quarter, currency),
});

function sumView(sum: LedgerSum, currency: Currency): Omit<LedgerDayView, "from" | "until"> {
  const money = (amount: Micros | bigint) => toMoney(amount as Micros, currency);
  const levels =
    sum.joules > 0 ? levelsOf(sum) : { energyIsFree: false, freeAfterHeat: false, beatsHeatPump: false };
  return {
    energyKwh: kwh(sum.joules),
    heatKwh: kwh(sum.heatJoules),
    usefulKwh: kwh(sum.usefulJoules),
    solarKwh: sum.solar ? kwh(sum.solar.joules) : null,
    cost: money(sum.cost),
    forgone: sum.solar ? money(sum.solar.forgone) : null,
    revenue: money(sum.revenue),
    jobRevenue: money(sum.jobs ?? 0n),
    heatValue: money(sum.heatValue),
    netCost: money(sum.cost - sum.revenue),
    heatPumpCost: money(sum.heatPumpCost),
    loads: sum.loads ? { energyKwh: kwh(sum.loads.joules), cost: money(sum.loads.cost) } : null,
    depreciation: sum.depreciation === undefined ? null : money(sum.depreciation),
    ...levels,
    ...carbonView(sum.carbon),
  };
}

function carbonView(carbon: LedgerSum["carbon"]): Pick<LedgerDayView, "carbonKg" | "marginal" | "sci"> {
  if (!carbon) return { carbonKg: null, marginal: null, sci: null };
  const { used, displaced, consequential, joules, marginalJoules } = carbon;
  const told = marginalJoules === joules && joules > 0 ? "told" : "partly";
  return {
    carbonKg: { used, displaced, consequential },
    marginal: marginalJoules === 0 ? "mean" : told,
    sci: intensityView(carbon),
  };
}

/** Per unit of two kinds; what heat displaced has no part in it. */
function intensityView({
  used: operationalKg,
  embodied: embodiedKg,
  embodiedAssumed,
  hashes,
  joules,
}: NonNullable<LedgerSum["carbon"]>): LedgerDayView["sci"] {
  const grams = (units: number) => {
    const kg = softwareCarbonIntensity({ operationalKg, embodiedKg, units });
    return kg === undefined ? null : Number((kg * 1000).toPrecision(9));
  };
  const partly = embodiedAssumed < embodiedKg ? "partly" : "assumed";
  return {
    gramsPerTerahash: grams(hashes / 1e12),
    gramsPerKwh: grams(toKwh(Joules(joules))),
    embodiedKg,
    embodied: embodiedAssumed === 0 ? "told" : partly,
  };
}
