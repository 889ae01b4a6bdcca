import { driverTable, type SensorDefinition } from "../definition.ts";
import { mqttSensor } from "./mqtt/driver.ts";

/** Every sensor that hearth.yaml can name. */
export const sensorDrivers = driverTable<SensorDefinition>([mqttSensor]);
