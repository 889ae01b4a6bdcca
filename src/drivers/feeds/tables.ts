import { z } from "zod";
import { Micros } from "../../domain/index.ts";
import type { Weather } from "../../heat/index.ts";
import { driverTable } from "../definition.ts";
import { csvCarbon } from "./carbon/csvCarbon.ts";
import { electricityMaps } from "./carbon/electricityMaps.ts";
import { ukCarbon } from "./carbon/ukCarbon.ts";
import type { FeedDefinition, FeedJson } from "./definition.ts";
import { awattar } from "./prices/awattar.ts";
import { csvPrices } from "./prices/csvPrices.ts";
import { entsoe } from "./prices/entsoe.ts";
import { octopus } from "./prices/octopus.ts";
import { tibber } from "./prices/tibber.ts";
import { openMeteo } from "./weather/openMeteo.ts";

/** How a kind of feed's values are kept over a restart. */
export interface FeedKind<Value> {
  readonly kept: z.ZodType<Value>;
  keep(value: Value): FeedJson;
}

/** What the market asks for a kWh. */
export const priceFeeds = driverTable<FeedDefinition<Micros>>([awattar, octopus, tibber, entsoe, csvPrices]);
export const priceKind: FeedKind<Micros> = {
  kept: z
    .string()
    .regex(/^-?\d{1,12}$/)
    .transform((text) => Micros(BigInt(text))),
  keep: String,
};

/** What a kWh of the grid emits, g of CO₂. */
export const carbonFeeds = driverTable<FeedDefinition<number>>([ukCarbon, electricityMaps, csvCarbon]);
/** What one kWh more makes the grid emit, g of CO₂; of the services above none tells it to the public. */
export const marginalFeeds = driverTable<FeedDefinition<number>>([csvCarbon]);
export const carbonKind: FeedKind<number> = { kept: z.number().min(0).max(3000), keep: (value) => value };

export const weatherFeeds = driverTable<FeedDefinition<Weather>>([openMeteo]);
export const weatherKind: FeedKind<Weather> = {
  kept: z.object({
    outdoorC: z.number(),
    globalWm2: z.number(),
    directNormalWm2: z.number(),
    diffuseWm2: z.number(),
  }),
  keep: (value) => ({ ...value }),
};
