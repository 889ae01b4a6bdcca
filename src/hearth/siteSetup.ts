import { type HeaterId, type Micros, Seconds, type SinkId } from "../domain/index.ts";
import type { ComputingDriver, WatchedMeter } from "../drivers/index.ts";
import { type Counterfactual, type Equipment, equipmentDefaults, type Tariff } from "../energy/index.ts";
import {
  type ControlConfig,
  controlDefaults,
  type HeaterDriver,
  type LoadConfig,
  type SensorDriver,
  type SinkConfig,
  type Weather,
} from "../heat/index.ts";
import type { ExchangeConfig } from "./config/exchangeConfig.ts";
import type { OutletsConfig } from "./config/outletsConfig.ts";
import type { FeedEntry, TariffConfig } from "./config/feedsConfig.ts";
import type { PlanSettings, SolarSettings } from "./planning/askedSite.ts";
import { deviceOf } from "./deviceOf.ts";
import type { LoadEntry } from "./config/loadConfig.ts";
import type { SinkEntry } from "./config/sinkConfig.ts";
import type { SiteConfig } from "./config/siteConfig.ts";

export interface SinkSetup {
  readonly id: SinkId;
  readonly name: string;
  readonly sensor: SensorDriver;
}

export interface HeaterSetup {
  readonly id: HeaterId;
  readonly name: string;
  readonly driverName: string;
  readonly driver: ComputingDriver;
}

export interface SiteEconomics {
  readonly heatInstead: Counterfactual;
  /** Of one bitcoin. */
  readonly bitcoinPrice?: Micros | undefined;
}

/** Where figures of the world outside come from. */
export interface FeedsSetup {
  readonly prices?: FeedEntry<Micros> | undefined;
  readonly carbon?: FeedEntry<number> | undefined;
  /** Of one kWh more. */
  readonly marginal?: FeedEntry<number> | undefined;
  readonly weather?: FeedEntry<Weather> | undefined;
}

export interface LoadSetup extends LoadConfig {
  readonly name: string;
  readonly driver: HeaterDriver;
}

/** A site as the loop needs it: its devices open, its rules checked. */
export interface SiteSetup {
  readonly name: string;
  /** A market's prices are yet to be filled in. */
  readonly tariff: Tariff;
  /** Of a kWh of the grid, where no feed knows better; undefined where the owner does not say. */
  readonly gramsPerKwh?: number | undefined;
  /** The same of one kWh more. */
  readonly marginalGramsPerKwh?: number | undefined;
  readonly feeds?: FeedsSetup;
  /** What its heat is compared with; undefined where the owner does not say. */
  readonly economics?: SiteEconomics;
  readonly control: ControlConfig;
  /** What its heaters cost to buy and to make, in their order. */
  readonly equipment?: readonly Equipment[];
  /** Its own photovoltaics; undefined where it has none. */
  readonly solar?: SolarSettings | undefined;
  /** How its days are planned; undefined where they are not. */
  readonly plan?: PlanSettings | undefined;
  /** Of what the whole site draws, where there is one. */
  readonly meter?: WatchedMeter;
  readonly sinks: readonly SinkSetup[];
  readonly heaters: readonly HeaterSetup[];
  /** To whom its heaters are offered; to nobody without it. */
  readonly exchange?: ExchangeConfig | undefined;
  /** What may run at any time before a deadline. */
  readonly loads?: readonly LoadSetup[] | undefined;
  /** Who outside is told; nobody without it. */
  readonly outlets?: OutletsConfig;
}

