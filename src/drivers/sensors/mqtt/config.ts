import { z } from "zod";
import { brokerSchema } from "../../transports/brokerAddress.ts";
import { type JsonPath, parseJsonPath } from "./jsonPath.ts";

const topic = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= 1024, "a topic has at most 1024 bytes")
  .refine((text) => !/[+#]/.test(text), "name one topic: the wildcards + and # are not allowed here")
  // oxlint-disable-next-line no-control-regex -- MQTT forbids them in a topic
  .refine((text) => !/[\u0000-\u001f\u007f-\u009f]/.test(text), "a topic holds no control characters")
  .describe("The topic on which the sensor's values arrive, like zigbee2mqtt/living-room");

const jsonPath = z
  .string()
  .min(1)
  .max(256)
  .transform((text, issues): JsonPath => {
    const path = parseJsonPath(text);
    if (path) return path;
    issues.addIssue({
      code: "custom",
      message: `"${text}" is no path; write it like temperature or $.sensors[0].t`,
    });
    return z.NEVER;
  });

export const mqttSensorSchema = z.strictObject({
  ...brokerSchema.shape,
  topic,
  path: jsonPath
    .optional()
    .describe("Where the value lies in a JSON payload; without it the payload is the bare number"),
  timePath: jsonPath
    .optional()
    .describe("Where the time of measurement lies: ISO 8601, or epoch seconds or milliseconds"),
  unit: z.enum(["°C", "°F", "C", "F"]).default("°C"),
});
export type MqttSensorConfig = z.output<typeof mqttSensorSchema>;
