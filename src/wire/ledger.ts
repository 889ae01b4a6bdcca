import { z } from "zod";
import { instant } from "./fields.ts";
import { moneySchema } from "./money.ts";
import { problems } from "./problem.ts";

const ledgerDayViewSchema = z
  .object({
    from: instant.describe("Local midnight"),
    energyKwh: z.number(),
    heatKwh: z.number().describe("Into sinks"),
    usefulKwh: z.number().describe("Of it, what was wanted there; heat above demand is worth nothing"),
    cost: moneySchema.describe("Of the energy"),
    revenue: moneySchema,
    heatValue: moneySchema.describe("What the useful heat would have cost otherwise"),
    netCost: moneySchema.describe("Cost less revenue; capital is apart"),
    heatPumpCost: moneySchema.describe("What the useful heat would have cost by a heat pump"),
    energyIsFree: z.boolean(),
    freeAfterHeat: z.boolean(),
    beatsHeatPump: z.boolean(),
    carbonKg: z
      .object({
        used: z.number().describe("By the grid's mean"),
        displaced: z.number().describe("What would have been emitted for the same heat otherwise"),
        consequential: z.number().describe("What changed in the whole system; below 0 it emits less"),
      })
      .nullable()
      .describe("Three ledgers, never netted; null where nothing tells what the grid emits"),
  })
  .meta({ id: "LedgerDay" });
export type LedgerDayView = z.infer<typeof ledgerDayViewSchema>;

export const ledgerViewSchema = z
  .object({
    heatInstead: z
      .string()
      .nullable()
      .describe(
        "What would have heated instead; null where site.economics does not say it: no ledger is kept",
      ),
    days: z.array(ledgerDayViewSchema).describe("Newest first; the first is today so far"),
  })
  .meta({ id: "Ledger" });
export type LedgerView = z.infer<typeof ledgerViewSchema>;

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
} as const;
