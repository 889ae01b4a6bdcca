import { z } from "zod";
import type { DriverDefinition } from "../definition.ts";
import { tasmotaMeterRow, tasmotaOverHttp, tasmotaOverMqtt } from "../rows/tasmota.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { httpQuestions } from "../transports/httpQuestions.ts";
import { mqttQuestions } from "../transports/mqttQuestions.ts";
import { tasmotaTopicKeys } from "../transports/tasmotaTopic.ts";
import { type Meter, openMeter } from "./meter.ts";

const channel = z.int().min(1).max(8).default(1).describe("Which of its channels, where it has several");

const mqttSchema = z.strictObject({ ...brokerSchema.shape, ...tasmotaTopicKeys, channel });

/** A device with Tasmota that meters, spoken to through the home's broker. */
export const tasmotaMeter: DriverDefinition<Meter, z.output<typeof mqttSchema>> = {
  name: "tasmota",
  summary: "A device with Tasmota that meters, over MQTT",
  config: mqttSchema,
  async open(config, context) {
    const row = tasmotaMeterRow(tasmotaOverMqtt(config));
    const replies = Object.values(row.look).flatMap(({ reply }) => reply?.topic ?? []);
    const line = mqttQuestions(context.brokers, brokerAddress(config, context), replies);
    return openMeter({ row, ...line, clock: context.clock, channel: config.channel });
  },
};

const httpSchema = z.strictObject({ ...httpDeviceSchema.shape, channel });

/** The same, spoken to directly. */
export const tasmotaHttpMeter: DriverDefinition<Meter, z.output<typeof httpSchema>> = {
  name: "tasmota-http",
  summary: "A device with Tasmota that meters, over HTTP",
  config: httpSchema,
  open: async (config, context) =>
    openMeter({
      row: tasmotaMeterRow(tasmotaOverHttp),
      ask: httpQuestions(config, context, "in the query"),
      clock: context.clock,
      channel: config.channel,
      close: () => Promise.resolve(),
    }),
};
