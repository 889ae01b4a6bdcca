import { type Currency, formatMicros, Micros } from "../../domain/index.ts";
import { netCostOf } from "../account.ts";
import { counterfactualDefaults, counterfactualNames } from "../counterfactual.ts";
import { breakEvenOf, type BreakEven } from "./breakEven.ts";
import { earningsByHour, type HourEarnings, type Workload } from "./earnings.ts";
import { type HomeMoney, insteadOf } from "./homeMoney.ts";
import { homeVerdict } from "./homeVerdict.ts";
import { planningVerdict, type PlansKnew } from "./planningVerdict.ts";
import {
  type MeasuredSystem,
  type MeteredFlows,
  type MeteredPlans,
  systemLevels,
  type SystemReport,
  systemReport,
} from "./systemReport.ts";

export interface HomeReport {
  readonly home: string;
  readonly weather: string;
  readonly currency: Currency;
  /** The counterfactual by its name. */
  readonly heatInstead: string;
  readonly verdict: string;
  /** What planning a day ahead would save, in words; null where nothing was planned. */
  readonly planning: string | null;
  /** Of the days ahead. */
  readonly plansKnew: PlansKnew;
  readonly systems: readonly SystemReport[];
  readonly breakEven: {
    readonly limits: BreakEven;
    /** What this home's file says. */
    readonly electricityPerKwh: number;
    readonly joulesPerTerahash: number;
    readonly hashpricePerPhDay: number;
    readonly poolFee: number;
    readonly usefulShare: number;
    readonly seasonalPerformance: number;
  };
}

/** A way to heat, as the study compares them. */
export interface ComparedSystem {
  readonly system: string;
  /** Undefined where nothing computes. */
  readonly workload?: Workload | undefined;
}

/** What a system's heater earns by hour of the day; where there is none, what electricity costs. */
export const earningsOf = (
  { workload = "mining" }: ComparedSystem,
  money: HomeMoney,
  miningPerKwh: number,
): readonly HourEarnings[] => earningsByHour(money, workload, miningPerKwh);

export interface ComparedFlows extends ComparedSystem {
  /** On the plain thermostat. */
  readonly flows: MeteredFlows;
  /** On a simple one that does not heat ahead; undefined where that is the same. */
  readonly simple?: MeteredFlows | undefined;
  /** With its days planned ahead. */
  readonly planned?: { readonly flows: MeteredFlows; readonly plans: MeteredPlans } | undefined;
}

export interface StudiedHome {
  readonly home: string;
  readonly weather: string;
  readonly hasChiller: boolean;
  readonly money: HomeMoney;
  /** What a kWh earns by mining. */
  readonly miningPerKwh: number;
  readonly plansKnew: PlansKnew;
}

/** What was simulated, as money, carbon and comfort, and an honest sentence on it. */
export function homeReport(studied: StudiedHome, compared: readonly ComparedFlows[]): HomeReport {
  const { money, miningPerKwh } = studied;
  const reports = compared.map((one) => {
    const measure = (flows: MeteredFlows, wantedKwh?: number) =>
      systemReport(
        one.system,
        flows,
        money,
        earningsOf(one, money, miningPerKwh),
        studied.hasChiller,
        wantedKwh,
      );
    const report = measure(one.flows);
    const planned = one.planned && measure(one.planned.flows, report.heatKwh.useful);
    const simple = one.simple && measure(one.simple);
    return { workload: one.workload, report, simple, planned, plans: one.planned?.plans };
  });
  const ofPump = reports.find(({ report }) => report.system === "heat-pump");
  const pump = ofPump?.report;
  const levelled = (
    workload: Workload | undefined,
    { account, ...rest }: MeasuredSystem,
    beside: MeasuredSystem | undefined,
  ) => ({
    ...rest,
    levels: workload && beside ? systemLevels({ account, heatKwh: rest.heatKwh }, beside.account) : null,
  });
  const systems = reports.map(({ workload, report, simple, planned, plans }): SystemReport => ({
    ...levelled(workload, report, pump),
    simple: simple
      ? {
          netCost: simple.money.netCost,
          resistiveKwh: simple.energyKwh.resistive,
          coldKh: simple.comfort.coldKh,
        }
      : null,
    planned:
      planned && plans
        ? {
            ...levelled(workload, planned, ofPump?.planned ?? pump),
            plans,
            saved: formatMicros(Micros(netCostOf(report.account) - netCostOf(planned.account))),
          }
        : null,
  }));
  const instead = insteadOf(money);
  const usefulShare =
    systems.find(({ heaterUsefulShare }) => heaterUsefulShare !== null)?.heaterUsefulShare ?? 1;
  const seasonalPerformance = performanceOf(pump) ?? counterfactualDefaults.seasonalPerformance;
  return {
    home: studied.home,
    weather: studied.weather,
    currency: money.currency,
    heatInstead: counterfactualNames[instead.kind],
    verdict: homeVerdict(systems, money.currency),
    planning: planningVerdict(systems, money.currency, studied.plansKnew),
    plansKnew: studied.plansKnew,
    systems,
    breakEven: {
      limits: breakEvenOf({ usefulShare, seasonalPerformance, instead }),
      electricityPerKwh: meanPrice(money, miningPerKwh),
      joulesPerTerahash: money.mining.joulesPerTerahash,
      hashpricePerPhDay: money.mining.hashpricePerPhDay,
      poolFee: money.mining.poolFee,
      usefulShare,
      seasonalPerformance,
    },
  };
}

/** Of the whole system: useful heat by all of its electricity for heating, elements included. */
function performanceOf(pump: MeasuredSystem | undefined): number | undefined {
  if (!pump) return undefined;
  const electricity = pump.energyKwh.electricity - pump.energyKwh.cooling;
  return electricity > 0 ? pump.heatKwh.useful / electricity : undefined;
}

const meanPrice = (money: HomeMoney, miningPerKwh: number) =>
  earningsByHour(money, "mining", miningPerKwh).reduce((sum, { pricePerKwh }) => sum + pricePerKwh / 24, 0);
