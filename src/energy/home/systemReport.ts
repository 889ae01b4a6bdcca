import { divideRounded, formatMicros, Joules, Micros } from "../../domain/index.ts";
import { type Account, accountOf, addAccount, emptyAccount, netCostOf } from "../account.ts";
import { fuelKgPerKwh } from "../counterfactual.ts";
import { type FreeLevels, levelsOf } from "../levels.ts";
import type { HourEarnings } from "./earnings.ts";
import { type HomeMoney, insteadOf, microsOf } from "./homeMoney.ts";

type Series = Readonly<Float64Array>;

/** What flowed in a home by hour, W, as its simulation gives it. */
export interface MeteredFlows {
  readonly hour: Int32Array;
  readonly weight: Series;
  readonly heaterW: Series;
  readonly heaterForProfitW: Series;
  readonly heatPumpW: Series;
  readonly resistiveW: Series;
  readonly coolingW: Series;
  readonly auxiliaryW: Series;
  readonly fuelW: Series;
  readonly roomW: Series;
  readonly tankW: Series;
  readonly poolW: Series;
  readonly chillerW: Series;
  readonly outsideW: Series;
  readonly heaterHeatW: Series;
  readonly heatPumpHeatW: Series;
  readonly coolingSavedW: Series;
  readonly lukewarmW: Series;
  readonly coldK: Series;
  readonly hotK: Series;
  readonly poolColdK: Series;
  readonly missedDisinfections: number;
}

export interface SystemReport {
  readonly system: string;
  /** Electricity and fuel by what took it. */
  readonly energyKwh: Readonly<
    Record<"electricity" | "heater" | "heatPump" | "resistive" | "cooling" | "auxiliary" | "fuel", number>
  >;
  /** Heat by what took it; `useful` is that of rooms, tank and pool. */
  readonly heatKwh: Readonly<
    Record<"useful" | "room" | "tank" | "pool" | "chiller" | "outside" | "byHeater" | "byHeatPump", number>
  >;
  /** Of a year, decimal strings in the file's currency. `depreciation` of what is bought is in none of the others. */
  readonly money: Readonly<
    Record<"cost" | "coolingCost" | "revenue" | "heatValue" | "netCost" | "capital" | "depreciation", string>
  >;
  /** Three ledgers; none is subtracted from another. */
  readonly carbonKg: Readonly<Record<"used" | "displaced" | "consequential", number>>;
  readonly comfort: {
    /** Below and above what is wanted, beyond half a kelvin, K·h. */
    readonly coldKh: number;
    readonly hotKh: number;
    readonly poolColdKh: number;
    readonly lukewarmKwh: number;
    readonly missedDisinfections: number;
  };
  /** Null where nothing computes. */
  readonly levels: FreeLevels | null;
  /** Heat by electricity over the year; null without a heat pump. */
  readonly heatPumpPerformance: number | null;
  /** Of the heater's electricity, what ended as useful heat or drove the chiller; null without one. */
  readonly heaterUsefulShare: number | null;
  readonly monthlyNetCost: readonly string[];
  readonly monthlyColdKh: readonly number[];
  /** Electric power, W, that is passed in 0, 1, … 100 % of the year's hours. */
  readonly durationW: readonly number[];
  /** The same home on a simple thermostat, which does not heat ahead but calls elements; null where that is the same one. */
  readonly simple: SimpleReport | null;
  /** The same home with its days planned ahead; null where none were, or nothing can be planned. */
  readonly planned: PlannedReport | null;
}

/** A system's year on a simple thermostat: what of planning's gain a better thermostat has, too. */
export interface SimpleReport {
  readonly netCost: string;
  readonly resistiveKwh: number;
  readonly coldKh: number;
}

/** A system's year with plans. */
export type PlannedReport = Omit<SystemReport, "planned" | "simple"> & {
  readonly plans: MeteredPlans;
  /** Of the plain thermostat's net cost; below 0 planning costs more. */
  readonly saved: string;
};

/** How plans were made and what became of them. */
export interface MeteredPlans {
  readonly made: number;
  readonly proven: number;
  /** Plain rules made it, since the solver found none that is better. */
  readonly byRules: number;
  /** The thermostat held the rooms against the plan, h. */
  readonly overruledHours: number;
  /** The thermostat heated the rooms, since their model did not foresee them well, h. */
  readonly unforeseenHours: number;
  /** Days in which rules made a plan, or the thermostat heated the rooms for that. */
  readonly daysOnRules: number;
}

/** A system's report before it is compared. */
export type MeasuredSystem = Omit<SystemReport, "levels" | "planned" | "simple"> & {
  readonly account: Account;
};

