import { z } from "zod";
import { Seconds, timelineOf } from "../../../domain/index.ts";
import { gramsOf, instantOf, mostFigures, readJson } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";

const config = z.strictObject({
  region: z
    .int()
    .min(1)
    .max(17)
    .optional()
    .describe("The number of the distribution region, 1 to 17; without it all of Great Britain"),
  address: feedAddress("https://api.carbonintensity.org.uk"),
});

const rows = z
  .array(
    z.object({
      from: z.string(),
      to: z.string(),
      intensity: z.object({ forecast: z.number().nullish(), actual: z.number().nullish() }),
    }),
  )
  .max(mostFigures);
const answer = z.object({ data: z.union([rows, z.object({ data: rows }).transform(({ data }) => data)]) });

/** The Carbon Intensity API of National Grid ESO: 48 h ahead in half-hours, without a key. */
export const ukCarbon: FeedDefinition<number, z.output<typeof config>> = {
  name: "uk-carbon",
  summary: "Carbon Intensity API: Great Britain and its regions, half-hourly",
  config,
  every: Seconds(1800),
  question({ region, address }, { now }) {
    const from = `${new Date(now).toISOString().slice(0, 16)}Z`;
    const path =
      region === undefined
        ? `/intensity/${from}/fw48h`
        : `/regional/intensity/${from}/fw48h/regionid/${region}`;
    return { kind: "http", address, request: { path } };
  },
  read: (text) =>
    timelineOf(
      readJson(text, answer).data.flatMap(({ from, to, intensity }) => {
        const value = intensity.actual ?? intensity.forecast;
        if (value === null || value === undefined) return [];
        return [{ from: instantOf(from), until: instantOf(to), value: gramsOf(value) }];
      }),
    ),
};
