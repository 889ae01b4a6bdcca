import type { Celsius } from "../domain/index.ts";
import { heatPumpCop } from "./backups/heatPump.ts";
import type { ControlConfig, SinkConfig } from "./controlConfig.ts";
import type { ControlState } from "./controlState.ts";
import { assumedOutdoor } from "./estimate.ts";
import type { HeaterTraits, PumpPerformance } from "./heater.ts";

/** Of damp air; of the ground, °C, which hardly changes. */
const humidity = 0.8;
const groundC = 8;
/** The water that heats a tank is so much warmer than what is in it, K. */
const overTankK = 5;

/** The hottest that a heater makes a tank, °C; it has no bound of its own unless it is a heat pump. */
export const tankReach = ({ performance }: Pick<HeaterTraits, "performance">): number =>
  performance ? performance.maxSinkC - overTankK : Infinity;

/**
 * Heat per electricity of a heat pump for a sink of this temperature; beyond its reach, that of the warmest water.
 * Ruhnau, Hirth & Praktiknjo (2019), see `heatPumpCop`.
 */
export function pumpPerformance(
  { source, supplyC, maxSinkC }: PumpPerformance,
  sink: SinkConfig,
  temperature: number,
  outdoor: number = assumedOutdoor,
): number {
  const wantedC = sink.kind === "tank" ? Math.max(supplyC, temperature + overTankK) : supplyC;
  const sinkC = Math.min(maxSinkC, wantedC);
  const sourceC = source === "air" ? outdoor : groundC;
  return heatPumpCop({ source }, { sourceC, relativeHumidity: humidity, sinkC });
}

/** The same site with what each heat pump gives now for a watt as the share of its power that ends as heat. */
export function atPresent(
  config: ControlConfig,
  sinks: ControlState["sinks"],
  outdoor: Celsius | undefined,
): ControlConfig {
  if (!config.heaters.some(({ traits }) => traits.performance)) return config;
  const heaters = config.heaters.map((heater) => {
    const { performance } = heater.traits;
    const sink = config.sinks.find(({ id }) => id === heater.sink);
    if (!performance || !sink) return heater;
    const temperature = sinks[sink.id]?.estimate.mean?.[0] ?? sink.comfort.setBackC;
    return {
      ...heater,
      heatShare: heater.heatShare * pumpPerformance(performance, sink, temperature, outdoor),
    };
  });
  return { ...config, heaters };
}
