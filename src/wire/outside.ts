import { z } from "zod";
import { instant } from "./fields.ts";
import { decimal, moneySchema } from "./money.ts";
import { problems } from "./problem.ts";

export const gridViewSchema = z
  .object({
    price: moneySchema.describe("Of a kWh drawn now"),
    priceFrom: z
      .enum(["fixed", "time-of-use", "market"])
      .describe("Whose price that is; a market's tariff falls back to the others where no price is known"),
    feedInPrice: moneySchema
      .nullable()
      .describe("Of a kWh fed in now; null where none is paid for or it is not known"),
    capacity: z
      .object({
        peakWatts: z.number().describe("The highest mean of a quarter-hour of this month"),
        of: z
          .enum(["site", "heaters"])
          .describe("The whole site where a meter tells what it draws, or else its heaters"),
        cost: moneySchema.describe("This month's, so far; apart from the cost of energy"),
      })
      .nullable()
      .describe("The grid's fee per kW; null where the tariff has none"),
    gramsPerKwh: z.number().nullable().describe("CO₂ of a kWh drawn now; null where nothing says so"),
  })
  .meta({ id: "Grid" });

export const outdoorViewSchema = z
  .object({
    temperatureC: z.number(),
    irradianceWm2: z.number().describe("Of the sun on the horizontal"),
  })
  .meta({ id: "Outdoor" });

export const feedViewSchema = z
  .object({
    name: z.enum(["prices", "carbon", "marginal", "weather"]),
    driver: z.string(),
    fetchedAt: instant
      .nullable()
      .describe("When its newest figures were fetched; null before the first time"),
    coveredUntil: instant
      .nullable()
      .describe("Until when there are figures without a gap; null where there is none now"),
    trouble: z.string().nullable().describe("Why there is nothing newer; null while all is well"),
  })
  .meta({ id: "Feed" });

const span = { from: instant, until: instant };

export const forecastQuerySchema = z.object({ hours: z.coerce.number().min(1).max(168).default(36) });
export const forecastSchema = z
  .object({
    currency: z.string(),
    prices: z.array(z.object({ ...span, perKwh: decimal })).describe("Of kWh drawn, without gaps"),
    feedIn: z.array(z.object({ ...span, perKwh: decimal })).describe("Of kWh fed in, as far as it is known"),
    carbon: z.array(z.object({ ...span, gramsPerKwh: z.number() })),
    weather: z.array(
      z.object({
        ...span,
        temperatureC: z.number(),
        irradianceWm2: z.number(),
        directNormalWm2: z.number(),
        diffuseWm2: z.number(),
      }),
    ),
  })
  .meta({ id: "Forecast" });
export type ForecastView = z.infer<typeof forecastSchema>;

export const outsideRoutes = {
  forecast: {
    method: "GET",
    url: "/api/v1/forecast",
    schema: {
      summary: "Prices, carbon intensity and weather of the hours ahead, as far as they are known",
      querystring: forecastQuerySchema,
      response: { 200: forecastSchema, ...problems },
    },
  },
} as const;
