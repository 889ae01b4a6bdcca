import { z } from "zod";
import { Instant, type Micros, Seconds, timelineOf } from "../../../domain/index.ts";
import { garbage, instantOf, mostFigures, priceOf, readJson } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";

const config = z.strictObject({
  product: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9-]{2,60}$/, "write it like AGILE-24-10-01")
    .describe("The product's code, like AGILE-24-10-01"),
  region: z
    .string()
    .regex(/^[A-P]$/, "one letter, A to P: the last of the tariff's code")
    .describe("The letter of the distribution region, A to P"),
  address: feedAddress("https://api.octopus.energy"),
});

const answer = z.object({
  results: z
    .array(
      z.object({
        value_inc_vat: z.number(),
        valid_from: z.string(),
        valid_to: z.string().nullable(),
        payment_method: z.string().nullish(),
      }),
    )
    .max(mostFigures),
});

const dayMs = 86_400_000;
const daysAhead = 3;

/** Octopus Energy's unit rates of a product in a region, without a key: pence per kWh, tax included. */
export const octopus: FeedDefinition<Micros, z.output<typeof config>> = {
  name: "octopus",
  summary: "Octopus Energy: half-hourly unit rates of a product, such as Agile",
  config,
  every: Seconds(3600),
  question({ product, region, address }, { now }) {
    const iso = (ms: number) =>
      new Date(Math.floor(ms / 1_800_000) * 1_800_000).toISOString().replace(".000", "");
    const query = `period_from=${iso(now - dayMs)}&period_to=${iso(now + daysAhead * dayMs)}&page_size=1500`;
    const tariff = `/v1/products/${product}/electricity-tariffs/E-1R-${product}-${region}`;
    return { kind: "http", address, request: { path: `${tariff}/standard-unit-rates/?${query}` } };
  },
  read(text, _config, { now, currency }) {
    if (currency !== "GBP") throw garbage(`its prices are in GBP, and the tariff's are in ${currency}`);
    const rates = readJson(text, answer).results;
    return timelineOf(
      rates
        .filter(({ payment_method }) => payment_method !== "NON_DIRECT_DEBIT")
        .map(({ value_inc_vat, valid_from, valid_to }) => ({
          from: instantOf(valid_from),
          until: valid_to === null ? Instant(now + daysAhead * dayMs) : instantOf(valid_to),
          value: priceOf(value_inc_vat, 10_000),
        })),
    );
  },
};
