import { z } from "zod";
import type { Seconds } from "../../domain/index.ts";
import { jsonPathSchema } from "../jsonPath.ts";
import {
  type Awaiting,
  awaitingHttp,
  awaitingMqtt,
  httpQuestionSchema,
  mqttAskSchema,
  mqttTellSchema,
  pathsOf,
  placeOf,
  plainMeterKeys,
  plainMeterRow,
  type PlainMeter,
  type PlainValue,
  plainValue,
} from "../rows/plain.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { httpQuestions } from "../transports/httpQuestions.ts";
import { mqttQuestions } from "../transports/mqttQuestions.ts";
import type { PlugDefinition } from "./definition.ts";
import { openPlug } from "./openPlug.ts";
import type { PlugRow, Setting } from "./plugRow.ts";

const placeholder = "{seconds}";

/** The keys of a plug whose questions are written like `ask`, and what it is told like `tell`. */
function plainPlugKeys<Ask extends z.ZodType, Tell extends z.ZodType>(ask: Ask, tell: Tell) {
  return {
    ...plainMeterKeys(ask),
    on: plainValue(ask).describe("Whether it is on: true and false, on and off, 1 and 0"),
    timer: plainValue(ask)
      .optional()
      .describe("What is left of its off-timer, in seconds; 0 when it does not run"),
    arm: z
      .array(tell)
      .min(1)
      .max(4)
      .refine((told) => JSON.stringify(told).includes(placeholder), `must hold ${placeholder}: its off-timer`)
      .describe(`Told in this order: on, and off by itself in ${placeholder}`),
    cut: z.array(tell).min(1).max(4),
    powerOn: z
      .strictObject({
        ask,
        at: jsonPathSchema.optional(),
        off: z.union([z.string().max(100), z.number(), z.boolean()]),
        set: z.array(tell).min(1).max(4),
      })
      .describe(
        "What it does when the mains come back: how to ask, what it says when it stays off, how to set that",
      ),
  };
}

interface PlainPlug<Question> extends PlainMeter<Question> {
  readonly on: PlainValue<Question>;
  readonly timer?: PlainValue<Question> | undefined;
  readonly arm: readonly Question[];
  readonly cut: readonly Question[];
  readonly powerOn: PlainValue<Question> & { readonly off: Setting; readonly set: readonly Question[] };
}

function plainPlugRow<Question>(plug: PlainPlug<Question>, awaiting: Awaiting<Question>): PlugRow<Question> {
  const { on, timer, powerOn } = plug;
  return {
    ...plainMeterRow(plug, awaiting, [on, ...(timer ? [timer] : [])]),
    on: placeOf(on),
    timer: timer && { ...placeOf(timer), unit: "seconds" },
    arm: (seconds) => plug.arm.map((told) => filledIn(told, seconds)),
    cut: plug.cut,
    settings: {
      ask: awaiting(powerOn.ask, pathsOf(powerOn)),
      safe: [{ paths: pathsOf(powerOn), is: powerOn.off }],
      set: powerOn.set,
    },
  };
}

/** Puts the seconds in place of their placeholder, anywhere in what is told. */
function filledIn<T>(told: T, seconds: Seconds): T {
  const number = String(Math.round(seconds));
  if (typeof told === "string") {
    return (told === placeholder ? Number(number) : told.replaceAll(placeholder, number)) as T;
  }
  if (typeof told !== "object" || told === null) return told;
  if (Array.isArray(told)) return told.map((one: unknown) => filledIn(one, seconds)) as T;
  const entries = Object.entries(told).map(([key, one]) => [key, filledIn(one as unknown, seconds)]);
  return Object.fromEntries(entries) as T;
}

const httpSchema = z.strictObject({
  ...httpDeviceSchema.shape,
  ...plainPlugKeys(httpQuestionSchema, httpQuestionSchema),
});

/** Any plug that answers HTTP requests with JSON. */
export const jsonHttp: PlugDefinition<z.output<typeof httpSchema>> = {
  name: "json-http",
  summary: "Any plug with a meter and an off-timer that answers HTTP with JSON",
  config: httpSchema,
  open: async (config, context) =>
    openPlug({
      row: plainPlugRow(config, awaitingHttp),
      ask: httpQuestions(config, context),
      clock: context.clock,
      close: () => Promise.resolve(),
    }),
};

const mqttSchema = z.strictObject({
  ...brokerSchema.shape,
  ...plainPlugKeys(mqttAskSchema, mqttTellSchema),
});

/** Any plug that answers MQTT messages with JSON: what zigbee2mqtt, ESPHome and others make of one. */
export const jsonMqtt: PlugDefinition<z.output<typeof mqttSchema>> = {
  name: "json-mqtt",
  summary: "Any plug with a meter and an off-timer that answers MQTT with JSON",
  config: mqttSchema,
  async open(config, context) {
    const { brokers, clock } = context;
    const row = plainPlugRow(config, awaitingMqtt);
    const { arm, cut, powerOn } = config;
    const questions = [...Object.values(row.look), row.settings.ask, ...arm, ...cut, ...powerOn.set];
    const replies = questions.flatMap(({ reply }) => reply?.topic ?? []);
    const line = mqttQuestions(brokers, brokerAddress(config, context), replies);
    return openPlug({ row, ...line, clock });
  },
};
