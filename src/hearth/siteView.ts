import { worthOf } from "../bitcoin/index.ts";
import { type Instant, Micros, type SiteEvent, toKwh, type Joules } from "../domain/index.ts";
import { usefulHeatOf } from "./ledger/ledger.ts";
import {
  counterfactualNames,
  type EnergyBook,
  energyEver,
  type EnergySum,
  energyToday,
  heaterEver,
  verdictOn,
} from "../energy/index.ts";
import {
  atPresent,
  type ControlOutput,
  type HeaterReading,
  type HeaterStatus,
  isBackup,
  targetRange,
  type LoadsOutput,
  needOf,
} from "../heat/index.ts";
import {
  type OutletView,
  type SiteExchangeView,
  type SiteView,
  type TodayVerdict,
  toMoney,
} from "../wire/index.ts";
import { eventView, iso } from "./apiViews.ts";
import { outsideView, type SeenOutside } from "./feeds/outsideView.ts";
import { outdoorAt } from "./outside.ts";
import type { RoundState } from "./round.ts";
import type { Earnings } from "./earnings.ts";
import type { SiteSetup } from "./siteSetup.ts";

export interface Seen extends SeenOutside {
  readonly tick: number;
  readonly version: string;
  readonly control: ControlOutput;
  readonly state: RoundState;
  /** The newest state that is surely kept. */
  readonly durable: Pick<RoundState, "energy" | "earnings">;
  /** The newest reading of each heater. */
  readonly readings: Readonly<Record<string, HeaterReading | undefined>>;
  readonly loads: LoadsOutput["decisions"];
  /** The newest reading of each load's plug. */
  readonly drawnByLoads: Readonly<Record<string, HeaterReading | undefined>>;
  readonly speed: number | undefined;
  /** Troubles of the hearth itself, beside those that control sees. */
  readonly alarms: readonly SiteEvent[];
  readonly exchange: SiteExchangeView | undefined;
  readonly outlets: readonly OutletView[];
}

const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** The site as the API tells it. */
export function siteView(setup: SiteSetup, seen: Seen): SiteView {
  const { energy, earnings } = seen.state;
  const today = energyToday(energy);
  return {
    name: setup.name,
    version: seen.version,
    now: iso(seen.at),
    timezone: setup.control.timezone,
    virtual: seen.speed === undefined ? null : { speed: seen.speed },
    sinks: sinkViews(setup, seen),
    heaters: heaterViews(setup, seen),
    loads: loadViews(setup, seen),
    ...outsideView(seen, setup),
    today: {
      since: iso(energy.dayStart ?? seen.at),
      energyKwh: rounded(toKwh(today.energy), 6),
      heatKwh: rounded(toKwh(today.heat), 6),
      cost: costView(setup, energy, today.cost),
      ...solarView(setup, energy, today),
      sats: earnings.sats.toFixed(6),
      jobs: jobsView(setup, earnings.tasks, earnings.jobs),
      loads: loadsTodayView(setup, seen.state.loadEnergy),
      unmeteredSeconds: rounded(today.unmetered, 1),
      energyProvenance: today.provenance ?? "estimated",
      verdict: verdictView(
        setup,
        today,
        usefulHeatOf(seen.state.ledger, energy.dayStart, today.heat),
        earnings,
      ),
    },
    total: {
      ...totalView(setup, seen.durable.energy, energyEver(seen.durable.energy)),
      sats: seen.durable.earnings.everSats.toFixed(6),
      jobs: jobsView(setup, seen.durable.earnings.everTasks, seen.durable.earnings.everJobs),
    },
    alarms: [...seen.alarms, ...seen.control.alarms].map(eventView),
    exchange: seen.exchange ?? null,
    outlets: [...seen.outlets],
    tick: seen.tick,
  };
}

/** What was kept in another currency than the tariff's now is no cost in this one. */
const costView = ({ tariff: { currency } }: SiteSetup, book: EnergyBook, cost: Micros) =>
  toMoney(book.currency === null || book.currency === currency ? cost : Micros(0n), currency);

/** Null where no meter shows what own photovoltaics leave over. */
const solarView = (setup: SiteSetup, book: EnergyBook, { solar, forgone }: EnergySum) =>
  setup.solar && setup.meter
    ? { solarKwh: rounded(toKwh(solar), 6), forgone: costView(setup, book, forgone) }
    : { solarKwh: null, forgone: null };

const loadsTodayView = (setup: SiteSetup, book: EnergyBook): SiteView["today"]["loads"] => {
  if (!setup.loads?.length) return null;
  const { energy, cost } = energyToday(book);
  return { energyKwh: rounded(toKwh(energy), 6), cost: costView(setup, book, cost) };
};

const totalView = (setup: SiteSetup, book: EnergyBook, { energy, heat, cost }: EnergySum) => ({
  energyKwh: rounded(toKwh(energy), 6),
  heatKwh: rounded(toKwh(heat), 6),
  cost: costView(setup, book, cost),
});

const jobsView = ({ tariff: { currency } }: SiteSetup, tasks: number, micros: string) => ({
  tasks,
  earned: toMoney(Micros(BigInt(micros)), currency),
});

