import { z } from "zod";
import { entrySchema } from "./json.ts";
import { problems } from "./problem.ts";

const id = z.string().min(1).max(48);
const maxTextLength = 256 * 1024;

export const misconfigurationSchema = z
  .object({
    line: z.int().min(1),
    key: z.string().describe("Like heaters[0].pools[0].url; empty when the whole file is meant"),
    message: z.string(),
    unsafe: z.literal(true).optional().describe("All is right but this: the site would not be safe so"),
  })
  .meta({ id: "Misconfiguration" });

export const configViewSchema = z
  .object({
    file: z.string(),
    exists: z.boolean().describe("Whether there is a file at all: without one the site is not set up"),
    text: z.string().describe('The file; passwords in it read "(withheld)", and stay when sent back so'),
    etag: z.string().describe("Names this version of the file; send it as If-Match"),
    settings: entrySchema.nullable().describe("What the file says; null where it is no valid YAML"),
    problems: z.array(misconfigurationSchema).describe("Why the file cannot be used; empty when it can"),
    running: z
      .enum(["nothing", "this", "earlier"])
      .describe("What the site runs by: this version of the file, an earlier one, or nothing yet"),
    canUndo: z.boolean().describe("Whether the version before the last change through the API is kept"),
  })
  .meta({ id: "Config" });
export type ConfigView = z.infer<typeof configViewSchema>;

export const configTextSchema = z
  .strictObject({ text: z.string().max(maxTextLength) })
  .meta({ id: "ConfigText" });

export const configCheckSchema = z
  .object({ problems: z.array(misconfigurationSchema) })
  .meta({ id: "ConfigCheck" });
export type ConfigCheck = z.infer<typeof configCheckSchema>;

export const comfortRequestSchema = z
  .strictObject({
    setBackC: z.number().min(5).max(80).describe("Wanted outside all entries of the week"),
    bandK: z
      .number()
      .min(0.1)
      .max(10)
      .optional()
      .describe("Half the width of a room's comfort band; so far below its target a tank is heated again"),
    week: z
      .array(
        z.strictObject({
          days: z
            .array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
            .min(1)
            .max(7),
          from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
          to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
          targetC: z.number().min(5).max(80),
        }),
      )
      .max(100),
  })
  .meta({ id: "ComfortRequest" });
export type ComfortRequest = z.infer<typeof comfortRequestSchema>;

export const firstConfigSchema = z
  .strictObject({
    site: entrySchema,
    sinks: z.array(entrySchema).min(1).max(32),
    heaters: z.array(entrySchema).max(64),
  })
  .meta({ id: "FirstConfig" });
export type FirstConfig = z.infer<typeof firstConfigSchema>;

const siteId = z.object({ id });
const onlyIf = z.object({
  "if-match": z.string().max(100).optional().describe("The etag of the version that was changed"),
});
const answers = { response: { 200: configViewSchema, ...problems } };
const about = { tags: ["config"], headers: onlyIf, ...answers };
/** A whole configuration may be as long as its file. */
const bodyLimit = 4 * maxTextLength;

/** How hearth.yaml is read and changed. What would not be valid is refused whole, with `config/invalid`. */
export const configRoutes = {
  config: {
    method: "GET",
    url: "/api/v1/config",
    schema: { summary: "hearth.yaml as it is now", tags: ["config"], ...answers },
  },
  writeConfig: {
    method: "PUT",
    url: "/api/v1/config",
    bodyLimit,
    schema: { summary: "Replaces hearth.yaml and goes on by it", body: configTextSchema, ...about },
  },
  createConfig: {
    method: "POST",
    url: "/api/v1/config",
    schema: { summary: "Writes the first hearth.yaml", body: firstConfigSchema, ...about },
  },
  checkConfig: {
    method: "POST",
    url: "/api/v1/config/check",
    bodyLimit,
    schema: {
      summary: "Says what is wrong with a text, and changes nothing",
      tags: ["config"],
      body: configTextSchema,
      response: { 200: configCheckSchema, ...problems },
    },
  },
  undoConfig: {
    method: "POST",
    url: "/api/v1/config/undo",
    schema: { summary: "Goes back to the version before the last change through the API", ...about },
  },
  setSite: {
    method: "PUT",
    url: "/api/v1/config/site",
    schema: { summary: "Changes keys of the section site; null takes one out", body: entrySchema, ...about },
  },
  setExchange: {
    method: "PUT",
    url: "/api/v1/config/exchange",
    schema: {
      summary: "Offers heaters to an exchange, or changes keys of that; null takes a key out",
      body: entrySchema,
      ...about,
    },
  },
  leaveExchange: {
    method: "DELETE",
    url: "/api/v1/config/exchange",
    schema: { summary: "Offers heaters to nobody any more", ...about },
  },
  setComfort: {
    method: "PUT",
    url: "/api/v1/config/sinks/:id/comfort",
    schema: {
      summary: "Replaces a sink's comfort schedule",
      params: siteId,
      body: comfortRequestSchema,
      ...about,
    },
  },
  setSink: {
    method: "PUT",
    url: "/api/v1/config/sinks/:id",
    schema: {
      summary: "Adds a sink with its sensor, or changes keys of one; null takes a key out",
      params: siteId,
      body: entrySchema,
      ...about,
    },
  },
  removeSink: {
    method: "DELETE",
    url: "/api/v1/config/sinks/:id",
    schema: { summary: "Removes a sink that no heater heats", params: siteId, ...about },
  },
  setHeater: {
    method: "PUT",
    url: "/api/v1/config/heaters/:id",
    schema: {
      summary: "Adds a heater, or changes keys of one; null takes a key out",
      params: siteId,
      body: entrySchema,
      ...about,
    },
  },
  removeHeater: {
    method: "DELETE",
    url: "/api/v1/config/heaters/:id",
    schema: {
      summary: "Removes a heater; it is brought to its safe state",
      params: siteId,
      ...about,
    },
  },
} as const;
