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

const kind = z.enum(["heater", "sensor", "plug", "meter"]);

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
        exchange: z.array(fieldSchema),
        sink: z.array(fieldSchema),
        sensor: z.array(fieldSchema),
        heater: z.array(fieldSchema),
        plug: z.array(fieldSchema),
      })
      .describe("Keys that entries have whatever their driver"),
  })
  .meta({ id: "DriverList" });
export type DriverList = z.infer<typeof driverListSchema>;

export const deviceTestRequestSchema = z
  .strictObject({
    kind: z.enum(["heater", "sensor"]),
    entry: entrySchema.describe("As it would stand in hearth.yaml"),
  })
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
        workload: z.enum(["mining", "job", "heating", "idle"]),
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

export const foundDeviceSchema = z
  .object({
    address: z.string(),
    kind: z.enum(["heater", "plug", "sensor", "unknown"]),
    title: z.string().describe("What it calls itself, for people"),
    driver: z.string().nullable().describe("The driver that handles it; null when there is none"),
    entry: entrySchema
      .nullable()
      .describe("A suggestion for hearth.yaml; what only the owner knows is missing"),
    configuredAs: z.string().nullable().describe("The id under which the site has it already"),
    needsCredentials: z.boolean(),
    note: z.string().describe("What else is worth knowing; may be empty"),
  })
  .meta({ id: "FoundDevice" });
export type FoundDevice = z.infer<typeof foundDeviceSchema>;

export const scanRequestSchema = z
  .strictObject({
    ports: z
      .array(z.int().min(1).max(65_535))
      .max(8)
      .optional()
      .describe("Ports beside 80 and 4028, where devices were moved to"),
    subnet: z
      .string()
      .max(50)
      .optional()
      .describe("Like 192.168.1.0/24; without it every own network that is small enough"),
  })
  .meta({ id: "ScanRequest" });

export type ScanRequest = z.infer<typeof scanRequestSchema>;

export const scanViewSchema = z
  .object({
    state: z.enum(["none", "running", "done", "stopped", "failed"]),
    progress: z.number().min(0).max(1),
    subnets: z.array(z.string()).describe("What is, or was, searched"),
    ownSubnets: z.array(z.string()).describe("The networks that this computer is in"),
    found: z.array(foundDeviceSchema),
    message: z.string().describe("Why it failed; else empty"),
  })
  .meta({ id: "Scan" });
export type ScanView = z.infer<typeof scanViewSchema>;

const scanAnswers = { response: { 200: scanViewSchema, ...problems } };

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
  scan: {
    method: "GET",
    url: "/api/v1/scan",
    schema: { summary: "The newest search for devices", tags: ["devices"], ...scanAnswers },
  },
  startScan: {
    method: "POST",
    url: "/api/v1/scan",
    schema: {
      summary: "Starts a search for devices; it only asks and never writes",
      tags: ["devices"],
      body: scanRequestSchema,
      ...scanAnswers,
    },
  },
  stopScan: {
    method: "DELETE",
    url: "/api/v1/scan",
    schema: { summary: "Ends a search; what it found stays", tags: ["devices"], ...scanAnswers },
  },
} as const;
