import { z } from "zod";
import type { DriverDefinition } from "../definition.ts";
import {
  awaitingHttp,
  awaitingMqtt,
  httpQuestionSchema,
  mqttAskSchema,
  plainMeterKeys,
  plainMeterRow,
} from "../rows/plain.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { httpQuestions } from "../transports/httpQuestions.ts";
import { mqttQuestions } from "../transports/mqttQuestions.ts";
import { type Meter, openMeter } from "./meter.ts";

const httpSchema = z.strictObject({ ...httpDeviceSchema.shape, ...plainMeterKeys(httpQuestionSchema) });

/** Any meter that answers HTTP requests with JSON. */
export const jsonHttpMeter: DriverDefinition<Meter, z.output<typeof httpSchema>> = {
  name: "json-http",
  summary: "Any meter that answers HTTP with JSON",
  config: httpSchema,
  open: async (config, context) =>
    openMeter({
      row: plainMeterRow(config, awaitingHttp),
      ask: httpQuestions(config, context),
      clock: context.clock,
      close: () => Promise.resolve(),
    }),
};

const mqttSchema = z.strictObject({ ...brokerSchema.shape, ...plainMeterKeys(mqttAskSchema) });

/** Any meter that answers MQTT messages with JSON. */
export const jsonMqttMeter: DriverDefinition<Meter, z.output<typeof mqttSchema>> = {
  name: "json-mqtt",
  summary: "Any meter that answers MQTT with JSON",
  config: mqttSchema,
  async open(config, context) {
    const row = plainMeterRow(config, awaitingMqtt);
    const replies = Object.values(row.look).flatMap(({ reply }) => reply?.topic ?? []);
    const line = mqttQuestions(context.brokers, brokerAddress(config, context), replies);
    return openMeter({ row, ...line, clock: context.clock });
  },
};
