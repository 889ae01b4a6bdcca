import { z } from "zod";
import type { SensorDefinition } from "../../definition.ts";
import { brokerSchema } from "../../transports/brokerAddress.ts";
import { tasmotaTopicKeys, tasmotaTopic } from "../../transports/tasmotaTopic.ts";
import { unitSchema } from "../http/config.ts";
import { mqttSensor } from "../mqtt/driver.ts";

const schema = z.strictObject({
  ...brokerSchema.shape,
  ...tasmotaTopicKeys,
  sensor: z
    .string()
    .min(1)
    .max(40)
    .default("DS18B20")
    .describe("As it is called in its tele/…/SENSOR message: DS18B20, SI7021, BME280, DS18B20-1"),
  unit: unitSchema,
});

/** A thermometer on a device with Tasmota, which tells it every so often over MQTT (`TelePeriod`: set it to 10 to 60). */
export const tasmotaSensor: SensorDefinition<z.output<typeof schema>> = {
  name: "tasmota",
  summary: "A thermometer on a device with Tasmota, over MQTT",
  config: schema,
  open: ({ sensor, unit, topic, fullTopic, ...broker }, context) =>
    mqttSensor.open(
      {
        ...broker,
        topic: tasmotaTopic({ topic, fullTopic }, "tele", "SENSOR"),
        path: [sensor, "Temperature"],
        unit,
      },
      context,
    ),
};
