import { driverTable } from "../definition.ts";
import type { PlugDefinition } from "./definition.ts";
import { jsonHttp, jsonMqtt } from "./plainJson.ts";
import { shellyGen2 } from "./shellyGen2.ts";
import { tasmota, tasmotaHttp } from "./tasmota.ts";

/** Every plug that hearth.yaml can name. */
export const plugDrivers = driverTable<PlugDefinition>([
  shellyGen2,
  tasmota,
  tasmotaHttp,
  jsonHttp,
  jsonMqtt,
]);
