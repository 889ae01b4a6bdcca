import { z } from "zod";
import { Instant, type Micros, Seconds, timelineOf } from "../../../domain/index.ts";
import { epochOf, mostFigures, priceOf, readJson } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";

const config = z.strictObject({
  country: z.enum(["de", "at"]).default("de").describe("Whose day-ahead market"),
  address: feedAddress("https://api.awattar.de").optional(),
});

const answer = z.object({
  data: z
    .array(
      z.object({
        start_timestamp: z.number(),
        end_timestamp: z.number(),
        marketprice: z.number(),
        unit: z.string().regex(/^eur\/mwh$/i, "expected Eur/MWh"),
      }),
    )
    .max(mostFigures),
});

const dayMs = 86_400_000;

/** aWATTar's market data: day-ahead prices of Germany and Austria, without a key, EUR/MWh without tax. */
export const awattar: FeedDefinition<Micros, z.output<typeof config>> = {
  name: "awattar",
  summary: "aWATTar: day-ahead market prices of Germany and Austria",
  config,
  every: Seconds(3600),
  question({ country, address }, { now }) {
    const hour = Instant(Math.floor(now / 3_600_000) * 3_600_000);
    return {
      kind: "http",
      address: address ?? new URL(`https://api.awattar.${country}`),
      request: { path: `/v1/marketdata?start=${hour - dayMs}&end=${hour + 2 * dayMs}` },
    };
  },
  read: (text) =>
    timelineOf(
      readJson(text, answer).data.map(({ start_timestamp, end_timestamp, marketprice }) => ({
        from: epochOf(start_timestamp),
        until: epochOf(end_timestamp),
        value: priceOf(marketprice, 1000),
      })),
    ),
};
