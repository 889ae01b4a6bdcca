import { z } from "zod";
import { type JsonPath, jsonPathSchema } from "../jsonPath.ts";
import type { HttpQuestion } from "../transports/httpQuestions.ts";
import type { MqttQuestion } from "../transports/mqttQuestions.ts";
import { topicSchema } from "../transports/topic.ts";
import type { MeterRow, Place } from "./look.ts";

const httpPath = z.string().min(1).max(1000).startsWith("/", "begin it with /");

/** What a device that speaks HTTP is asked, as its owner writes it: a path, or a request. */
export const httpQuestionSchema = z.union([
  httpPath.transform((path): HttpQuestion => ({ path })),
  z.strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH"]).default("POST"),
    path: httpPath,
    body: z.json().optional(),
  }),
]);

const mqttKeys = {
  topic: topicSchema.describe("Where it is asked"),
  payload: z.string().max(1000).default(""),
  answers: topicSchema.describe("Where it answers"),
};

/** What a device that speaks MQTT is asked. */
export const mqttAskSchema = z.strictObject(mqttKeys).transform(withReply);

/** What it is told, with or without waiting for an answer. */
export const mqttTellSchema = z
  .strictObject({ ...mqttKeys, answers: mqttKeys.answers.optional() })
  .transform(withReply);

function withReply({
  answers,
  ...question
}: {
  topic: string;
  payload: string;
  answers?: string | undefined;
}): MqttQuestion {
  return answers === undefined ? question : { ...question, reply: { topic: answers, paths: [[]] } };
}

/** A value as its owner describes it: what is asked, and where in the answer it lies. */
export interface PlainValue<Question> {
  readonly ask: Question;
  readonly at?: JsonPath | undefined;
}

export const plainValue = <Ask extends z.ZodType>(ask: Ask) =>
  z.strictObject({
    ask,
    at: jsonPathSchema.optional().describe("Where it lies in the answer; without it the answer is the value"),
  });

/** The keys of a meter whose questions are written like `ask`. */
export const plainMeterKeys = <Ask extends z.ZodType>(ask: Ask) => ({
  watts: plainValue(ask),
  energy: plainValue(ask).optional(),
  energyUnit: z.enum(["Wh", "kWh", "J"]).default("kWh"),
});

export interface PlainMeter<Question> {
  readonly watts: PlainValue<Question>;
  readonly energy?: PlainValue<Question> | undefined;
  readonly energyUnit: keyof typeof energyUnits;
}

const energyUnits = { Wh: 3600, kWh: 3_600_000, J: 1 } as const;

/** Makes the question that waits for an answer with something at one of these paths. */
export type Awaiting<Question> = (question: Question, paths: readonly JsonPath[]) => Question;

export const awaitingHttp: Awaiting<HttpQuestion> = (question) => question;
export const awaitingMqtt: Awaiting<MqttQuestion> = ({ reply, ...question }, paths) =>
  reply ? { ...question, reply: { ...reply, paths } } : question;

export const pathsOf = ({ at }: PlainValue<unknown>): readonly JsonPath[] => [at ?? []];

/** Where a value lies; what is asked for several values is asked once a look. */
export const placeOf = (value: PlainValue<unknown>): Place => ({
  in: JSON.stringify(value.ask),
  paths: pathsOf(value),
});

/** A row for the meter, that asks for the further values too. */
export function plainMeterRow<Question>(
  { watts, energy, energyUnit }: PlainMeter<Question>,
  awaiting: Awaiting<Question>,
  further: readonly PlainValue<Question>[] = [],
): MeterRow<Question> {
  const values = [watts, ...(energy ? [energy] : []), ...further];
  const names = new Map(values.map((value) => [placeOf(value).in, value.ask]));
  const look = [...names].map(([name, ask]) => {
    const paths = values.filter((value) => placeOf(value).in === name).flatMap(pathsOf);
    return [name, awaiting(ask, paths)] as const;
  });
  return {
    look: Object.fromEntries(look),
    watts: placeOf(watts),
    energy: energy && { ...placeOf(energy), joules: energyUnits[energyUnit] },
  };
}
