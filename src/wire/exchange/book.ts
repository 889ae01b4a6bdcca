import { z } from "zod";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";

const perClassHour = moneySchema.describe("For an hour of a reference core");

const bookSchema = z
  .object({
    at: instant,
    classes: z.array(
      z.object({
        name: z.literal("cpu").describe("Hours of a reference core"),
        asks: z
          .array(
            z.object({
              perClassHour,
              slots: z.int().describe("Free, for a task each"),
              homeSlots: z.int().describe("Of them those of homes, priced by the heat that is wanted there"),
            }),
          )
          .max(200)
          .describe("Cheapest first, by who is connected to the replica that was asked"),
        bids: z
          .array(z.object({ perClassHour, tasks: z.int() }))
          .max(200)
          .describe("What waiting tasks may cost at most now, dearest first"),
      }),
    ),
  })
  .meta({ id: "OrderBook" });
export type BookView = z.output<typeof bookSchema>;

/** What is offered and what waits, without a word of whose it is. */
export const bookRoutes = {
  book: {
    method: "GET",
    url: "/api/v1/book",
    config: { scope: "network:read" },
    schema: {
      summary: "What is offered and what waits now, by price and class",
      response: { 200: bookSchema, ...problems },
    },
  },
} as const;
