import { z } from "zod";
import { type JsonPath, parseJsonPath } from "../jsonPath.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { type HttpQuestion, httpQuestions } from "../transports/httpQuestions.ts";
import { type MqttQuestion, mqttQuestions } from "../transports/mqttQuestions.ts";
import { tasmotaTopic, tasmotaTopicKeys } from "../transports/tasmotaTopic.ts";
import { type PlugDefinition, socketSchema } from "./definition.ts";
import { openPlug } from "./openPlug.ts";
import type { PlugRow } from "./plugRow.ts";

const joulesPerKwh = 3_600_000;
const at = (...paths: readonly string[]): readonly JsonPath[] =>
  paths.map((path) => parseJsonPath(path) ?? []);

/** A command, its argument, and by which of the device's reports it is answered: its JSON holds something at `paths`. */
type Command<Question> = (
  command: string,
  argument: string,
  answer: { readonly report: "RESULT" | "STATUS8"; readonly paths: readonly JsonPath[] },
) => Question;

/**
 * Its commands (https://tasmota.github.io/docs/Commands): a relay's name has a number only where there are several;
 * `PulseTime` counts tenths of a second up to 111 and from 112 on seconds and a hundred; `Power ON` starts it again.
 */
export function tasmotaRow<Question>(command: Command<Question>, socket: number): PlugRow<Question> {
  const power = { report: "RESULT", paths: at("POWER", `POWER${socket}`) } as const;
  const pulse = { report: "RESULT", paths: at(`PulseTime${socket}`) } as const;
  const powerOn = { report: "RESULT", paths: at("PowerOnState") } as const;
  return {
    look: {
      power: command(`Power${socket}`, "", power),
      energy: command("Status", "8", { report: "STATUS8", paths: at("StatusSNS") }),
      pulse: command(`PulseTime${socket}`, "", pulse),
    },
    on: { in: "power", paths: power.paths },
    watts: { in: "energy", paths: at("StatusSNS.ENERGY.Power") },
    energy: { in: "energy", paths: at("StatusSNS.ENERGY.Total"), joules: joulesPerKwh },
    timer: { in: "pulse", paths: at(`PulseTime${socket}.Remaining`), unit: "pulse" },
    arm: (seconds) => [
      command(`PulseTime${socket}`, String(Math.max(12, Math.round(seconds)) + 100), pulse),
      command(`Power${socket}`, "ON", power),
    ],
    cut: [command(`Power${socket}`, "OFF", power)],
    settings: {
      ask: command("PowerOnState", "", powerOn),
      safe: [{ paths: powerOn.paths, is: 0 }],
      set: [command("PowerOnState", "0", powerOn)],
    },
  };
}

const mqttSchema = z.strictObject({
  ...brokerSchema.shape,
  ...tasmotaTopicKeys,
  socket: socketSchema,
});

const overMqtt =
  (device: { readonly topic: string; readonly fullTopic: string }): Command<MqttQuestion> =>
  (command, payload, { report, paths }) => ({
    topic: tasmotaTopic(device, "cmnd", command),
    payload,
    reply: { topic: tasmotaTopic(device, "stat", report), paths },
  });

/** A plug with Tasmota's firmware, spoken to through the home's broker. */
export const tasmota: PlugDefinition<z.output<typeof mqttSchema>> = {
  name: "tasmota",
  summary: "A plug with Tasmota and a meter, over MQTT",
  config: mqttSchema,
  async open({ topic, fullTopic, socket, ...broker }, context) {
    const { brokers, clock } = context;
    const row = tasmotaRow(overMqtt({ topic, fullTopic }), socket);
    const replies = Object.values(row.look).flatMap(({ reply }) => reply?.topic ?? []);
    const questions = mqttQuestions(brokers, brokerAddress(broker, context), replies);
    return openPlug({ row, ...questions, clock, channel: socket });
  },
};

const httpSchema = z.strictObject({ ...httpDeviceSchema.shape, socket: socketSchema });

const overHttp: Command<HttpQuestion> = (command, argument) => ({
  path: `/cm?cmnd=${encodeURIComponent(argument === "" ? command : `${command} ${argument}`)}`,
});

/** The same, spoken to directly. */
export const tasmotaHttp: PlugDefinition<z.output<typeof httpSchema>> = {
  name: "tasmota-http",
  summary: "A plug with Tasmota and a meter, over HTTP",
  config: httpSchema,
  open({ socket, ...device }, context) {
    const row = tasmotaRow(overHttp, socket);
    const ask = httpQuestions(device, context, "in the query");
    return Promise.resolve(
      openPlug({ row, ask, clock: context.clock, channel: socket, close: () => Promise.resolve() }),
    );
  },
};
