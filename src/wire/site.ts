import { z } from "zod";
import { quantityUnits } from "../domain/index.ts";
import { id, instant, provenance } from "./fields.ts";
import { heaterViewSchema } from "./heater.ts";
import { loadsEnergySchema } from "./loads.ts";
import { decimal, moneySchema, total } from "./money.ts";
import { outletViewSchema } from "./outlets.ts";
import { feedViewSchema, gridViewSchema, outdoorViewSchema } from "./outside.ts";
import { problems } from "./problem.ts";
import { overrideSchema, sinkViewSchema } from "./sink.ts";
import { siteExchangeSchema } from "./siteExchange.ts";

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

export const jobsSchema = z
  .object({
    tasks: z.int(),
    earned: moneySchema.describe("Their prices; the exchange holds a part of each back for a day"),
  })
  .describe("Tasks of an exchange that were settled");

const todaySchema = z
  .object({
    since: instant.describe("Local midnight"),
    energyKwh: z.number(),
    heatKwh: z.number().describe("The part of the energy that went into a sink"),
    cost: moneySchema,
    solarKwh: z
      .number()
      .nullable()
      .describe("Of the energy, what own photovoltaics left over; null where no meter shows it"),
    forgone: moneySchema
      .nullable()
      .describe("Of the cost, what the grid would have paid for it; null like solarKwh"),
    sats: decimal.describe(
      "Satoshis that the hashes computed earn on average, without fees; what a pool pays differs",
    ),
    jobs: jobsSchema,
    loads: loadsEnergySchema
      .nullable()
      .describe("Of deferrable loads, in no other amount; null where the site has none"),
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

const loadViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z
      .enum(["waits", "runs", "done", "short", "fault", "unreachable"])
      .describe("`short`: it would run, and the feeder has nothing to spare"),
    reason: z.string(),
    watts: z.number().nullable().describe("Drawn now by its plug; null while it is not heard"),
    ratedWatts: z.number(),
    unit: z.enum(["kWh", "min"]).describe("Of what it needs and has done"),
    done: z.number().describe("Within this window"),
    needed: z.number(),
    from: instant
      .nullable()
      .describe("Its earliest start, of the window that runs or is next; null without one"),
    until: instant.nullable().describe("Its deadline"),
    latestStart: instant
      .nullable()
      .describe("By then it begins, with a plan or without; null where it is done"),
  })
  .meta({ id: "Load" });

export const siteViewSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    now: instant,
    timezone: z.string(),
    virtual: z.object({ speed: z.number() }).nullable().describe("Not null when this home is virtual"),
    sinks: z.array(sinkViewSchema),
    heaters: z.array(heaterViewSchema),
    grid: gridViewSchema,
    outdoor: outdoorViewSchema.nullable().describe("As forecast for now; null where no feed tells it"),
    feeds: z.array(feedViewSchema).describe("What is asked of the world outside"),
    loads: z.array(loadViewSchema).describe("What may run at any time before a deadline"),
    today: todaySchema,
    total: z.object({ ...total, sats: decimal.describe("Expected, without fees"), jobs: jobsSchema }).meta({
      id: "SiteTotal",
      description: "Of all heaters, also those that are gone, since the first record",
    }),
    alarms: z.array(eventViewSchema).describe("Open alarms and warnings, newest first"),
    exchange: siteExchangeSchema.nullable().describe("To whom heaters are offered; null where they are not"),
    outlets: z.array(outletViewSchema).describe("Who outside is told how the site is doing"),
    tick: z.int().describe("Counts the control loop's rounds since the start"),
  })
  .meta({ id: "Site" });
export type SiteView = z.infer<typeof siteViewSchema>;

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
    workload: z.enum(["mining", "job", "heating", "idle"]),
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
