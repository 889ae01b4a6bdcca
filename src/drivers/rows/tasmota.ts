import { type JsonPath, parseJsonPath } from "../jsonPath.ts";
import type { HttpQuestion } from "../transports/httpQuestions.ts";
import type { MqttQuestion } from "../transports/mqttQuestions.ts";
import { tasmotaTopic } from "../transports/tasmotaTopic.ts";
import type { MeterRow } from "./look.ts";

const joulesPerKwh = 3_600_000;

export const pathsAt = (...paths: readonly string[]): readonly JsonPath[] =>
  paths.map((path) => parseJsonPath(path) ?? []);

/** A command of Tasmota, its argument, and by which report it is answered: something lies at `paths` in its JSON. */
export type TasmotaCommand<Question> = (
  command: string,
  argument: string,
  answer: { readonly report: "RESULT" | "STATUS8"; readonly paths: readonly JsonPath[] },
) => Question;

export const tasmotaOverMqtt =
  (device: { readonly topic: string; readonly fullTopic: string }): TasmotaCommand<MqttQuestion> =>
  (command, payload, { report, paths }) => ({
    topic: tasmotaTopic(device, "cmnd", command),
    payload,
    reply: { topic: tasmotaTopic(device, "stat", report), paths },
  });

export const tasmotaOverHttp: TasmotaCommand<HttpQuestion> = (command, argument) => ({
  path: `/cm?cmnd=${encodeURIComponent(argument === "" ? command : `${command} ${argument}`)}`,
});

/** What it meters, by `Status 8`; of several channels it tells arrays. */
export const tasmotaMeterRow = <Question>(command: TasmotaCommand<Question>): MeterRow<Question> => ({
  look: { energy: command("Status", "8", { report: "STATUS8", paths: pathsAt("StatusSNS") }) },
  watts: { in: "energy", paths: pathsAt("StatusSNS.ENERGY.Power") },
  energy: { in: "energy", paths: pathsAt("StatusSNS.ENERGY.Total"), joules: joulesPerKwh },
});
