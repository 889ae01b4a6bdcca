import { plainLoadSchema, type PlainLoadConfig } from "../plug/config.ts";
import type { HeaterDefinition } from "../../definition.ts";
import { openPlainLoad, plainTraits } from "../plug/driver.ts";

const heats = { workload: "heating" } as const;

/**
 * What heats and computes nothing: an immersion heater, an oil radiator. Its plug, the entry's section `plug`, switches
 * and meters it. Without that section it is refused.
 */
export const resistive: HeaterDefinition<PlainLoadConfig> = {
  name: "resistive",
  summary: "A backup that only heats, such as an immersion heater or a radiator, behind a metered plug",
  config: plainLoadSchema,
  traits: (config) => plainTraits(config, heats),
  mute: true,
  open: (config, context) => Promise.resolve(openPlainLoad(config, context, heats)),
};
