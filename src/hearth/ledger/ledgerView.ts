import { type Currency, type Joules, type Micros, toKwh } from "../../domain/index.ts";
import { levelsOf } from "../../energy/index.ts";
import { type LedgerDayView, toMoney } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import type { LedgerDay } from "./ledgerDay.ts";

const kwh = (joules: number) => Number(toKwh(joules as Joules).toFixed(6));

/** A day of the ledger as the API tells it. */
export function ledgerDayView(day: LedgerDay, currency: Currency): LedgerDayView {
  const money = (amount: Micros | bigint) => toMoney(amount as Micros, currency);
  const levels =
    day.joules > 0 ? levelsOf(day) : { energyIsFree: false, freeAfterHeat: false, beatsHeatPump: false };
  return {
    from: iso(day.dayStart),
    energyKwh: kwh(day.joules),
    heatKwh: kwh(day.heatJoules),
    usefulKwh: kwh(day.usefulJoules),
    cost: money(day.cost),
    revenue: money(day.revenue),
    heatValue: money(day.heatValue),
    netCost: money(day.cost - day.revenue),
    heatPumpCost: money(day.heatPumpCost),
    ...levels,
    carbonKg: day.carbon ?? null,
  };
}
