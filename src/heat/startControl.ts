import { z } from "zod";
import { HearthworkError, Instant, type SiteEvent } from "../domain/index.ts";
import type { ControlConfig, SinkConfig } from "./controlConfig.ts";
import { type ControlState, newSink, type SinkMemory } from "./controlState.ts";
import { doubtedEstimate } from "./estimate.ts";
import { strangeHeater } from "./heaterMemory.ts";
import { requireTimezone } from "./localTime.ts";
import { mostOverdraw } from "./observe.ts";
import { mostStarts, noStarts, type StartMemory } from "./starts.ts";
import { idleThermostat } from "./thermostat.ts";
import { minutesOf } from "./weekly.ts";

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
    heaters: Object.fromEntries(config.heaters.map(({ id }) => [id, strangeHeater()])),
    sinceStart: 0,
    open: [],
  };
}

/**
 * What to go on with after a restart, when nobody knows how long it took. Temperatures are guesses that nothing heats
 * by until a sensor speaks; how long it has been silent is kept. A heater that had to run and is found running is kept, any other counts as just switched off. `kept` is what
 * a store gave: what is not understood of it is forgotten.
 */
export function restoredControl(config: ControlConfig, kept: unknown): ControlState {
  const fresh = initialControl(config);
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success) return fresh;
  const sinks = Object.entries(fresh.sinks).map(([id, sink]) => {
    const before = parsed.data.sinks[id];
    return [id, before ? restoredSink(before) : sink] as const;
  });
  const heaters = Object.entries(fresh.heaters).map(([id, heater]) => {
    const before = parsed.data.heaters[id];
    if (!before) return [id, heater] as const;
    const { setpoint, ...lasting } = before;
    return [id, { ...heater, ...lasting, strange: setpoint.watts !== 0 }] as const;
  });
  return {
    ...fresh,
    sinks: Object.fromEntries(sinks),
    heaters: Object.fromEntries(heaters),
    open: parsed.data.open,
  };
}

const number = z.number();
const keptSinkSchema = z.object({
  estimate: z.object({
    mean: z.tuple([number, number, number]).nullable(),
    sensor: z.object({ unbelievedFor: number.min(0).catch(0) }).catch({ unbelievedFor: 0 }),
  }),
  thermostat: z.object({ integral: number.nullable() }),
  tooHot: z.boolean(),
  frost: z.object({ warmest: number, stalledFor: number }).nullable().catch(null),
});
const eventSchema = z.object({
  at: number.transform(Instant),
  level: z.enum(["info", "warning", "alarm"]),
  code: z.string(),
  subject: z.string(),
  message: z.string(),
}) satisfies z.ZodType<SiteEvent>;
const keptHeaterSchema = z.object({
  setpoint: z.object({ watts: number }),
  overdraw: number.min(1).max(mostOverdraw).catch(1),
  tooHot: z.boolean().catch(false),
  unwatchedFor: number.min(0).nullable().catch(null),
  starts: z
    .object({ ages: z.array(number.min(0)).max(mostStarts) })
    .transform(({ ages }): StartMemory => ({ ...noStarts, ages }))
    .catch(noStarts),
});
const keptSchema = z.object({
  version: z.literal(1),
  sinks: z.record(z.string(), keptSinkSchema),
  heaters: z.record(z.string(), keptHeaterSchema),
  open: z.array(eventSchema),
});

function restoredSink({ estimate, thermostat, tooHot, frost }: z.output<typeof keptSinkSchema>): SinkMemory {
  return {
    estimate: doubtedEstimate(estimate, estimate.sensor.unbelievedFor),
    thermostat: { ...idleThermostat(), integral: thermostat.integral },
    tooHot,
    frost,
    response: null,
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
