import { z } from "zod";
import { currencies, formatMicros, type Micros, quantityUnits } from "../domain/index.ts";
import { problems } from "./problem.ts";

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
const instant = z.iso.datetime().describe("ISO 8601, UTC");
const decimal = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .describe("Decimal string, six places");
const provenance = z.enum(["metered", "reported", "estimated"]);
const id = z.string().min(1).max(48);

export const moneySchema = z.object({ amount: decimal, currency: z.enum(currencies) }).meta({ id: "Money" });
export const toMoney = (amount: Micros, currency: (typeof currencies)[number]) => ({
  amount: formatMicros(amount),
  currency,
});

const total = {
  energyKwh: z.number().describe("Metered, reported or estimated; what has no power reading is not counted"),
  heatKwh: z.number().describe("The part of the energy that went into a sink"),
  cost: moneySchema,
};
export const totalSchema = z
  .object(total)
  .meta({ id: "Total", description: "Since the first record. Only what is recorded: it never goes back" });

export const sinkViewSchema = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(["room"]),
    temperatureC: z.number().nullable().describe("The estimated temperature; null when nothing is known"),
    sensor: z.enum(["fresh", "late", "lost", "absurd"]),
    comfort: z.object({
      targetC: z.number(),
      minC: z.number().describe("Lower end of what the dial may be set to"),
      maxC: z.number().describe("Upper end of what the dial may be set to"),
      bandK: z.number().describe("Half the width of the comfort band"),
      source: z.enum(["schedule", "set-back", "away", "boost", "hold"]),
      until: instant.nullable().describe("When the target changes next"),
      nextTargetC: z.number().nullable(),
    }),
    heatingWatts: z.number().describe("Heat that flows into it now"),
  })
  .meta({ id: "Sink" });

export type SinkView = z.infer<typeof sinkViewSchema>;

export const heaterViewSchema = z
  .object({
    id,
    name: z.string(),
    sinkId: id,
    driver: z.string(),
    state: z.enum(["off", "heating", "settling", "stopped-by-owner", "unreachable", "fault"]),
    workload: z.enum(["mining", "job", "idle"]),
    watts: z.number().nullable(),
    provenance,
    setpointWatts: z.number(),
    maxWatts: z.number(),
    hashesPerSecond: z.number().nullable(),
    temperatureC: z.number().nullable(),
    shares: z.object({ accepted: z.int(), rejected: z.int(), stale: z.int() }).nullable(),
    total: totalSchema,
    reason: z.string().describe("Why it does what it does, in words"),
    faults: z.array(z.string()),
    safeState: z.string(),
  })
  .meta({ id: "Heater" });

export type HeaterView = z.infer<typeof heaterViewSchema>;

/** From what is well to know to what somebody has to look at. */
export const eventLevels = ["info", "warning", "alarm"] as const;

export const eventViewSchema = z
  .object({
    at: instant,
    level: z.enum(eventLevels),
    code: z.string(),
    subject: z.string(),
    message: z.string(),
  })
  .meta({ id: "Event" });

const verdictSchema = z
  .object({
    heatInstead: z.string().describe("What would have heated instead, in words"),
    energyIsFree: z.boolean().describe("What the computing earned covers all of the energy"),
    freeAfterHeat: z.boolean().describe("It does, once the heat is credited with what it would have cost"),
    beatsHeatPump: z.boolean().describe("A heat pump would have cost more"),
    revenue: moneySchema.describe("Of the hashes, at the price of bitcoin that the owner gave; else nothing"),
    heatValue: moneySchema,
    netCost: moneySchema.describe("Of the energy, less the revenue; capital is apart"),
    heatPumpCost: moneySchema,
    sentence: z.string(),
  })
  .meta({ id: "Verdict" });
export type TodayVerdict = z.infer<typeof verdictSchema>;

export const todaySchema = z
  .object({
    since: instant.describe("Local midnight"),
    energyKwh: z.number(),
    heatKwh: z.number().describe("The part of the energy that went into a sink"),
    cost: moneySchema,
    sats: decimal.describe(
      "Satoshis that the hashes computed earn on average, without fees; what a pool pays differs",
    ),
    unmeteredSeconds: z
      .number()
      .describe("Time for which no power reading exists; its energy is not counted"),
    energyProvenance: provenance.describe("The weakest provenance among the readings of the day"),
    verdict: verdictSchema
      .nullable()
      .describe("Null where site.economics does not say what would heat instead"),
  })
  .meta({ id: "Today" });

export type EventView = z.infer<typeof eventViewSchema>;

export const siteViewSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    now: instant,
    timezone: z.string(),
    virtual: z.object({ speed: z.number() }).nullable().describe("Not null when this home is virtual"),
    sinks: z.array(sinkViewSchema),
    heaters: z.array(heaterViewSchema),
    today: todaySchema,
    total: z.object({ ...total, sats: decimal.describe("Expected, without fees") }).meta({
      id: "SiteTotal",
      description: "Of all heaters, also those that are gone, since the first record",
    }),
    alarms: z.array(eventViewSchema).describe("Open alarms and warnings, newest first"),
    tick: z.int().describe("Counts the control loop's rounds since the start"),
  })
  .meta({ id: "Site" });
export type SiteView = z.infer<typeof siteViewSchema>;

export const overrideSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("hold").describe("Holds until the schedule changes next"),
      targetC: z.number().min(5).max(30),
    }),
    z.strictObject({ kind: z.literal("boost"), targetC: z.number().min(5).max(30), until: instant }),
    z.strictObject({ kind: z.literal("away"), targetC: z.number().min(5).max(30), until: instant }),
  ])
  .meta({ id: "Override" });
