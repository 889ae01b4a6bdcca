import { isDeepStrictEqual } from "node:util";
import {
  type ComputingDriver,
  type DriverContext,
  type MeterSection,
  type PlugSection,
  watchMeter,
  type WatchedMeter,
} from "../drivers/index.ts";
import type { HeaterDriver, Replaced, SensorDriver } from "../heat/index.ts";
import type { SiteConfig } from "./config/siteConfig.ts";
import { type SiteSetup, setupOf } from "./siteSetup.ts";

/** What becomes of a site's devices when it goes on by another configuration. */
export interface DeviceChange {
  readonly setup: SiteSetup;
  /** Devices behind the same id that are others. */
  readonly replaced: Replaced;
  /** The devices of this change are the site's from now on. */
  keep(): void;
  /** Lets go of what was opened for it. `safely` brings heaters to their safe state first. */
  discard(safely: boolean): Promise<void>;
}

/** A site's open devices. One that is configured as before stays open and is handed on, untouched. */
export interface DevicePool {
  /**
   * Opens what a configuration names and is not open yet. Nothing is closed, nothing is switched.
   * @throws {HearthworkError} what a driver throws that cannot be opened, or that nobody would stop if the hearth died
   * (`driver/unsafe`); what was opened before it is let go of, after a stop when the pool was empty.
   */
  prepare(config: SiteConfig): Promise<DeviceChange>;
}

interface Device<Driver> {
  /** All that it was opened by. */
  readonly identity: unknown;
  readonly driver: Driver;
}

/** Devices by the ids of their entries; a sensor has its sink's. */
interface Devices {
  readonly sensors: ReadonlyMap<string, Device<SensorDriver>>;
  readonly heaters: ReadonlyMap<string, Device<ComputingDriver>>;
  readonly meters: ReadonlyMap<string, Device<WatchedMeter>>;
  readonly loads: ReadonlyMap<string, Device<HeaterDriver>>;
}

interface Entry<Driver> {
  readonly id: string;
  readonly definition: {
    readonly name: string;
    open(config: unknown, context: DriverContext): Promise<Driver>;
  };
  readonly driverConfig: unknown;
  /** The plug that a heater hangs on is a part of it, and so is its meter. */
  readonly plug?: PlugSection | undefined;
  readonly meter?: MeterSection | undefined;
}

type AnyDevice = ComputingDriver | SensorDriver | WatchedMeter;

const siteMeterId = "site";
const watched = ({ definition, driverConfig }: MeterSection): Entry<WatchedMeter> => ({
  id: siteMeterId,
  driverConfig,
  definition: {
    name: definition.name,
    open: async (config, context) => watchMeter(await definition.open(config, context), context.clock),
  },
});

export function devicePool(contextOf: (subject: string) => DriverContext): DevicePool {
  let open: Devices = { sensors: new Map(), heaters: new Map(), meters: new Map(), loads: new Map() };

  return {
    async prepare(config) {
      const fresh: AnyDevice[] = [];
      const isFirst = open.sensors.size + open.heaters.size === 0;
      const take = async <Driver extends AnyDevice>(
        entries: readonly Entry<Driver>[],
        before: ReadonlyMap<string, Device<Driver>>,
      ) => {
        const devices = new Map<string, Device<Driver>>();
        for (const entry of entries) {
          const known = before.get(entry.id);
          const identity = identityOf(entry);
          if (known && isDeepStrictEqual(known.identity, identity)) devices.set(entry.id, known);
          else {
            const driver = await entry.definition.open(entry.driverConfig, contextOf(entry.id));
            fresh.push(driver);
            devices.set(entry.id, { identity, driver });
          }
        }
        return devices;
      };
      const discard = async (safely: boolean) => {
        await Promise.allSettled(fresh.map((driver) => letGo(driver, safely)));
      };
      try {
        const sensors = await take(
          config.sinks.map(({ id, sensor }) => ({ id, ...sensor })),
          open.sensors,
        );
        const heaters = await take(
          config.heaters.map(({ ours: { id, plug, meter }, ...entry }) => ({ id, plug, meter, ...entry })),
          open.heaters,
        );
        const loads = await take(
          config.loads.map(({ ours: { id, plug }, ...entry }) => ({ id, plug, ...entry })),
          open.loads,
        );
        const meters = await take(config.site.meter ? [watched(config.site.meter)] : [], open.meters);
        return {
          setup: setupOf(
            config,
            driversOf(sensors),
            driversOf(heaters),
            driversOf(loads),
            meters.get(siteMeterId)?.driver,
          ),
          replaced: {
            sinks: replacedIn(open.sensors, sensors),
            heaters: replacedIn(open.heaters, heaters),
          },
          keep: () => (open = { sensors, heaters, meters, loads }),
          discard,
        };
      } catch (thrown) {
        await discard(isFirst);
        throw thrown;
      }
    },
  };
}

const identityOf = ({ definition, driverConfig, plug, meter }: Entry<unknown>) => [
  definition.name,
  driverConfig,
  plug && [plug.definition.name, plug.driverConfig, plug.ours],
  meter && [meter.definition.name, meter.driverConfig],
];

/** A heater that was only opened, beside one that runs, is left as it is: it may be the same device. */
async function letGo(driver: AnyDevice, safely: boolean): Promise<void> {
  if ("leave" in driver && !safely) await driver.leave();
  else await driver.close();
}

const driversOf = <Driver>(devices: ReadonlyMap<string, Device<Driver>>) =>
  [...devices.values()].map(({ driver }) => driver);

function replacedIn<Driver>(
  before: ReadonlyMap<string, Device<Driver>>,
  after: ReadonlyMap<string, Device<Driver>>,
): ReadonlySet<string> {
  const ids = [...after].filter(([id, device]) => before.has(id) && before.get(id)?.driver !== device.driver);
  return new Set(ids.map(([id]) => id));
}