/** What today's heating came to beside what would have heated instead; null where the owner does not say what that is. */
function verdictView(
  { economics, tariff }: SiteSetup,
  { cost, energy }: EnergySum,
  usefulHeat: Joules,
  { sats, jobs }: Pick<Earnings, "sats" | "jobs">,
): TodayVerdict | null {
  if (!economics) return null;
  const { heatInstead, bitcoinPrice } = economics;
  const revenue = Micros(worthOf(sats, bitcoinPrice ?? Micros(0n)) + BigInt(jobs));
  const verdict = verdictOn({ cost, energy, usefulHeat, revenue }, heatInstead);
  const money = (amount: Micros) => toMoney(amount, tariff.currency);
  return {
    heatInstead: counterfactualNames[heatInstead.kind],
    energyIsFree: verdict.energyIsFree,
    freeAfterHeat: verdict.freeAfterHeat,
    beatsHeatPump: verdict.beatsHeatPump,
    revenue: money(revenue),
    heatValue: money(verdict.heatValue),
    netCost: money(verdict.netCost),
    heatPumpCost: money(verdict.heatPumpCost),
    sentence: verdict.sentence,
  };
}

function sinkViews(setup: SiteSetup, { control }: Seen): SiteView["sinks"] {
  return control.sinks.map(({ id, estimate, sensor, comfort, heating }, index) => {
    const sink = setup.control.sinks[index];
    const { minC, maxC } = sink ? targetRange(sink) : { minC: comfort.target, maxC: comfort.target };
    return {
      id,
      name: setup.sinks[index]?.name ?? id,
      kind: sink?.kind ?? "room",
      temperatureC: estimate === undefined ? null : rounded(estimate, 2),
      sensor,
      comfort: {
        targetC: comfort.target,
        minC,
        maxC,
        bandK: comfort.band,
        source: comfort.source,
        until: comfort.until === undefined ? null : iso(comfort.until),
        nextTargetC: comfort.nextTarget ?? null,
      },
      heatingWatts: rounded(heating, 1),
    };
  });
}

function loadViews({ loads = [] }: SiteSetup, seen: Seen): SiteView["loads"] {
  return loads.map((load, index) => {
    const decision = seen.loads[index];
    const isEnergy = load.need.kind === "energy";
    const shown = (amount: number) => (isEnergy ? rounded(amount / 3.6e6, 3) : rounded(amount / 60, 1));
    const reading = decision?.state === "unreachable" ? undefined : seen.drawnByLoads[load.id];
    const time = (at: Instant | undefined) => (at === undefined ? null : iso(at));
    return {
      id: load.id,
      name: load.name,
      state: decision?.state ?? "waits",
      reason: decision?.reason ?? "",
      watts: reading ? rounded(reading.watts, 1) : null,
      ratedWatts: load.watts,
      unit: isEnergy ? "kWh" : "min",
      done: shown(seen.state.loads[load.id]?.done ?? 0),
      needed: shown(needOf(load)),
      from: time(decision?.window?.from),
      until: time(decision?.window?.to),
      latestStart: time(decision?.latestStart),
    };
  });
}

function heaterViews(
  setup: SiteSetup,
  { control, readings, state: { owner, control: memory }, durable, outside, at }: Seen,
): SiteView["heaters"] {
  const present = atPresent(setup.control, memory.sinks, outdoorAt(outside, at));
  return control.heaters.map(({ id, state, watts, trial, isTried, wattsDiffer, learned }, index) => {
    const heater = setup.heaters[index];
    const config = setup.control.heaters[index];
    const decision = control.decisions[index];
    const wish = control.owner.powers[id];
    const reading = state === "unreachable" ? undefined : readings[id];
    return {
      id,
      name: heater?.name ?? id,
      sinkId: config?.sink ?? "",
      driver: heater?.driverName ?? "",
      state,
      workload: reading?.workload ?? "idle",
      watts: watts === undefined ? null : rounded(watts, 1),
      provenance: reading?.provenance ?? config?.traits.provenance ?? "estimated",
      setpointWatts: decision?.setpoint.watts ?? 0,
      onlyHeats: config !== undefined && isBackup(config),
      heatPerWatt: rounded(present.heaters[index]?.heatShare ?? 0, 2),
      ownerPower: wish ? { watts: wish.watts, until: iso(wish.until) } : null,
      ownWatts: reading?.ownWatts === undefined ? null : rounded(reading.ownWatts, 1),
      wattsDiffer,
      learned: learned.map((one) => ({
        watts: one.watts,
        drawnWatts: rounded(one.drawn, 1),
        seconds: Math.round(one.seconds),
      })),
      trial: trialView(trial, isTried),
      maxWatts: config?.traits.maxWatts ?? 0,
      hashesPerSecond: reading?.hashrate ?? null,
      temperatureC: reading?.temperature ?? null,
      shares: reading?.shares ?? null,
      total: totalView(setup, durable.energy, heaterEver(durable.energy, id)),
      stoppedByOwner: owner.stoppedHeaters.some((stopped) => stopped === id),
      reason: decision?.reason ?? "",
      faults: [...(reading?.faults ?? [])],
      safeState: config?.traits.safeState.description ?? "",
    };
  });
}

function trialView({ status, powers, results }: HeaterStatus["trial"], isTried: boolean) {
  return {
    status: isTried ? ("running" as const) : status,
    powers: powers.map((watts, index) => {
      const result = results[index];
      return {
        watts,
        outcome: result?.outcome ?? ("untried" as const),
        drawnWatts: result?.drawn === undefined || result.drawn === null ? null : rounded(result.drawn, 1),
        why: result?.why ?? "",
      };
    }),
  };
}