interface Years {
  readonly sum: Account;
  readonly months: readonly Account[];
}

/**
 * What a system would cost, earn and emit in a year.
 *
 * @param wantedKwh heat that was wanted; what a plan gave beyond it, to store it, replaces nothing.
 */
export function systemReport(
  system: string,
  flows: MeteredFlows,
  money: HomeMoney,
  earnings: readonly HourEarnings[],
  hasChiller: boolean,
  wantedKwh = Infinity,
): MeasuredSystem {
  const given = [flows.roomW, flows.tankW, flows.poolW].reduce((all, part) => all + weighted(flows, part), 0);
  const wantedShare = given > 0 ? Math.min(1, (wantedKwh * 1000) / given) : 1;
  const { sum, months } = accountFlows(system, flows, money, earnings, wantedShare);
  const kwh = (series: Series) => weighted(flows, series) / 1000;
  const devices = devicesOf(system, money, hasChiller);
  const heater = kwh(flows.heaterW) + kwh(flows.heaterForProfitW);
  const pump = kwh(flows.heatPumpW);
  const [room, tank, pool, chiller] = [flows.roomW, flows.tankW, flows.poolW, flows.chillerW].map(kwh);
  const byHeater = kwh(flows.heaterHeatW);
  return {
    system,
    account: sum,
    energyKwh: {
      electricity: kwh(electricityOf(flows)),
      heater,
      heatPump: pump,
      resistive: kwh(flows.resistiveW),
      cooling: kwh(flows.coolingW),
      auxiliary: kwh(flows.auxiliaryW),
      fuel: kwh(flows.fuelW),
    },
    heatKwh: {
      useful: (room ?? 0) + (tank ?? 0) + (pool ?? 0),
      room: room ?? 0,
      tank: tank ?? 0,
      pool: pool ?? 0,
      chiller: chiller ?? 0,
      outside: kwh(flows.outsideW),
      byHeater,
      byHeatPump: kwh(flows.heatPumpHeatW),
    },
    money: {
      cost: formatMicros(sum.cost),
      coolingCost: formatMicros(sum.coolingCost),
      revenue: formatMicros(sum.revenue),
      heatValue: formatMicros(sum.heatValue),
      netCost: formatMicros(netCostOf(sum)),
      capital: microsText(devices.reduce((all, { price }) => all + price, 0)),
      depreciation: microsText(devices.reduce((all, { price, lifeYears }) => all + price / lifeYears, 0)),
    },
    carbonKg: { used: sum.usedKg, displaced: sum.displacedKg, consequential: sum.consequentialKg },
    comfort: {
      coldKh: weighted(flows, flows.coldK),
      hotKh: weighted(flows, flows.hotK),
      poolColdKh: weighted(flows, flows.poolColdK),
      lukewarmKwh: kwh(flows.lukewarmW),
      missedDisinfections: flows.missedDisinfections,
    },
    heatPumpPerformance: pump > 0 ? kwh(flows.heatPumpHeatW) / pump : null,
    heaterUsefulShare: heater > 0 ? (byHeater + (chiller ?? 0)) / heater : null,
    monthlyNetCost: months.map((month) => formatMicros(netCostOf(month))),
    monthlyColdKh: monthlySums(flows, flows.coldK),
    durationW: durationOf(flows),
  };
}

/**
 * Which of the levels a system reaches, beside the heat pump of the same home. Cooling is no part of the first two; only
 * what the heater itself heated is credited.
 */
export function systemLevels(
  { account, heatKwh }: Pick<MeasuredSystem, "account" | "heatKwh">,
  heatPump: Account,
): FreeLevels {
  const byHeater = heatKwh.useful > 0 ? Math.min(1, heatKwh.byHeater / heatKwh.useful) : 0;
  const credited = divideRounded(account.heatValue * BigInt(Math.round(byHeater * 1e6)), 1_000_000n);
  const heating = { cost: Micros(account.cost - account.coolingCost), revenue: account.revenue };
  return {
    ...levelsOf({ ...heating, heatValue: Micros(credited), heatPumpCost: netCostOf(heatPump) }),
    beatsHeatPump: netCostOf(account) <= netCostOf(heatPump),
  };
}

/** What is bought beside electricity: gas, or a network's heat. */
const fuelOf = (system: string, { gasPerKwh, district }: HomeMoney) =>
  system === "district"
    ? { fuelPerKwh: microsOf(district.pricePerKwh), fuelKgPerKwh: district.kgPerKwh }
    : { fuelPerKwh: microsOf(gasPerKwh), fuelKgPerKwh: fuelKgPerKwh.gas };

