import type { HeaterId } from "../domain/index.ts";
import type { ComputingDriver, DriverContext } from "../drivers/index.ts";
import type { SiteConfig } from "../hearth/index.ts";
import type { HeaterDriver } from "../heat/index.ts";

/** A site whose heaters' drivers are put behind what `wrap` makes of each, by its definition's name. */
export function eachDriver(
  config: SiteConfig,
  wrap: (driver: HeaterDriver, name: string, context: DriverContext) => HeaterDriver,
): SiteConfig {
  return {
    ...config,
    heaters: config.heaters.map((heater) => ({
      ...heater,
      definition: {
        ...heater.definition,
        open: async (driverConfig, context) =>
          wrap(await heater.definition.open(driverConfig, context), heater.definition.name, context),
      },
    })),
  };
}

/** A site whose heaters are what `open` makes of each, whatever device its entry names. */
export const eachHeater = (config: SiteConfig, open: (id: HeaterId) => ComputingDriver): SiteConfig => ({
  ...config,
  heaters: config.heaters.map((heater) => ({
    ...heater,
    definition: { ...heater.definition, open: async () => open(heater.ours.id) },
  })),
});

/** A driver whose every call to its device passes through `around`. */
export const throughCalls = (
  driver: HeaterDriver,
  around: <T>(call: Promise<T>) => Promise<T>,
): HeaterDriver => ({
  traits: driver.traits,
  read: (signal) => around(driver.read(signal)),
  apply: (setpoint, signal) => around(driver.apply(setpoint, signal)),
  close: () => driver.close(),
  leave: () => driver.leave(),
});