/** A configuration as the loop needs it, with its open devices in the configuration's order. */
export function setupOf(
  config: SiteConfig,
  sensors: readonly SensorDriver[],
  drivers: readonly ComputingDriver[],
  plugs: readonly HeaterDriver[],
  meter?: WatchedMeter,
): SiteSetup {
  const heaters = config.heaters.map(({ ours, definition }, index) => ({
    id: ours.id,
    name: ours.name ?? ours.id,
    driverName: definition.name,
    driver: nth(drivers, index),
  }));
  return {
    name: config.site.name,
    tariff: tariffOf(config.site.tariff, config.site.timezone),
    gramsPerKwh: config.site.carbon?.gramsPerKwh,
    marginalGramsPerKwh: config.site.carbon?.marginal?.gramsPerKwh,
    feeds: {
      prices: config.site.tariff.market?.feed,
      carbon: config.site.carbon?.feed,
      marginal: config.site.carbon?.marginal?.feed,
      weather: config.site.weather,
    },
    ...(config.site.economics ? { economics: config.site.economics } : {}),
    control: controlOf(config, heaters),
    equipment: config.heaters.map(
      ({ ours: { purchase } }) => purchase ?? { lifeYears: equipmentDefaults.lifeYears },
    ),
    solar: config.site.solar,
    plan: config.site.plan && { ...config.site.plan, solar: config.site.solar },
    ...(meter ? { meter } : {}),
    sinks: config.sinks.map(({ id, name }, index) => ({ id, name: name ?? id, sensor: nth(sensors, index) })),
    heaters,
    exchange: config.exchange,
    loads: config.loads.map((load, index) => loadOf(load, nth(plugs, index))),
    outlets: { alarms: config.alarms, homeAssistant: config.homeAssistant },
  };
}

function loadOf({ ours }: LoadEntry, driver: HeaterDriver): LoadSetup {
  const { id, name = id, watts, kwh, minutes = 0, days, from, to, minOnMinutes, worth, plug } = ours;
  return {
    id,
    name,
    driver,
    watts,
    need:
      kwh === undefined
        ? { kind: "time", seconds: Seconds(minutes * 60) }
        : { kind: "energy", joules: kwh * 3.6e6 },
    window: { days, from, to },
    minOn: minOnMinutes,
    ...(worth === undefined ? {} : { worth: Number(worth) / 1e6 }),
    cutsWithin: Seconds(plug.ours.timerSeconds),
  };
}

function tariffOf(
  { currency, perKwh, timeOfUse, market, feedIn: paid, capacity }: TariffConfig,
  timezone: string,
): Tariff {
  const feedIn = paid?.kind === "fixed" ? ({ kind: "fixed", pricePerKwh: paid.perKwh } as const) : paid;
  const own = { currency, feedIn, capacity, pricePerKwh: perKwh };
  const entries = timeOfUse.map(({ perKwh: pricePerKwh, ...span }) => ({ ...span, pricePerKwh }));
  const weekly =
    entries.length === 0
      ? ({ kind: "fixed", ...own } as const)
      : ({ kind: "time-of-use", ...own, timezone, entries } as const);
  if (!market) return weekly;
  return {
    kind: "spot",
    currency,
    feedIn,
    capacity,
    market: [],
    surchargePerKwh: market.surchargePerKwh,
    vatPpm: Math.round(market.vatPercent * 10_000),
    otherwise: weekly,
  };
}

function nth<Driver>(drivers: readonly Driver[], index: number): Driver {
  const driver = drivers[index];
  if (driver === undefined) throw new Error(`device ${index} of the configuration was not opened`);
  return driver;
}

const plausibleOf = {
  room: controlDefaults.sensor.plausible,
  tank: controlDefaults.tank.plausible,
} as const;

function sinkOf({ name: _name, sensor, ...sink }: SinkEntry): SinkConfig {
  const { staleAfterSeconds, lostAfterSeconds, plausible = plausibleOf[sink.kind] } = sensor.ours;
  return { ...sink, sensor: { staleAfter: staleAfterSeconds, lostAfter: lostAfterSeconds, plausible } };
}

/** The control room's view of a configuration; the heaters' traits are what their drivers say. */
function controlOf(config: SiteConfig, heaters: readonly HeaterSetup[]): ControlConfig {
  return {
    timezone: config.site.timezone,
    feeder: { maxWatts: config.site.feeder.maxWatts },
    stagger: config.site.feeder.staggerSeconds,
    sinks: config.sinks.map(sinkOf),
    heaters: config.heaters.map((heater, index) => {
      const { ours } = heater;
      const { traits } = nth(heaters, index).driver;
      return {
        id: ours.id,
        sink: ours.sink,
        traits,
        minOn: ours.minOnMinutes,
        minOff: ours.minOffMinutes,
        trusted: ours.trusted,
        maxStartsPerHour: ours.maxStartsPerHour,
        quiet: ours.quiet,
        priceCeiling: ours.maxPricePerKwh === undefined ? undefined : Number(ours.maxPricePerKwh) / 1e6,
        limits: { deviceMaxC: ours.maxDeviceC },
        heatShare: ours.heatShare,
        device: deviceOf(heater),
      };
    }),
  };
}
