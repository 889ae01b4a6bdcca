import { z } from "zod";
import type { Seconds } from "../../domain/index.ts";
import { type JsonPath, jsonPathSchema } from "../jsonPath.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { type HttpQuestion, httpQuestions } from "../transports/httpQuestions.ts";
import { type MqttQuestion, mqttQuestions } from "../transports/mqttQuestions.ts";
import { topicSchema } from "../transports/topic.ts";
import type { PlugDefinition } from "./definition.ts";
import { openPlug } from "./openPlug.ts";
import type { PlugRow } from "./plugRow.ts";

const placeholder = "{seconds}";
const energyUnits = { Wh: 3600, kWh: 3_600_000, J: 1 } as const;

const httpPath = z.string().min(1).max(1000).startsWith("/", "begin it with /");
const httpQuestion = z.union([
  httpPath.transform((path): HttpQuestion => ({ path })),
  z.strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH"]).default("POST"),
    path: httpPath,
    body: z.json().optional(),
  }),
]);
/** The keys of a plug whose questions are written like `question`. */
function keysFor<Ask extends z.ZodType, Tell extends z.ZodType>(ask: Ask, tell: Tell) {
  const value = z.strictObject({
    ask,
    at: jsonPathSchema.optional().describe("Where it lies in the answer; without it the answer is the value"),
  });
  const setting = z.union([z.string().max(100), z.number(), z.boolean()]);
  return {
    on: value.describe("Whether it is on: true and false, on and off, 1 and 0"),
    watts: value,
    energy: value.optional(),
    energyUnit: z.enum(["Wh", "kWh", "J"]).default("kWh"),
    timer: value.optional().describe("What is left of its off-timer, in seconds; 0 when it does not run"),
    arm: z
      .array(tell)
      .min(1)
      .max(4)
      .refine((told) => JSON.stringify(told).includes(placeholder), `must hold ${placeholder}: its off-timer`)
      .describe(`Told in this order: on, and off by itself in ${placeholder}`),
    cut: z.array(tell).min(1).max(4),
    powerOn: z
      .strictObject({ ask, at: jsonPathSchema.optional(), off: setting, set: z.array(tell).min(1).max(4) })
      .describe(
        "What it does when the mains come back: how to ask, what it says when it stays off, how to set that",
      ),
  };
}

interface AskedValue<Question> {
  readonly ask: Question;
  readonly at?: JsonPath | undefined;
}

interface PlainKeys<Question> {
  readonly on: AskedValue<Question>;
  readonly watts: AskedValue<Question>;
  readonly energy?: AskedValue<Question> | undefined;
  readonly energyUnit: keyof typeof energyUnits;
  readonly timer?: AskedValue<Question> | undefined;
  readonly arm: readonly Question[];
  readonly cut: readonly Question[];
  readonly powerOn: AskedValue<Question> & {
    readonly off: string | number | boolean;
    readonly set: readonly Question[];
  };
}

/** What is asked for several values is asked once a look. */
function rowOf<Question>(
  keys: PlainKeys<Question>,
  ask: (question: Question, paths: readonly JsonPath[]) => Question,
): PlugRow<Question> {
  const { on, watts, energy, timer, powerOn } = keys;
  const asked = [on, watts, ...(energy ? [energy] : []), ...(timer ? [timer] : [])];
  const nameOf = ({ ask: question }: AskedValue<Question>) => JSON.stringify(question);
  const pathsOf = ({ at }: AskedValue<Question>): readonly JsonPath[] => [at ?? []];
  const sharing = (value: AskedValue<Question>) =>
    asked.filter((one) => nameOf(one) === nameOf(value)).flatMap(pathsOf);
  const place = (value: AskedValue<Question>) => ({ in: nameOf(value), paths: pathsOf(value) });
  return {
    look: Object.fromEntries(asked.map((value) => [nameOf(value), ask(value.ask, sharing(value))])),
    on: place(on),
    watts: place(watts),
    energy: energy && { ...place(energy), joules: energyUnits[keys.energyUnit] },
    timer: timer && { ...place(timer), unit: "seconds" },
    arm: (seconds) => keys.arm.map((told) => filledIn(told, seconds)),
    cut: keys.cut,
    settings: {
      ask: ask(powerOn.ask, pathsOf(powerOn)),
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
  return Object.fromEntries(
    Object.entries(told).map(([key, one]) => [key, filledIn(one as unknown, seconds)]),
  ) as T;
}

const httpSchema = z.strictObject({ ...httpDeviceSchema.shape, ...keysFor(httpQuestion, httpQuestion) });

/** Any plug that answers HTTP requests with JSON. */
export const jsonHttp: PlugDefinition<z.output<typeof httpSchema>> = {
  name: "json-http",
  summary: "Any plug with a meter and an off-timer that answers HTTP with JSON",
  config: httpSchema,
  open: (config, context) =>
    Promise.resolve(
      openPlug({
        row: rowOf<HttpQuestion>(config, (question) => question),
        ask: httpQuestions(config, context),
        clock: context.clock,
        close: () => Promise.resolve(),
      }),
    ),
};

const mqttQuestion = {
  topic: topicSchema.describe("Where it is asked"),
  payload: z.string().max(1000).default(""),
  answers: topicSchema.describe("Where it answers"),
};
const withReply = ({
  answers,
  ...question
}: {
  topic: string;
  payload: string;
  answers?: string | undefined;
}): MqttQuestion =>
  answers === undefined ? question : { ...question, reply: { topic: answers, paths: [[]] } };
const mqttAsk = z.strictObject(mqttQuestion).transform(withReply);
const mqttTell = z
  .strictObject({ ...mqttQuestion, answers: mqttQuestion.answers.optional() })
  .transform(withReply);
const mqttSchema = z.strictObject({ ...brokerSchema.shape, ...keysFor(mqttAsk, mqttTell) });

/** Any plug that answers MQTT messages with JSON: what zigbee2mqtt, ESPHome and others make of one. */
export const jsonMqtt: PlugDefinition<z.output<typeof mqttSchema>> = {
  name: "json-mqtt",
  summary: "Any plug with a meter and an off-timer that answers MQTT with JSON",
  config: mqttSchema,
  async open(config, context) {
    const { brokers, clock } = context;
    const row = rowOf<MqttQuestion>(config, ({ reply, ...question }, paths) =>
      reply ? { ...question, reply: { ...reply, paths } } : question,
    );
    const { arm, cut, powerOn } = config;
    const questions = [...Object.values(row.look), row.settings.ask, ...arm, ...cut, ...powerOn.set];
    const replies = questions.flatMap(({ reply }) => reply?.topic ?? []);
    const line = mqttQuestions(brokers, brokerAddress(config, context), replies);
    return openPlug({ row, ...line, clock });
  },
};
