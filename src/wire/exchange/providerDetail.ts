import { z } from "zod";
import { idPattern } from "../../domain/index.ts";
import { failureKinds } from "../../jobs/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";
import { providerKinds, regionCode } from "./provider.ts";

const days = 14;

const providerSchema = z
  .object({
    id: z.string().regex(idPattern),
    name: z.string(),
    kind: z.enum(providerKinds),
    region: regionCode.nullable(),
    owner: z.string().nullable().describe("Whose machine it is; null where nobody's is told"),
    joinedAt: instant,
    isRevoked: z.boolean(),
    restUntil: instant.nullable().describe("It gets nothing until then, since it could not run tasks"),
    isVouched: z.boolean(),
    streak: z.int().describe("Results in a row that another machine found right"),
    wrong: z.int(),
    trust: z.number().describe("0 … 1"),
    checkShare: z.number().describe("How many of its results another machine checks, 0 … 1"),
    probationLeft: z.int().describe("Right results until it is believed at all"),
    strikesLeft: z.int().describe("Wrong results until it is banned"),
    maxWatts: z.number().nullable().describe("That its machine draws at most, as it said"),
    now: z
      .object({
        slots: z.int(),
        running: z.int(),
        asks: z.array(z.object({ slots: z.int(), perClassHour: moneySchema })),
        memoryMiB: z.int().describe("That one task may use"),
        gramsPerClassHour: z.number().nullable(),
        watts: z.number().nullable(),
        usefulWatts: z.number().nullable(),
      })
      .nullable()
      .describe("Null while it is not connected to the replica that was asked"),
    earned: moneySchema.describe("What is on its account"),
    held: moneySchema.describe("Of its pay, until the audit window has gone by"),
    days: z
      .array(
        z.object({
          from: instant,
          tasks: z.int().describe("Whose results stand or agreed, by when they were leased"),
          earned: moneySchema,
          wrong: z.int(),
          failed: z.int(),
          connectedSeconds: z.int(),
        }),
      )
      .max(days)
      .describe(`The last ${days} days in UTC, today last`),
    verdicts: z
      .array(
        z.object({
          lease: z.int(),
          at: instant,
          state: z.enum(["accepted", "confirmed", "wrong", "failed"]),
          price: moneySchema,
          failure: z.enum(failureKinds).nullable(),
          message: z.string().nullable(),
        }),
      )
      .max(25)
      .describe("What became of its last leases, the newest first"),
  })
  .meta({ id: "Provider" });
export type ProviderDetail = z.output<typeof providerSchema>;

/** One machine, for its owner and for operators. */
export const providerRoutes = {
  provider: {
    method: "GET",
    url: "/api/v1/providers/:id",
    config: { scope: "providers:read" },
    schema: {
      summary: "A provider: what it does, earned, and why it is believed or not",
      params: z.object({ id: z.string().regex(idPattern) }),
      response: { 200: providerSchema, ...problems },
    },
  },
} as const;

export const providerDays = days;
