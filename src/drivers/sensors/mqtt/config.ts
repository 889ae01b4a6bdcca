import { z } from "zod";
import { brokerSchema } from "../../transports/brokerAddress.ts";
import { topicSchema } from "../../transports/topic.ts";
import { jsonPathSchema } from "../../jsonPath.ts";

export const mqttSensorSchema = z.strictObject({
  ...brokerSchema.shape,
  topic: topicSchema.describe("The topic on which the sensor's values arrive, like zigbee2mqtt/living-room"),
  path: jsonPathSchema
    .optional()
    .describe("Where the value lies in a JSON payload; without it the payload is the bare number"),
  timePath: jsonPathSchema
    .optional()
    .describe("Where the time of measurement lies: ISO 8601, or epoch seconds or milliseconds"),
  unit: z.enum(["°C", "°F", "C", "F"]).default("°C"),
});
export type MqttSensorConfig = z.output<typeof mqttSensorSchema>;
