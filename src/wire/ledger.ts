import { z } from "zod";
import { instant } from "./fields.ts";
import { moneySchema } from "./money.ts";
import { loadsEnergySchema } from "./loads.ts";
import { problems } from "./problem.ts";

/** What heating came to over some time. */
const sums = {
  energyKwh: z.number(),
  heatKwh: z.number().describe("Into sinks"),
  usefulKwh: z.number().describe("Of it, what was wanted there; heat above demand is worth nothing"),
  solarKwh: z
    .number()
    .nullable()
    .describe(
      "Of the energy, what own photovoltaics left over; null where no meter shows it: all is the grid's then",
    ),
  cost: moneySchema.describe("Of the energy: the grid's at its price, own at what the grid would have paid"),
  forgone: moneySchema
    .nullable()
    .describe("Of the cost, what was not paid but not earned: what the grid would have paid for own energy"),
  revenue: moneySchema.describe("Of what was mined, and of tasks"),
  jobRevenue: moneySchema.describe("Of the revenue, what tasks of an exchange were settled for"),
  heatValue: moneySchema.describe("What the useful heat would have cost otherwise"),
  netCost: moneySchema.describe("Cost less revenue; capital is apart"),
  heatPumpCost: moneySchema.describe("What the useful heat would have cost by a heat pump"),
  loads: loadsEnergySchema
    .nullable()
    .describe("Of deferrable loads, in no other amount; null where the site had none"),
  depreciation: moneySchema
    .nullable()
    .describe(
      "What the heaters lost of their prices, in a straight line over their lives; in no other amount and no level; null where `purchase.price` tells none",
    ),
  energyIsFree: z.boolean(),
  freeAfterHeat: z.boolean(),
  beatsHeatPump: z.boolean(),
  carbonKg: z
    .object({
      used: z.number().describe("By the grid's mean, and own photovoltaics' figure"),
      displaced: z.number().describe("What would have been emitted for the same heat otherwise"),
      consequential: z.number().describe("What changed in the whole system; below 0 it emits less"),
    })
    .nullable()
    .describe("Three ledgers, never netted; null where nothing tells what the grid emits"),
  marginal: z
    .enum(["told", "partly", "mean"])
    .nullable()
    .describe(
      "Whether a feed or the configuration told what one kWh more emits, which the consequential ledger goes by; `mean`: nothing did, and the mean kWh stands for it",
    ),
  sci: z
    .object({
      gramsPerTerahash: z.number().nullable().describe("Null where nothing was hashed"),
      gramsPerKwh: z.number().nullable().describe("Of computing; null where nothing was drawn"),
      embodiedKg: z
        .number()
        .describe("M: the share of what making the heaters emitted, by the time that passed"),
      embodied: z.enum(["told", "partly", "assumed"]).describe("Whether `purchase.embodiedKg` tells it"),
    })
    .nullable()
    .describe(
      "Software Carbon Intensity (E·I + M) / R of ISO/IEC 21031, never lowered by displaced heat; null where nothing tells what the grid emits",
    ),
};

const ledgerDayViewSchema = z
  .object({
    from: instant.describe("Local midnight"),
    until: instant.describe("The next one"),
    ...sums,
  })
  .meta({ id: "LedgerDay" });
export type LedgerDayView = z.infer<typeof ledgerDayViewSchema>;

const ledgerIntervalSchema = z.object({ from: instant, until: instant, ...sums }).meta({
  id: "LedgerInterval",
  description: "A quarter-hour; those of a day add up to it, to the millionth",
});
export type LedgerIntervalView = z.infer<typeof ledgerIntervalSchema>;

/** What would have heated instead. */
const heatInstead = z
  .string()
  .nullable()
  .describe("What would have heated instead; null where site.economics does not say it: no ledger is kept");

export const ledgerViewSchema = z
  .object({
    heatInstead,
    capital: z
      .object({
        price: moneySchema.describe("Of the heaters whose price is told"),
        depreciationPerYear: moneySchema,
        told: z.number().int().describe("How many heaters' price is told"),
        heaters: z.number().int(),
      })
      .nullable()
      .describe("What the heaters cost to buy, apart from all else; null where no price is told"),
    days: z.array(ledgerDayViewSchema).describe("Newest first; the first is today so far"),
  })
  .meta({ id: "Ledger" });
export type LedgerView = z.infer<typeof ledgerViewSchema>;

export const ledgerIntervalsSchema = z
  .object({
    heatInstead,
    intervals: z
      .array(ledgerIntervalSchema)
      .describe("Oldest first, those that began within the time asked for; the one that runs is so far"),
  })
  .meta({ id: "LedgerIntervals" });
export type LedgerIntervalsView = z.infer<typeof ledgerIntervalsSchema>;

export const ledgerRoutes = {
  ledger: {
    method: "GET",
    url: "/api/v1/ledger",
    schema: {
      summary: "What heating came to in money and carbon, by day",
      querystring: z.object({ months: z.coerce.number().int().min(0).max(24).default(1) }),
      response: { 200: ledgerViewSchema, ...problems },
    },
  },
  intervals: {
    method: "GET",
    url: "/api/v1/ledger/intervals",
    schema: {
      summary: "What heating came to by the quarter-hour, over at most 8 days; 90 days are kept",
      querystring: z.object({ from: instant, to: instant }),
      response: { 200: ledgerIntervalsSchema, ...problems },
    },
  },
  intervalsCsv: {
    method: "GET",
    url: "/api/v1/ledger/intervals.csv",
    schema: {
      summary: "The same as a table, over at most 92 days: a line a quarter-hour",
      querystring: z.object({ from: instant, to: instant }),
      produces: ["text/csv"],
      response: { 200: z.string().describe("CSV as RFC 4180 has it, with a head"), ...problems },
    },
  },
} as const;
