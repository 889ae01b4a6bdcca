import { z } from "zod";
import { id, instant } from "./fields.ts";
import { moneySchema } from "./money.ts";
import { problems } from "./problem.ts";

const perSink = <S extends z.ZodType>(of: S) => z.record(id, of).describe("By sink");
const perHeater = <S extends z.ZodType>(of: S) => z.record(id, of).describe("By heater");

export const planSchema = z
  .object({
    madeAt: instant,
    until: instant.describe("The end of its horizon"),
    origin: z
      .enum(["proven", "best in time", "rules"])
      .describe("Proven to be within the gap of the best; the best found in time; or by plain rules"),
    gap: z.number().nullable().describe("Distance from the best, as a share of the energy's cost"),
    reason: z.string().nullable().describe("Why it is not proven, in words"),
    seconds: z.number().describe("That the search took"),
    netCost: moneySchema.describe("Of energy and starts over the horizon, less what is earned"),
    energyCost: moneySchema,
    discomfortKelvinHours: z.number().describe("Below and above what is wanted, of all rooms"),
    steps: z.array(
      z.object({
        from: instant,
        until: instant,
        pricePerKwh: z.number(),
        gramsPerKwh: z.number(),
        outdoorC: z.number(),
        irradianceWm2: z
          .number()
          .nullable()
          .describe("Of the sun on the horizontal; null where no weather feed tells it"),
        heaters: perHeater(z.object({ watts: z.number() })),
        sinks: perSink(
          z.object({
            temperatureC: z.number().describe("At the end of the step"),
            leastC: z.number(),
            mostC: z.number(),
          }),
        ),
      }),
    ),
    explanations: z.array(
      z.object({
        heaterId: id,
        watts: z.number(),
        from: instant,
        until: instant,
        words: z.string().describe("Why it runs then"),
      }),
    ),
  })
  .meta({ id: "Plan" });
export type PlanView = z.infer<typeof planSchema>;

export const planStatusSchema = z
  .object({
    isOn: z.boolean().describe("Whether hearth.yaml asks for plans"),
    trouble: z.string().nullable().describe("Why there is no newer plan, in words"),
    sinks: z
      .array(
        z.object({
          id,
          follows: z.boolean().describe("Whether its heaters follow the plan now"),
          words: z.string().describe("How well its model foresees, and so who controls"),
        }),
      )
      .describe("By sink: a plan acts only while the room's model foresees well"),
    plan: planSchema.nullable().describe("The newest; null before the first"),
  })
  .meta({ id: "PlanStatus" });
export type PlanStatusView = z.infer<typeof planStatusSchema>;

export const whatIfSchema = z
  .strictObject({
    warmerBy: z.number().min(-5).max(5).optional().describe("All targets, K"),
    priceTimes: z.number().min(-5).max(20).optional().describe("All prices"),
    away: z
      .strictObject({ targetC: z.number().min(5).max(30), hours: z.number().min(1).max(36) })
      .optional()
      .describe("Nobody is there from now on"),
  })
  .meta({ id: "WhatIf" });
export type WhatIfRequest = z.infer<typeof whatIfSchema>;

/** Routes about the site's next day. */
export const planRoutes = {
  plan: {
    method: "GET",
    url: "/api/v1/plan",
    schema: {
      summary: "The plan of the next day, and whether it is followed",
      response: { 200: planStatusSchema, ...problems },
    },
  },
  whatIf: {
    method: "POST",
    url: "/api/v1/plan/what-if",
    config: { scope: "control" },
    schema: {
      summary: "A plan for other wishes or prices, made at once; it is not followed",
      body: whatIfSchema,
      response: { 200: planSchema, ...problems },
    },
  },
} as const;
