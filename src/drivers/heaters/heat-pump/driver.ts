import type { HeaterDefinition } from "../../definition.ts";
import { openPlainLoad, plainTraits } from "../plug/driver.ts";
import { type HeatPumpConfig, heatPumpSchema } from "./config.ts";

const loadOf = ({ source, supplyC, maxSinkC, idleWatts }: HeatPumpConfig) =>
  ({ workload: "heating", idleWatts, performance: { source, supplyC, maxSinkC } }) as const;

/**
 * A heat pump that runs at its own power whenever it is let. Its plug, the entry's section `plug`, switches and meters
 * it. Without that section it is refused.
 */
export const heatPump: HeaterDefinition<HeatPumpConfig> = {
  name: "heat-pump",
  summary: "A backup that makes more heat than it draws, switched and metered by a plug",
  config: heatPumpSchema,
  traits: (config) => plainTraits(config, loadOf(config)),
  mute: true,
  open: (config, context) => Promise.resolve(openPlainLoad(config, context, loadOf(config))),
};
