import { z } from "zod";
import { digestPattern, idPattern } from "../../domain/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";

const providerId = z.object({ id: z.string().regex(idPattern) });
const digest = z.string().regex(digestPattern);
const most = 50;

const verdictsSchema = z
  .object({
    standing: z.object({
      isVouched: z.boolean(),
      isRevoked: z.boolean(),
      streak: z.int().describe("Results in a row that another machine found right"),
      wrong: z.int().describe("Results that others found wrong, and that no appeal has cleared"),
      trust: z.number().describe("0 … 1"),
      checkShare: z.number().describe("How many of its results another machine checks, 0 … 1"),
    }),
    wrong: z
      .array(
        z.object({
          lease: z.int().positive(),
          job: z.string(),
          index: z.int(),
          returnedAt: instant,
          digest: digest.describe("SHA-256 of what it said"),
          stands: digest.nullable().describe("SHA-256 of what stands"),
          price: moneySchema.describe("That was not paid, or taken back"),
          appeal: z
            .enum(["running", "upheld", "rejected", "failed"])
            .nullable()
            .describe("failed: no machine that the operator answers for judged it in time"),
        }),
      )
      .max(most)
      .describe("The newest verdicts against it"),
  })
  .meta({ id: "Verdicts" });
export type Verdicts = z.output<typeof verdictsSchema>;

/** What was decided on a machine's results: for itself by its token, also once it is banned, its owner, and operators. */
export const verdictRoutes = {
  verdicts: {
    method: "GET",
    url: "/api/v1/providers/:id/verdicts",
    config: { scope: "verdicts" },
    schema: {
      summary: "How far a provider is believed, and why: the verdicts against it",
      params: providerId,
      response: { 200: verdictsSchema, ...problems },
    },
  },
  appeal: {
    method: "POST",
    url: "/api/v1/providers/:id/appeals",
    config: { scope: "verdicts" },
    schema: {
      summary: "Has a machine that the operator answers for judge a verdict once more; who was wrong pays",
      params: providerId,
      body: z.strictObject({ lease: z.int().positive() }).meta({ id: "Appeal" }),
      response: { 200: verdictsSchema, ...problems },
    },
  },
} as const;

/** So many verdicts are told. */
export const verdictsTold = most;
