import { z } from "zod";
import { entrySchema, jsonSchema } from "./json.ts";
import { problems } from "./problem.ts";

/** One key of hearth.yaml, told so that a form can be drawn for it. */
export interface Field {
  key: string;
  kind: "text" | "number" | "switch" | "choice" | "list" | "section";
  description: string;
  required: boolean;
  secret: boolean;
  default: z.infer<typeof jsonSchema>;
  min: number | null;
  max: number | null;
  options: string[];
  fields: Field[];
}

export const fieldSchema: z.ZodType<Field, Field> = z
  .object({
    key: z.string().describe("Empty for the entries of a list"),
    kind: z.enum(["text", "number", "switch", "choice", "list", "section"]),
    description: z.string(),
    required: z.boolean(),
    secret: z.boolean(),
    default: jsonSchema.describe("null where there is none"),
    min: z.number().nullable(),
    max: z.number().nullable(),
    options: z.array(z.string()).describe("What a choice may be"),
    get fields() {
      return z.array(fieldSchema).describe("Keys of a section; the one kind of entry of a list");
    },
  })
  .meta({ id: "Field" });

const kind = z.enum(["heater", "sensor"]);

export const driverViewSchema = z
  .object({ name: z.string(), kind, summary: z.string(), fields: z.array(fieldSchema) })
  .meta({ id: "Driver" });
export type DriverView = z.infer<typeof driverViewSchema>;

export const driverListSchema = z
  .object({
    drivers: z.array(driverViewSchema),
    common: z
      .object({
        site: z.array(fieldSchema),
        sink: z.array(fieldSchema),
        sensor: z.array(fieldSchema),
        heater: z.array(fieldSchema),
      })
      .describe("Keys that entries have whatever their driver"),
  })
  .meta({ id: "DriverList" });
export type DriverList = z.infer<typeof driverListSchema>;

export const deviceTestRequestSchema = z
  .strictObject({ kind, entry: entrySchema.describe("As it would stand in hearth.yaml") })
  .meta({ id: "DeviceTestRequest" });
export type DeviceTestRequest = z.infer<typeof deviceTestRequestSchema>;

export const powersSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("levels"), watts: z.array(z.number()) }),
  z.object({ kind: z.literal("range"), min: z.number(), max: z.number(), step: z.number() }),
]);

export const deviceTestSchema = z
  .object({
    ok: z.boolean(),
    message: z.string().describe("What it said, or why it did not and what to do"),
    heater: z
      .object({
        watts: z.number(),
        provenance: z.enum(["metered", "reported", "estimated"]),
        workload: z.enum(["mining", "job", "idle"]),
        temperatureC: z.number().nullable(),
        hashesPerSecond: z.number().nullable(),
        faults: z.array(z.string()),
        powers: powersSchema.nullable().describe("The powers at which it mines"),
        idleWatts: z.number(),
        maxWatts: z.number(),
        safeState: z.string(),
      })
      .nullable(),
    sensor: z.object({ temperatureC: z.number(), at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: "DeviceTest" });
export type DeviceTest = z.infer<typeof deviceTestSchema>;

/** What devices there are, and how new ones are found and tried. */
export const deviceRoutes = {
  drivers: {
    method: "GET",
    url: "/api/v1/drivers",
    schema: {
      summary: "The kinds of devices that can be configured, and their keys",
      tags: ["devices"],
      response: { 200: driverListSchema, ...problems },
    },
  },
  testDevice: {
    method: "POST",
    url: "/api/v1/devices/test",
    schema: {
      summary: "Asks a device that is not configured yet once, and lets go of it without switching it",
      tags: ["devices"],
      body: deviceTestRequestSchema,
      response: { 200: deviceTestSchema, ...problems },
    },
  },
} as const;
