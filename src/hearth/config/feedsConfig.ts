import { z } from "zod";
import { currencies, Micros } from "../../domain/index.ts";
import {
  carbonFeeds,
  type FeedDefinition,
  marginalFeeds,
  priceFeeds,
  weatherFeeds,
} from "../../drivers/index.ts";
import { price, weeklySpan } from "./scalars.ts";

const nothing = Micros(0n);
const alarmAfterHours = z
  .number()
  .min(1)
  .max(168)
  .default(6)
  .describe("With nothing new for so long there is a warning");

/** A source as it stands in hearth.yaml, with the row that knows it. */
export interface FeedEntry<Value> {
  readonly definition: FeedDefinition<Value>;
  /** As the row's schema gives it. */
  readonly config: unknown;
  readonly alarmAfterHours: number;
}

/** An entry that names one of a table's sources; the keys are that source's own and `alarmAfterHours`. */
function feedOf<Value>(table: Readonly<Record<string, FeedDefinition<Value>>>) {
  const [first, ...others] = Object.values(table).map(({ name, config }) =>
    z.strictObject({ driver: z.literal(name), ...config.shape, alarmAfterHours }),
  );
  if (!first) throw new Error("a table of feeds is empty");
  return z
    .discriminatedUnion("driver", [first, ...others])
    .transform(({ driver, alarmAfterHours: hours, ...config }): FeedEntry<Value> => {
      const definition = table[driver];
      if (!definition) throw new Error(`there is no feed ${driver}`);
      return { definition, config, alarmAfterHours: hours };
    });
}

const marketSchema = z.strictObject({
  feed: feedOf(priceFeeds).describe("Where the market's prices come from"),
  surchargePerKwh: price.default(nothing).describe("Grid, levies and margin, on top of each kWh"),
  vatPercent: z
    .number()
    .min(0)
    .max(50)
    .multipleOf(0.0001)
    .default(0)
    .describe("On both, where it is not in the prices"),
});

const feedInSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), perKwh: price }),
  z.strictObject({ kind: z.literal("spot"), feePerKwh: price.default(nothing) }),
]);

/** What a kWh costs: fixed, by the times of the week, or the market's price, each beneath the next. */
export const tariffSchema = z
  .strictObject({
    currency: z.enum(currencies),
    perKwh: price.describe("The price of a kWh, where nothing below has one"),
    timeOfUse: z
      .array(z.strictObject({ ...weeklySpan, perKwh: price }))
      .max(50)
      .default([])
      .describe("Other prices at times of the week; where two overlap, the later entry counts"),
    market: marketSchema
      .optional()
      .describe("Prices that a market sets, hour by hour; the ones above hold while they are not known"),
    capacity: z
      .strictObject({ perKw: price, per: z.enum(["month", "year"]).default("month") })
      .optional()
      .describe("A grid fee for the highest quarter-hour of the month"),
    feedIn: feedInSchema.optional().describe("What is paid for a kWh that is fed into the grid"),
  })
  .check(({ value, issues }) => {
    if (value.feedIn?.kind === "spot" && value.market === undefined) {
      issues.push({
        code: "custom",
        path: ["feedIn", "kind"],
        message: "needs the section market, whose price it is",
        input: value.feedIn,
      });
    }
  });

const gramsPerKwh = z.number().min(0).max(3000);

/** What a kWh of the grid emits. */
export const carbonSchema = z.strictObject({
  gramsPerKwh: gramsPerKwh.describe("Of CO₂, where the feed has no figure"),
  feed: feedOf(carbonFeeds).optional().describe("Where figures by the hour come from"),
  marginal: z
    .strictObject({
      gramsPerKwh: gramsPerKwh.optional().describe("Of CO₂, where the feed has no figure"),
      feed: feedOf(marginalFeeds).optional().describe("Where figures by the hour come from"),
    })
    .optional()
    .describe("What one kWh more makes the grid emit; without it the mean kWh stands for it"),
});

export const weatherSchema = feedOf(weatherFeeds);

export type TariffConfig = z.output<typeof tariffSchema>;
