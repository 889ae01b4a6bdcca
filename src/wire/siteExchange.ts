import { z } from "zod";
import { moneySchema } from "./money.ts";

export const siteExchangeStates = ["joining", "joined", "away", "refused"] as const;

/** The site's side of the exchange that it offers its heaters to, as it is now. */
export const siteExchangeSchema = z
  .object({
    url: z.string(),
    fingerprint: z.string().describe("Of the exchange's key"),
    state: z.enum(siteExchangeStates),
    why: z.string().nullable().describe("Why it is away, or will not have this site; else null"),
    provider: z.string().nullable().describe("What the site is known as there; null before it joined"),
    heatWantedWatts: z.number().describe("In the sinks of the heaters that may run tasks"),
    asks: z
      .array(
        z.object({
          slots: z.int().describe("Tasks at once"),
          perClassHour: moneySchema.describe("What an hour of a reference core costs in them"),
        }),
      )
      .describe("Cheapest first; tasks under way fill the first of them. Empty: it takes none"),
    tasks: z
      .array(
        z.object({
          lease: z.int(),
          job: z.string(),
          index: z.int(),
          since: z.iso.datetime().describe("By the host's time"),
          price: moneySchema,
        }),
      )
      .describe("Under way, oldest first"),
  })
  .meta({ id: "SiteExchange" });
export type SiteExchangeView = z.infer<typeof siteExchangeSchema>;
