import { z } from "zod";
import { Instant, type SiteEvent } from "../domain/index.ts";
import { type BlindRest, mostBlindTries, noBlindRest } from "./blindRest.ts";
import type { ControlConfig, HeaterConfig } from "./controlConfig.ts";
import type { ControlState, SinkMemory } from "./controlState.ts";
import { noDifference } from "./differ.ts";
import { doubtedEstimate } from "./estimate.ts";
import { type HeaterMemory, strangeHeater } from "./heaterMemory.ts";
import { keptPowers, mostLearnedPowers } from "./learned.ts";
import { mostRepeats } from "./obey.ts";
import { mostOverdraw } from "./observe.ts";
import { initialControl } from "./startControl.ts";
import { mostStarts, noStarts, type StartMemory } from "./starts.ts";
import { stepsOf } from "./steps.ts";
import type { ResponseMemory } from "./response.ts";
import type { Standstill } from "./standstill.ts";
import { sensorDoubts, type TankAnswer } from "./tankAnswer.ts";
import { idleThermostat } from "./thermostat.ts";
import { keptTrial, skippedTrial, type TrialMemory } from "./trial.ts";

/**
 * What to go on with after a restart, when nobody knows how long it took. Temperatures are guesses that nothing heats
 * by until a sensor speaks; how long it has been silent is kept. A heater that had to run and is found running is kept,
 * any other counts as just switched off. `kept` is what a store gave, also by an earlier version: what is not understood
 * of it is forgotten.
 */
export function restoredControl(config: ControlConfig, kept: unknown): ControlState {
  const fresh = initialControl(config);
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success) return fresh;
  const sinks = Object.entries(fresh.sinks).map(([id, sink]) => {
    const before = parsed.data.sinks[id];
    return [id, before ? restoredSink(before) : sink] as const;
  });
  const heaters = config.heaters.map((heater) => {
    const before = parsed.data.heaters[heater.id];
    return [heater.id, before ? restoredHeater(heater, before) : strangeHeater(heater)] as const;
  });
  return {
    ...fresh,
    sinks: Object.fromEntries(sinks),
    heaters: Object.fromEntries(heaters),
    open: parsed.data.open,
  };
}

const number = z.number();
const standstillSchema = z.object({
  value: number,
  digit: number.positive(),
  heat: number,
  least: number,
  air: number,
  fabric: number,
  isStuck: z.boolean(),
}) satisfies z.ZodType<Standstill>;
const responseSchema = z.object({
  low: number,
  high: number,
  joules: number,
}) satisfies z.ZodType<ResponseMemory>;
const answerSchema = z.object({
  low: number,
  high: number,
  gained: number,
  lost: number,
  from: number,
  unanswered: number,
  doubt: z.enum(sensorDoubts),
}) satisfies z.ZodType<TankAnswer>;
const keptSinkSchema = z.object({
  estimate: z.object({
    mean: z.tuple([number, number, number]).nullable(),
    sensor: z.object({ unbelievedFor: number.min(0).catch(0) }).catch({ unbelievedFor: 0 }),
  }),
  thermostat: z.object({ integral: number.nullable() }),
  tooHot: z.boolean(),
  response: responseSchema.nullable().catch(null),
  standstill: standstillSchema.nullable().catch(null),
  answer: answerSchema.nullable().catch(null),
  frost: z.object({ warmest: number, stalledFor: number }).nullable().catch(null),
  disinfection: z
    .object({
      heldSeconds: number,
      sinceSeconds: number.min(0),
      seenAt: number.transform(Instant).nullable(),
      isDue: z.boolean(),
    })
    .nullable()
    .catch(null),
});
const eventSchema = z.object({
  at: number.transform(Instant),
  level: z.enum(["info", "warning", "alarm"]),
  code: z.string(),
  subject: z.string(),
  message: z.string(),
}) satisfies z.ZodType<SiteEvent>;
const trialSchema = z
  .object({
    status: z.enum(["waiting", "proven", "failed", "skipped"]),
    asked: z.boolean(),
    device: z.string().nullable().catch(null),
    powers: z.array(number),
    results: z.array(
      z.object({
        watts: number,
        outcome: z.enum(["proven", "failed"]),
        drawn: number.nullable(),
        why: z.string(),
      }),
    ),
  })
  .transform((trial): TrialMemory => ({ ...trial, watched: 0, joules: 0 }));
const keptHeaterSchema = z.object({
  setpoint: z.object({ watts: number }),
  overdraw: number.min(1).max(mostOverdraw).catch(1),
  tooHot: z.boolean().catch(false),
  unwatchedFor: number.min(0).nullable().catch(null),
  blindRest: z
    .object({ tries: number.int().min(0).max(mostBlindTries) })
    .transform(({ tries }): BlindRest => ({ ...noBlindRest, tries }))
    .catch(noBlindRest),
  starts: z
    .object({ ages: z.array(number.min(0)).max(mostStarts) })
    .transform(({ ages }): StartMemory => ({ ...noStarts, ages }))
    .catch(noStarts),
  repeats: number.int().min(0).max(mostRepeats).catch(0),
  hot: z.boolean().catch(false),
  differ: z
    .object({ differs: z.boolean() })
    .transform(({ differs }) => ({ ...noDifference, differs }))
    .catch(noDifference),
  learned: z
    .array(z.object({ watts: number.positive(), drawn: number.min(0), seconds: number.min(0) }))
    .max(mostLearnedPowers)
    .catch([]),
  trial: trialSchema.nullish().catch(null),
});
type KeptHeater = z.output<typeof keptHeaterSchema>;

const keptSchema = z.object({
  version: z.literal(1),
  sinks: z.record(z.string(), keptSinkSchema),
  heaters: z.record(z.string(), keptHeaterSchema),
  open: z.array(eventSchema),
});

function restoredSink(kept: z.output<typeof keptSinkSchema>): SinkMemory {
  const { estimate, thermostat, disinfection, ...lasting } = kept;
  return {
    ...lasting,
    estimate: doubtedEstimate(estimate, estimate.sensor.unbelievedFor),
    thermostat: { ...idleThermostat(), integral: thermostat.integral },
    guard: "plan",
    shortFor: 0,
    // Whether it stayed hot while nobody looked is not known.
    disinfection: disinfection && { ...disinfection, heldSeconds: 0 },
  };
}

/** A heater that ran before there were trials is believed. */
function restoredHeater(config: HeaterConfig, { setpoint, trial, ...lasting }: KeptHeater): HeaterMemory {
  const fresh = strangeHeater(config);
  const kept = trial === undefined ? skippedTrial(config.traits) : (trial ?? fresh.trial);
  return {
    ...fresh,
    ...lasting,
    learned: keptPowers(lasting.learned, stepsOf(config.traits)),
    strange: setpoint.watts !== 0,
    trial: keptTrial(config, kept),
  };
}
