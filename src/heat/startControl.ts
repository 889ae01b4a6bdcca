import { HearthworkError, minutesOf, requireTimezone } from "../domain/index.ts";
import type { ControlConfig, SinkConfig, TankSink } from "./controlConfig.ts";
import { type ControlState, newSink } from "./controlState.ts";
import { disinfectionOverK } from "./disinfection.ts";
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
export function sinkProblems({ limits, comfort, ...sink }: ProblemSink): readonly string[] {
  const { minC, maxC } = limits;
  const { bandK } = comfort;
  if (minC + 2 * bandK >= maxC) {
    return [
      `its limits ${minC} to ${maxC} °C leave no room for a target; they have to be more than ${2 * bandK} K apart`,
    ];
  }
  const disinfectC = sink.disinfection ? sink.disinfection.celsius + disinfectionOverK : -Infinity;
  if (disinfectC + bandK <= maxC) return [];
  return [
    `maxC of ${maxC} °C leaves no room to disinfect it: ${disinfectC} °C and its band of ${bandK} K have to lie below`,
  ];
}

type ProblemSink = Pick<SinkConfig, "limits" | "comfort"> & Partial<Pick<TankSink, "disinfection">>;

function requireSound({ timezone, sinks, heaters }: ControlConfig): void {
  requireTimezone(timezone);
  for (const sink of sinks) {
    const { comfort, id } = sink;
    for (const { from, to } of comfort.entries) [from, to].map(minutesOf);
    const [problem] = sinkProblems(sink);
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
