import type { HeaterId, Micros, SinkId } from "../domain/index.ts";
import type { DriverContext } from "../drivers/index.ts";
import type { Counterfactual, Tariff } from "../energy/index.ts";
import type { ControlConfig, HeaterDriver, SensorDriver } from "../heat/index.ts";
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
  readonly sinks: readonly SinkSetup[];
  readonly heaters: readonly HeaterSetup[];
}

/**
 * Opens every device that a configuration names.
 * @throws {HearthworkError} what a driver throws that cannot be opened, or that nobody would stop if the hearth died
 * (`driver/unsafe`). Devices that were opened before are closed.
 */
export async function openSite(
  config: SiteConfig,
  contextOf: (subject: string) => DriverContext,
): Promise<SiteSetup> {
  const opened: (HeaterDriver | SensorDriver)[] = [];
  const keep = <D extends HeaterDriver | SensorDriver>(driver: D): D => {
    opened.push(driver);
    return driver;
  };
  try {
    const sinks = [];
    for (const { id, name, sensor } of config.sinks) {
      const driver = keep(await sensor.definition.open(sensor.driverConfig, contextOf(id)));
      sinks.push({ id, name: name ?? id, sensor: driver });
    }
    const heaters = [];
    for (const { ours, definition, driverConfig } of config.heaters) {
      const driver = keep(await definition.open(driverConfig, contextOf(ours.id)));
      heaters.push({ id: ours.id, name: ours.name ?? ours.id, driverName: definition.name, driver });
    }
    return {
      name: config.site.name,
      tariff: {
        kind: "fixed",
        currency: config.site.tariff.currency,
        pricePerKwh: config.site.tariff.perKwh,
      },
      ...(config.site.economics ? { economics: config.site.economics } : {}),
      control: controlOf(config, heaters),
      sinks,
      heaters,
    };
  } catch (thrown) {
    await Promise.allSettled(opened.map((driver) => driver.close()));
    throw thrown;
  }
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
      const traits = heaters[index]?.driver.traits;
      if (!traits) throw new Error(`heater ${ours.id} was not opened`);
      return {
        id: ours.id,
        sink: ours.sink,
        traits,
        minOn: ours.minOnMinutes,
        minOff: ours.minOffMinutes,
        maxStartsPerHour: ours.maxStartsPerHour,
        quiet: ours.quiet,
        limits: { deviceMaxC: ours.maxDeviceC },
        heatShare: ours.heatShare,
      };
    }),
  };
}

/** Lets go of every device; heaters end in their safe state. */
export async function closeDevices({ heaters, sinks }: SiteSetup): Promise<void> {
  await Promise.allSettled(heaters.map(async ({ driver }) => driver.close()));
  await Promise.allSettled(sinks.map(async ({ sensor }) => sensor.close()));
}
