import { HearthworkError, type HeaterId, type Micros, type SinkId } from "../domain/index.ts";
import type { WatchedMeter } from "../drivers/index.ts";
import type { Counterfactual, Tariff } from "../energy/index.ts";
import { type ControlConfig, type HeaterDriver, type SensorDriver, siteProblems } from "../heat/index.ts";
import type { OutletsConfig } from "./config/outletsConfig.ts";
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
  readonly driver: HeaterDriver;
}

export interface SiteEconomics {
  readonly heatInstead: Counterfactual;
  /** Of one bitcoin. */
  readonly bitcoinPrice?: Micros | undefined;
}

/** A site as the loop needs it: its devices open, its rules checked. */
export interface SiteSetup {
  readonly name: string;
  readonly tariff: Tariff;
  /** What its heat is compared with; undefined where the owner does not say. */
  readonly economics?: SiteEconomics;
  readonly control: ControlConfig;
  /** Of what the whole site draws, where there is one. */
  readonly meter?: WatchedMeter;
  readonly sinks: readonly SinkSetup[];
  readonly heaters: readonly HeaterSetup[];
  /** Who outside is told; nobody without it. */
  readonly outlets?: OutletsConfig;
}

/** @throws {HearthworkError} `site/unsafe` when its heaters together are not safe, each by itself though they may be. */
function refuseUnsafeSite(control: ControlConfig): void {
  const problems = siteProblems(control);
  if (problems.length === 0) return;
  throw new HearthworkError({ code: "site/unsafe", message: problems.join("; ") });
}

/** A configuration as the loop needs it, with its open devices in the configuration's order. */
export function setupOf(
  config: SiteConfig,
  sensors: readonly SensorDriver[],
  drivers: readonly HeaterDriver[],
  meter?: WatchedMeter,
): SiteSetup {
  const heaters = config.heaters.map(({ ours, definition }, index) => ({
    id: ours.id,
    name: ours.name ?? ours.id,
    driverName: definition.name,
    driver: nth(drivers, index),
  }));
  const control = controlOf(config, heaters);
  refuseUnsafeSite(control);
  return {
    name: config.site.name,
    tariff: {
      kind: "fixed",
      currency: config.site.tariff.currency,
      pricePerKwh: config.site.tariff.perKwh,
    },
    ...(config.site.economics ? { economics: config.site.economics } : {}),
    control,
    ...(meter ? { meter } : {}),
    sinks: config.sinks.map(({ id, name }, index) => ({ id, name: name ?? id, sensor: nth(sensors, index) })),
    heaters,
    outlets: { alarms: config.alarms, homeAssistant: config.homeAssistant },
  };
}

function nth<Driver>(drivers: readonly Driver[], index: number): Driver {
  const driver = drivers[index];
  if (driver === undefined) throw new Error(`device ${index} of the configuration was not opened`);
  return driver;
}

/** The control room's view of a configuration; the heaters' traits are what their drivers say. */
function controlOf(config: SiteConfig, heaters: readonly HeaterSetup[]): ControlConfig {
  return {
    timezone: config.site.timezone,
    feeder: { maxWatts: config.site.feeder.maxWatts },
    stagger: config.site.feeder.staggerSeconds,
    sinks: config.sinks.map(({ id, kind, comfort, limits, model, fallback, sensor }) => ({
      id,
      kind,
      comfort,
      limits,
      model,
      fallback,
      sensor: {
        staleAfter: sensor.ours.staleAfterSeconds,
        lostAfter: sensor.ours.lostAfterSeconds,
        plausible: sensor.ours.plausible,
      },
    })),
    heaters: config.heaters.map(({ ours }, index) => {
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
        limits: { deviceMaxC: ours.maxDeviceC },
        heatShare: ours.heatShare,
      };
    }),
  };
}
