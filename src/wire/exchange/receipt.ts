import { z } from "zod";
import { currencies, digestPattern, idPattern } from "../../domain/index.ts";
import { claimFlags, claimMethods, receiptVerdicts, sinkKinds } from "../../energy/index.ts";
import { instant } from "../fields.ts";
import { decimal } from "../money.ts";
import { problems } from "../problem.ts";

const partyId = z.string().regex(idPattern);
export const receiptId = z.string().regex(idPattern).describe("A job's id and a lease's number");
const publicKey = z.base64url().length(43).describe("A raw Ed25519 public key");
const digest = z.string().regex(digestPattern).describe("SHA-256 in lower-case hex");
const joules = z.number().min(-1e15).max(1e15).describe("J, to the thousandth");
const gramsPerKwh = z.number().min(-1e6).max(1e6).describe("CO₂e per kWh");
const leaseNumber = z.int().positive().describe("The fencing token");

/** What cannot be true of it is for `judgeClaim` to say: a receipt shows it as it was claimed. */
export const energyClaimSchema = z
  .strictObject({
    method: z.enum(claimMethods),
    energy: z.strictObject({ metered: joules, reported: joules, estimated: joules }),
    heat: z
      .array(
        z.strictObject({
          sink: z.string().min(1).max(48),
          kind: z.enum(sinkKinds),
          joules,
          usefulJoules: joules.describe("Of it, what was wanted there"),
        }),
      )
      .max(16),
    boundary: z.strictObject({
      name: z.string().min(1).max(80).describe("What is inside: PUE and ERF hold for it"),
      joules: joules.describe("Drawn within it for this work, what computed among it"),
    }),
    carbon: z
      .strictObject({
        gridGramsPerKwh: gramsPerKwh,
        marginalGramsPerKwh: gramsPerKwh,
        instead: z
          .strictObject({
            name: z.string().min(1).max(80),
            gramsPerKwh,
            marginalGramsPerKwh: gramsPerKwh,
          })
          .nullable()
          .describe("What would have given the heat otherwise, for a kWh of heat"),
        elsewhere: z
          .strictObject({ gramsPerKwh, pue: z.number().max(100) })
          .nullable()
          .describe("Where the work would have run otherwise, on evidence"),
      })
      .nullable()
      .describe("Null where nobody knows what the grid emits"),
  })
  .meta({ id: "EnergyClaim" });

/** What a provider says of a task beside its result; the rest of what it signs both sides know. */
export const workClaimSchema = z.strictObject({
  began: instant,
  ended: instant,
  claim: energyClaimSchema,
  jws: z.string().max(400).describe("Detached, of the canonical JSON of the work"),
});
export type WorkClaim = z.output<typeof workClaimSchema>;

const leaseShape = {
  job: partyId,
  index: z.int().nonnegative(),
  count: z.int().positive(),
  lease: leaseNumber,
  module: digest,
  input: digest.nullable(),
  output: digest,
};

const workSchema = z
  .strictObject({
    exchange: publicKey,
    provider: partyId,
    ...leaseShape,
    began: instant,
    ended: instant,
    claim: energyClaimSchema,
  })
  .meta({ id: "TaskWork", description: "What its provider signed" });

const ratio = z.number().nullable();
const accountSchema = z
  .strictObject({
    energyJoules: z.number(),
    boundaryJoules: z.number(),
    heatJoules: z.number(),
    usefulJoules: z.number(),
    pue: ratio,
    erf: ratio,
    ere: ratio,
    carbonGrams: z
      .strictObject({ used: z.number(), displaced: z.number(), consequential: z.number() })
      .nullable()
      .describe("Three ledgers, never netted; null where nobody knows what the grid emits"),
  })
  .meta({ id: "ReceiptAccount" });

export const taskReceiptSchema = z
  .strictObject({
    kind: z.literal("task"),
    version: z.literal(1),
    id: receiptId,
    issuer: z.strictObject({ key: publicKey }),
    issued: instant,
    ...leaseShape,
    provider: z.strictObject({ id: partyId, key: publicKey, kind: z.string().max(40) }),
    consumer: partyId,
    leased: instant,
    returned: instant,
    verdict: z.enum(receiptVerdicts),
    price: z.strictObject({ amount: decimal, currency: z.enum(currencies) }),
    watts: z.number().positive().describe("What the provider said that its machine draws at most"),
    work: workSchema.nullable().describe("Null where its provider signed nothing"),
    account: accountSchema.nullable().describe("Null where the claim cannot be true: it counts nowhere"),
    flags: z.array(z.enum(claimFlags)).max(claimFlags.length),
  })
  .meta({ id: "TaskReceipt" });

const jws = z.string().max(400).describe("A detached JWS (RFC 7515, appendix F), EdDSA, of canonical JSON");

/** As a file has it, in canonical JSON (RFC 8785). */
export const signedReceiptSchema = z
  .strictObject({
    receipt: taskReceiptSchema,
    signatures: z.strictObject({
      issuer: jws.describe("Of `receipt`"),
      provider: jws.nullable().describe("Of `receipt.work`"),
    }),
  })
  .meta({ id: "SignedReceipt" });
export type SignedReceipt = z.output<typeof signedReceiptSchema>;

const page = 100;
const receipts = { config: { scope: "receipts:read" } } as const;
const statements = { config: { scope: "statements:read" } } as const;

const receiptPageSchema = z
  .object({
    receipts: z.array(signedReceiptSchema),
    next: z.int().nullable().describe("Give it as `from` for what follows"),
  })
  .meta({ id: "ReceiptPage" });

const statement = {
  params: z.object({ id: partyId }),
  querystring: z.object({ from: instant, to: instant }),
  produces: ["text/csv"],
  response: {
    200: z.string().describe("CSV as RFC 4180 has it: each line with the balance after it"),
    ...problems,
  },
};

/** What a consumer's tasks drew, gave and cost, signed. */
export const receiptRoutes = {
  receipt: {
    method: "GET",
    url: "/api/v1/receipts/:id",
    ...receipts,
    schema: {
      summary: "A receipt of one task as one provider did it",
      params: z.object({ id: receiptId }),
      response: { 200: signedReceiptSchema, ...problems },
    },
  },
  jobReceipts: {
    method: "GET",
    url: "/api/v1/jobs/:id/receipts",
    ...receipts,
    schema: {
      summary: `The receipts of a job's tasks, those of ${page} tasks at a time`,
      params: z.object({ id: partyId }),
      querystring: z.object({ from: z.coerce.number().int().nonnegative().default(0) }),
      response: { 200: receiptPageSchema, ...problems },
    },
  },
  jobReceiptsFile: {
    method: "GET",
    url: "/api/v1/jobs/:id/receipts.jsonl",
    ...receipts,
    schema: {
      summary: "All receipts of a job as a file, a line each, for `hearthwork receipt verify`",
      params: z.object({ id: partyId }),
      produces: ["application/jsonl"],
      response: { 200: z.string().describe("Canonical JSON (RFC 8785), one receipt a line"), ...problems },
    },
  },
  consumerStatement: {
    method: "GET",
    url: "/api/v1/consumers/:id/statement.csv",
    ...statements,
    schema: {
      summary: "What came to a consumer's account and left it, for itself or the operator",
      ...statement,
    },
  },
  providerStatement: {
    method: "GET",
    url: "/api/v1/providers/:id/statement.csv",
    ...statements,
    schema: {
      summary: "What came to a provider's accounts, what is held back among them, and left them",
      ...statement,
    },
  },
} as const;

/** So many tasks' receipts at a time. */
export const receiptsPage = page;
