import { HearthworkError, minutesOf, requireTimezone } from "../domain/index.ts";
import type { ControlConfig, SinkConfig } from "./controlConfig.ts";
import { type ControlState, newSink } from "./controlState.ts";
import { strangeHeater } from "./heaterMemory.ts";

/**
 * Before the first round: nothing is known, every heater counts as just switched off.
 * @throws {HearthworkError} `control/impossible`, `time/unknown-zone`, `comfort/not-a-time`.
 */
export function initialControl(config: ControlConfig): ControlState {
  requireSound(config);
  return {
    version: 1,
    at: null,
    sinks: Object.fromEntries(config.sinks.map(({ id }) => [id, newSink()])),
    heaters: Object.fromEntries(config.heaters.map((heater) => [heater.id, strangeHeater(heater)])),
    sinceStart: 0,
    mains: null,
    open: [],
  };
}

/** What makes a sink impossible to control, in words; empty when nothing does. */
export function sinkProblems({ limits, comfort }: Pick<SinkConfig, "limits" | "comfort">): readonly string[] {
  const { minC, maxC } = limits;
  if (minC + 2 * comfort.bandK < maxC) return [];
  return [
    `its limits ${minC} to ${maxC} °C leave no room for a target; they have to be more than ${2 * comfort.bandK} K apart`,
  ];
}

function requireSound({ timezone, sinks, heaters }: ControlConfig): void {
  requireTimezone(timezone);
  for (const { comfort, limits, id } of sinks) {
    for (const { from, to } of comfort.entries) [from, to].map(minutesOf);
    const [problem] = sinkProblems({ limits, comfort });
    if (problem !== undefined) throw impossible(`sink ${id}: ${problem}`);
  }
  const [sinkIds, heaterIds] = [sinks, heaters].map((things) => things.map(({ id }) => id as string));
  for (const ids of [sinkIds, heaterIds]) {
    const twice = ids?.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw impossible(`"${twice}" is configured twice; give each its own id`);
  }
  for (const { id, sink, traits } of heaters) {
    if (!sinkIds?.includes(sink))
      throw impossible(`heater ${id} heats "${sink}", which is no configured sink`);
    if (!(traits.maxWatts >= traits.idleWatts)) throw impossible(`heater ${id} draws more idle than at most`);
  }
}

const impossible = (message: string) => new HearthworkError({ code: "control/impossible", message });