function accountFlows(
  system: string,
  flows: MeteredFlows,
  money: HomeMoney,
  earnings: readonly HourEarnings[],
  wantedShare: number,
): Years {
  const { carbon } = money;
  const electricity = electricityOf(flows);
  const fixed = {
    ...fuelOf(system, money),
    instead: insteadOf(money),
    carbon: {
      gridKgPerKwh: carbon.gridKgPerKwh,
      marginalKgPerKwh: carbon.marginalKgPerKwh ?? carbon.gridKgPerKwh,
      elsewhere: carbon.elsewhere,
    },
  };
  const rates = earnings.map((hour) => ({ ...fixed, electricityPerKwh: microsOf(hour.pricePerKwh) }));
  const months = Array.from({ length: 12 }, () => emptyAccount);
  let sum = emptyAccount;
  for (let entry = 0; entry < flows.hour.length; entry++) {
    const hourOfYear = flows.hour[entry] ?? 0;
    const [hour, rate] = [earnings[hourOfYear % 24], rates[hourOfYear % 24]];
    if (!hour || !rate) continue;
    const at = (series: Series) => Joules((series[entry] ?? 0) * 3600);
    const wanted = at(flows.heaterW);
    const forProfit = at(flows.heaterForProfitW);
    const account = accountOf(
      {
        electricity: at(electricity),
        cooling: at(flows.coolingW),
        fuel: at(flows.fuelW),
        usefulHeat: Joules((at(flows.roomW) + at(flows.tankW) + at(flows.poolW)) * wantedShare),
        coolingSaved: at(flows.coolingSavedW),
        jobs: Joules(wanted * hour.jobShare + forProfit * hour.profitJobShare),
        revenue: earned(wanted, hour.perKwh, forProfit, hour.profitPerKwh),
      },
      rate,
    );
    const weight = flows.weight[entry] ?? 1;
    sum = addAccount(sum, account, weight);
    const month = monthOf(hourOfYear);
    months[month] = addAccount(months[month] ?? emptyAccount, account, weight);
  }
  return { sum, months };
}

const earned = (wanted: number, perKwh: number, forProfit: number, profitPerKwh: number): Micros =>
  Micros(
    divideRounded(BigInt(Math.round(((wanted * perKwh + forProfit * profitPerKwh) / 3.6e6) * 1e9)), 1000n),
  );

function electricityOf(flows: MeteredFlows): Float64Array {
  const parts = [
    flows.heaterW,
    flows.heaterForProfitW,
    flows.heatPumpW,
    flows.resistiveW,
    flows.coolingW,
    flows.auxiliaryW,
  ];
  return new Float64Array(flows.hour.length).map((_, entry) =>
    parts.reduce((sum, part) => sum + (part[entry] ?? 0), 0),
  );
}

const weighted = ({ weight }: MeteredFlows, series: Series) =>
  series.reduce((sum, value, entry) => sum + value * (weight[entry] ?? 1), 0);

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const monthOf = (hourOfYear: number) =>
  daysBefore.findLastIndex((before) => Math.floor(hourOfYear / 24) % 365 >= before);

function monthlySums(flows: MeteredFlows, series: Series): readonly number[] {
  const sums = daysBefore.map(() => 0);
  series.forEach((value, entry) => {
    const month = monthOf(flows.hour[entry] ?? 0);
    sums[month] = (sums[month] ?? 0) + value * (flows.weight[entry] ?? 1);
  });
  return sums;
}

function durationOf(flows: MeteredFlows): readonly number[] {
  const power = electricityOf(flows);
  const order = Array.from(power.keys()).toSorted((one, other) => (power[other] ?? 0) - (power[one] ?? 0));
  const total = flows.weight.reduce((sum, weight) => sum + weight, 0);
  const quantiles: number[] = [];
  let passed = 0;
  for (const entry of order) {
    passed += flows.weight[entry] ?? 1;
    while (quantiles.length <= (passed / total) * 100 + 1e-9 && quantiles.length <= 100) {
      quantiles.push(power[entry] ?? 0);
    }
  }
  return quantiles;
}

function devicesOf(system: string, { devices }: HomeMoney, hasChiller: boolean) {
  const { resistive, boiler, district, heatPump, heater, chiller } = devices;
  const cold = hasChiller ? [chiller] : [];
  switch (system) {
    case "resistive":
      return [resistive];
    case "gas":
      return [boiler];
    case "district":
      return [district];
    case "heat-pump":
      return [heatPump];
    case "heater-beside-heat-pump":
      return [heater, heatPump, ...cold];
    default:
      return [heater, resistive, ...cold];
  }
}

const microsText = (amount: number) => formatMicros(microsOf(amount));
