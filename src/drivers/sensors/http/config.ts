import { z } from "zod";
import { jsonPathSchema } from "../../jsonPath.ts";
import { httpDeviceSchema } from "../../transports/httpAddress.ts";

export const everySeconds = z
  .int()
  .min(5)
  .max(600)
  .default(15)
  .describe("How often it is asked; a value counts as measured when it was asked for");

export const unitSchema = z.enum(["°C", "°F", "C", "F"]).default("°C");

export const httpSensorSchema = z.strictObject({
  ...httpDeviceSchema.shape,
  get: z
    .string()
    .max(1000)
    .startsWith("/", "begin it with /")
    .describe("The path at which it answers, with its query: /api/sensors/3"),
  path: jsonPathSchema
    .optional()
    .describe("Where the value lies in its JSON; without it the answer is the bare number"),
  timePath: jsonPathSchema
    .optional()
    .describe("Where the time of measurement lies: ISO 8601, or epoch seconds or milliseconds"),
  unit: unitSchema,
  everySeconds,
});
export type HttpSensorConfig = z.output<typeof httpSensorSchema>;
