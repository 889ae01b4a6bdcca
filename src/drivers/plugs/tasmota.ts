import { z } from "zod";
import {
  pathsAt,
  type TasmotaCommand,
  tasmotaMeterRow,
  tasmotaOverHttp,
  tasmotaOverMqtt,
} from "../rows/tasmota.ts";
import { brokerAddress, brokerSchema } from "../transports/brokerAddress.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { httpQuestions } from "../transports/httpQuestions.ts";
import { mqttQuestions } from "../transports/mqttQuestions.ts";
import { tasmotaTopicKeys } from "../transports/tasmotaTopic.ts";
import { type PlugDefinition, socketSchema } from "./definition.ts";
import { openPlug } from "./openPlug.ts";
import type { PlugRow } from "./plugRow.ts";

/**
 * Its commands (https://tasmota.github.io/docs/Commands): a relay's name has a number only where there are several;
 * `PulseTime` counts tenths of a second up to 111 and from 112 on seconds and a hundred; `Power ON` starts it again.
 */
export function tasmotaRow<Question>(command: TasmotaCommand<Question>, socket: number): PlugRow<Question> {
  const power = { report: "RESULT", paths: pathsAt("POWER", `POWER${socket}`) } as const;
  const pulse = { report: "RESULT", paths: pathsAt(`PulseTime${socket}`) } as const;
  const powerOn = { report: "RESULT", paths: pathsAt("PowerOnState") } as const;
  const meter = tasmotaMeterRow(command);
  return {
    ...meter,
    look: {
      ...meter.look,
      power: command(`Power${socket}`, "", power),
      pulse: command(`PulseTime${socket}`, "", pulse),
    },
    on: { in: "power", paths: power.paths },
    timer: { in: "pulse", paths: pathsAt(`PulseTime${socket}.Remaining`), unit: "pulse" },
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

/** A plug with Tasmota's firmware, spoken to through the home's broker. */
export const tasmota: PlugDefinition<z.output<typeof mqttSchema>> = {
  name: "tasmota",
  summary: "A plug with Tasmota and a meter, over MQTT",
  config: mqttSchema,
  async open({ topic, fullTopic, socket, ...broker }, context) {
    const { brokers, clock } = context;
    const row = tasmotaRow(tasmotaOverMqtt({ topic, fullTopic }), socket);
    const replies = Object.values(row.look).flatMap(({ reply }) => reply?.topic ?? []);
    const questions = mqttQuestions(brokers, brokerAddress(broker, context), replies);
    return openPlug({ row, ...questions, clock, channel: socket });
  },
};

const httpSchema = z.strictObject({ ...httpDeviceSchema.shape, socket: socketSchema });

/** The same, spoken to directly. */
export const tasmotaHttp: PlugDefinition<z.output<typeof httpSchema>> = {
  name: "tasmota-http",
  summary: "A plug with Tasmota and a meter, over HTTP",
  config: httpSchema,
  open({ socket, ...device }, context) {
    const row = tasmotaRow(tasmotaOverHttp, socket);
    const ask = httpQuestions(device, context, "in the query");
    return Promise.resolve(
      openPlug({ row, ask, clock: context.clock, channel: socket, close: () => Promise.resolve() }),
    );
  },
};
