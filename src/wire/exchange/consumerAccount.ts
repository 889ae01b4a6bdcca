import { z } from "zod";
import { idPattern } from "../../domain/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";

const partyId = z.string().regex(idPattern);
const page = 50;
const days = 92;

const consumerAccountSchema = z
  .object({
    id: partyId,
    balance: moneySchema.describe("That it may spend"),
    reserved: moneySchema.describe("Set aside for the jobs below"),
    jobs: z
      .array(z.object({ id: partyId, name: z.string(), reserved: moneySchema }))
      .max(page)
      .describe("Its jobs that have not ended, the newest first"),
    since: instant.describe("Nothing older is listed below"),
    lines: z
      .array(
        z.object({
          id: z.int(),
          at: instant,
          cause: z.string().describe("Like `reserve/JOB`, `refund/JOB`, `deposit/REFERENCE`"),
          other: z.string().describe("The account that it came from or went to"),
          amount: moneySchema.describe("Below zero what left the account"),
        }),
      )
      .max(page)
      .describe("What came to the account and left it, the newest first"),
    next: z.int().nullable().describe("Give it as `before` for what is older"),
  })
  .meta({ id: "ConsumerAccount" });

/** What a consumer has, for itself and for operators. */
export const consumerAccountRoutes = {
  consumerAccount: {
    method: "GET",
    url: "/api/v1/consumers/:id",
    config: { scope: "statements:read" },
    schema: {
      summary: `A consumer's account: what it has, what is set aside, and its postings of the last ${days} days`,
      params: z.object({ id: partyId }),
      querystring: z.object({ before: z.coerce.number().int().positive().optional() }),
      response: { 200: consumerAccountSchema, ...problems },
    },
  },
} as const;

export const accountPage = page;
export const accountDays = days;
