import { type DriverDefinition, driverTable } from "../definition.ts";
import type { Meter } from "./meter.ts";
import { jsonHttpMeter, jsonMqttMeter } from "./plainJson.ts";
import { shellyMeter } from "./shelly.ts";
import { tasmotaHttpMeter, tasmotaMeter } from "./tasmota.ts";

export type MeterDefinition<Config = unknown> = DriverDefinition<Meter, Config>;

/** Every meter that hearth.yaml can name. */
export const meterDrivers = driverTable<MeterDefinition>([
  shellyMeter,
  tasmotaMeter,
  tasmotaHttpMeter,
  jsonHttpMeter,
  jsonMqttMeter,
]);
