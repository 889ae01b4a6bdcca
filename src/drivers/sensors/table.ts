import { driverTable, type SensorDefinition } from "../definition.ts";
import { httpSensor } from "./http/driver.ts";
import { mqttSensor } from "./mqtt/driver.ts";
import { shellySensor } from "./shelly/driver.ts";
import { tasmotaSensor } from "./tasmota/driver.ts";

/** Every sensor that hearth.yaml can name. */
export const sensorDrivers = driverTable<SensorDefinition>([
  mqttSensor,
  httpSensor,
  shellySensor,
  tasmotaSensor,
]);