export type OverrideRequest = z.infer<typeof overrideSchema>;

export const seriesIdSchema = z
  .string()
  .regex(/^(sink|heater|site)\/[a-z0-9-]{1,48}\/[a-z]+$/)
  .describe("Like sink/living-room/temperature or heater/this-computer/power");

export const historyQuerySchema = z.object({
  series: z.string().max(1000).describe("Series ids, separated by commas; at most 16"),
  from: instant,
  to: instant,
});

export const resolutions = ["raw", "5min", "hour"] as const;
export const historyCsvQuerySchema = historyQuerySchema.extend({
  resolution: z.enum(resolutions).optional().describe("Without it the finest that covers `from`"),
});

export const historySchema = z
  .object({
    resolution: z.enum(resolutions),
    series: z.array(
      z.object({
        id: seriesIdSchema,
        unit: z.enum(Object.values(quantityUnits) as [string, ...string[]]),
        times: z.array(z.number()).describe("Epoch seconds"),
        values: z.array(z.number().nullable()).describe("null marks a gap"),
      }),
    ),
  })
  .meta({ id: "History" });
export type HistoryView = z.infer<typeof historySchema>;

export const decisionViewSchema = z
  .object({
    at: instant,
    heaterId: id,
    setpointWatts: z.number(),
    workload: z.enum(["mining", "job", "idle"]),
    reason: z.string(),
  })
  .meta({ id: "Decision" });

export type DecisionView = z.infer<typeof decisionViewSchema>;

export const logQuerySchema = z.object({
  before: instant.optional(),
  subject: id.optional().describe("Only of this sink or heater, or of the `site`"),
  text: z.string().min(1).max(100).optional().describe("Only what says this somewhere, in capitals or not"),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type LogQuery = z.output<typeof logQuerySchema>;
export const eventQuerySchema = logQuerySchema.extend({
  level: z.enum(eventLevels).optional().describe("Only what is at least as grave"),
});
export type EventQuery = z.output<typeof eventQuerySchema>;
export const eventListSchema = z.object({ events: z.array(eventViewSchema) }).meta({ id: "EventList" });
export const decisionListSchema = z
  .object({ decisions: z.array(decisionViewSchema) })
  .meta({ id: "DecisionList" });

export const speedSchema = z.object({ speed: z.number().min(1).max(1000) }).meta({ id: "Speed" });

export const healthSchema = z
  .object({
    ok: z.boolean(),
    lastTickAgeSeconds: z.number().nullable().describe("null before the first round of the loop"),
    message: z.string(),
  })
  .meta({ id: "Health" });

export type HealthView = z.infer<typeof healthSchema>;

const siteId = z.object({ id });

/** Routes of the site's API, each defined once: the server and the typed client are both made from it. */
export const siteRoutes = {
  site: {
    method: "GET",
    url: "/api/v1/site",
    schema: { summary: "The site as it is now", response: { 200: siteViewSchema, ...problems } },
  },
  setOverride: {
    method: "PUT",
    url: "/api/v1/sinks/:id/override",
    config: { scope: "control" },
    schema: {
      summary: "Asks for another temperature than the schedule's",
      params: siteId,
      body: overrideSchema,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  clearOverride: {
    method: "DELETE",
    url: "/api/v1/sinks/:id/override",
    config: { scope: "control" },
    schema: {
      summary: "Goes back to the schedule",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  stopHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/stop",
    config: { scope: "control" },
    schema: {
      summary: "Stops a heater until it is resumed",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  resumeHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/resume",
    config: { scope: "control" },
    schema: {
      summary: "Gives a stopped heater back to the thermostat",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  history: {
    method: "GET",
    url: "/api/v1/history",
    schema: {
      summary: "Recorded series, at the finest resolution that covers the time asked for",
      querystring: historyQuerySchema,
      response: { 200: historySchema, ...problems },
    },
  },
  historyCsv: {
    method: "GET",
    url: "/api/v1/history.csv",
    schema: {
      summary: "Recorded series as a table: a line per time, ISO 8601 in the site's zone and epoch seconds",
      querystring: historyCsvQuerySchema,
      produces: ["text/csv"],
      response: { 200: z.string().describe("CSV as RFC 4180 has it, with a head"), ...problems },
    },
  },
  events: {
    method: "GET",
    url: "/api/v1/events",
    schema: {
      summary: "What happened, newest first",
      querystring: eventQuerySchema,
      response: { 200: eventListSchema, ...problems },
    },
  },
  decisions: {
    method: "GET",
    url: "/api/v1/decisions",
    schema: {
      summary: "What was decided and why, newest first",
      querystring: logQuerySchema,
      response: { 200: decisionListSchema, ...problems },
    },
  },
  live: {
    method: "GET",
    url: "/api/v1/live",
    schema: {
      summary: "Server-sent events: `site` carries a Site after each round of the loop",
      produces: ["text/event-stream"],
      response: { 200: z.string().describe("A stream of server-sent events"), ...problems },
    },
  },
  setSpeed: {
    method: "PUT",
    url: "/api/v1/demo/speed",
    config: { scope: "control" },
    schema: {
      summary: "Sets how fast a virtual home's time runs; a real site refuses it",
      body: speedSchema,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  health: {
    method: "GET",
    url: "/healthz",
    config: { scope: "open" },
    schema: {
      summary: "Whether the control loop runs",
      response: { 200: healthSchema, 503: healthSchema, ...problems },
    },
  },
} as const;
