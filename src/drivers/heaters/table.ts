import { openedRefusals, refuseUnsafe, traitRefusals } from "../checkTraits.ts";
import { driverTable, type HeaterDefinition } from "../definition.ts";
import { type MeterSection, withMeter } from "../meters/meteredHeater.ts";
import { behindPlug, type PlugSection } from "../plugs/behindPlug.ts";
import { avalon } from "./avalon/driver.ts";
import { axeos } from "./axeos/driver.ts";
import { braiins } from "./braiins/driver.ts";
import { heatPump } from "./heat-pump/driver.ts";
import { plug } from "./plug/driver.ts";
import { resistive } from "./resistive/driver.ts";
import { thisComputer } from "./this-computer/driver.ts";

const kinds = driverTable<HeaterDefinition>([
  thisComputer,
  braiins,
  axeos,
  avalon,
  plug,
  resistive,
  heatPump,
]);

/** Every heater that hearth.yaml can name. One that names nobody who makes it safe is not opened. */
export const heaterDrivers = driverTable(Object.values(kinds).map(openedSafely));

/** The same kind of heater behind a plug, which is then who makes it safe. */
export const heaterBehindPlug = (
  heater: HeaterDefinition,
  section: PlugSection,
  meter?: MeterSection,
): HeaterDefinition => openedSafely(behindPlug(kinds[heater.name] ?? heater, section, meter));

/** The same kind of heater, whose watts a meter tells. */
export const heaterWithMeter = (heater: HeaterDefinition, section: MeterSection): HeaterDefinition =>
  openedSafely(withMeter(kinds[heater.name] ?? heater, section));

/** The same kind of heater, refused when its traits are not sane: before it is touched, and by its own word after. */
export function openedSafely<Config>(definition: HeaterDefinition<Config>): HeaterDefinition<Config> {
  const { name } = definition;
  const refusals = (config: Config) => [
    ...(definition.refusals?.(config) ?? []),
    ...traitRefusals(definition.traits(config)),
  ];
  return {
    ...definition,
    refusals,
    async open(config, context) {
      refuseUnsafe(name, refusals(config));
      const driver = await definition.open(config, context);
      try {
        refuseUnsafe(name, openedRefusals(driver.traits, definition.traits(config)));
      } catch (error) {
        await driver.close();
        throw error;
      }
      return driver;
    },
  };
}
