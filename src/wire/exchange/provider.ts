import { z } from "zod";
import { currencies, idPattern } from "../../domain/index.ts";
import { amount, amountText, digest, failureKinds, jobShape, maxOutputBytes } from "../../jobs/index.ts";
import { workClaimSchema } from "./receipt.ts";

export const providerKinds = ["home", "miner", "datacenter", "storage", "browser"] as const;

/**
 * The protocol's versions that this program speaks; the exchange takes the highest that both do. In the second several
 * leases are told in one message, `leases`, and that several are settled in one, `settlements`.
 */
export const protocolVersions = [1, 2] as const;
/** Of a message between exchange and provider, in bytes. */
export const maxMessageBytes = 128 * 1024;
export const maxSlots = 256;
/** Of what a provider asks, as a curve over quantity. */
export const maxAskSteps = 16;

const key = z.base64url().length(43).describe("A raw Ed25519 public key");
const signature = z.base64url().length(86).describe("Ed25519");
/** Coarse on purpose: where somebody lives is nobody's business. */
export const regionCode = z
  .string()
  .regex(/^[A-Z]{2}$/, "must be a country's code of ISO 3166-1, like AT")
  .describe("The country it says that it is in, ISO 3166-1; a claim that changes nothing");
const nonce = z.base64url().min(22).max(64);
/** Of what says whose a machine is when it joins. */
export const joinTokenPattern = /^hwj_[\w-]{43}$/;
const leaseId = z
  .int()
  .positive()
  .describe("Also the fencing token: a later lease of a task has a higher one");

/** What a provider offers now. */
export const offerSchema = z
  .strictObject({
    steps: z
      .array(
        z.strictObject({
          slots: z.int().min(1).max(maxSlots).describe("Tasks at once"),
          perClassHour: amount.describe("What an hour of a reference core costs in them"),
        }),
      )
      .max(maxAskSteps)
      .describe("Cheapest first; tasks under way fill the first of them. Empty: it takes none"),
    memoryMiB: z.int().min(1).max(1_048_576).describe("What one task may use"),
    gramsPerClassHour: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe("g CO₂e by its grid now for an hour of a reference core; left out where nobody knows"),
  })
  .refine((offer) => slotsOf(offer) <= maxSlots, `must not be more than ${maxSlots} slots`)
  .refine(
    ({ steps }) =>
      steps.every(({ perClassHour }, at) => perClassHour >= (steps[at - 1]?.perClassHour ?? perClassHour)),
    "must not become cheaper from step to step",
  );
export type Offer = z.output<typeof offerSchema>;
export type OfferText = z.input<typeof offerSchema>;

/** Tasks that an offer is for at once, those under way among them. */
export const slotsOf = ({ steps }: { readonly steps: readonly { readonly slots: number }[] }): number =>
  steps.reduce((sum, { slots }) => sum + slots, 0);

const leaseTermsSchema = z.strictObject({
  lease: leaseId,
  job: z.string().regex(idPattern),
  index: z.int().nonnegative(),
  count: z.int().positive(),
  module: digest,
  input: digest.nullable(),
  memoryMiB: jobShape.memoryMiB.unwrap(),
  limitSeconds: jobShape.limitSeconds.unwrap(),
  price: amountText.describe("What is paid for its result, in the exchange's currency"),
  deadline: z.number().describe("Epoch ms; unless renewed before, the lease ends"),
});
export type LeaseTerms = z.output<typeof leaseTermsSchema>;

/** The terms of a lease are signed as the very text that travels. */
export const signedTermsSchema = z
  .string()
  .max(4096)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is no JSON" });
      return z.NEVER;
    }
  })
  .pipe(leaseTermsSchema);

/** What a provider says. */
export const fromProviderSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    versions: z.array(z.int()).min(1).max(16),
    key,
    /** Of what `helloText` gives. */
    signature,
    /** For the exchange to sign. */
    nonce,
    token: nonce.optional().describe("Of an earlier welcome"),
    join: z
      .string()
      .regex(joinTokenPattern)
      .optional()
      .describe("Makes the machine somebody's, the first time"),
    kind: z.enum(providerKinds),
    name: z.string().trim().min(1).max(80),
    region: regionCode.optional(),
    machine: z
      .string()
      .regex(/^[\w.+/-]{1,80}$/)
      .optional()
      .describe("System, processor and runtime: alike machines check each other where results are not exact"),
    currency: z
      .enum(currencies)
      .optional()
      .describe(
        "Of its prices; an exchange of another refuses it. Left out: the exchange's, whichever it is",
      ),
    offer: offerSchema,
    watts: z
      .number()
      .positive()
      .max(1e6)
      .optional()
      .describe("What the machine draws at most; a claim beyond it is flagged"),
    /** Those that it still works on after its connection broke. */
    leases: z.array(leaseId).max(maxSlots),
  }),
  z.strictObject({ type: z.literal("offer"), offer: offerSchema }),
  z.strictObject({
    type: z.literal("beat"),
    leases: z.array(z.strictObject({ lease: leaseId, done: z.number().min(0).max(1) })).max(maxSlots),
  }),
  z.strictObject({
    type: z.literal("result"),
    lease: leaseId,
    output: z.base64().max(Math.ceil(maxOutputBytes / 3) * 4),
    seconds: z.number().nonnegative(),
    work: workClaimSchema.optional().describe("For the receipt; without it nothing is known of its energy"),
  }),
  z.strictObject({
    type: z.literal("failure"),
    lease: leaseId,
    kind: z.enum(failureKinds),
    message: z.string().max(500),
  }),
]);
export type FromProvider = z.output<typeof fromProviderSchema>;
export type ToExchange = z.input<typeof fromProviderSchema>;

/** What the exchange says. */
export const fromExchangeSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("challenge"), key, nonce }),
  z.strictObject({
    type: z.literal("welcome"),
    version: z.int(),
    provider: z.string().regex(idPattern),
    token: nonce,
    /** Of what `welcomeText` gives. */
    signature,
    /** Those of the leases said in the hello that still hold. */
    leases: z.array(leaseId).max(maxSlots),
    leaseSeconds: z.number().positive(),
  }),
  z.strictObject({ type: z.literal("lease"), terms: z.string().max(4096), signature }),
  z.strictObject({
    type: z.literal("leases"),
    leases: z.array(z.string().max(4096)).min(1).max(maxSlots).describe("The terms of each"),
    /** Of what `leasesText` gives. */
    signature,
  }),
  z.strictObject({ type: z.literal("settled"), lease: leaseId }),
  z.strictObject({ type: z.literal("settlements"), leases: z.array(leaseId).min(1).max(4096) }),
  z.strictObject({ type: z.literal("revoke"), lease: leaseId, why: z.string().max(200) }),
  z.strictObject({ type: z.literal("refused"), code: z.string().max(60), message: z.string().max(500) }),
]);
export type FromExchange = z.output<typeof fromExchangeSchema>;

/** What a provider signs to show that it has its key, for this exchange and this connection alone. */
export const helloText = (exchangeKey: string, exchangeNonce: string, providerNonce: string): string =>
  `hearthwork provider hello\n${exchangeKey}\n${exchangeNonce}\n${providerNonce}`;

/** What an exchange signs to show that it has its own. */
export const welcomeText = (providerKey: string, providerNonce: string): string =>
  `hearthwork exchange welcome\n${providerKey}\n${providerNonce}`;

/** What an exchange signs of a lease: whose it is, and its terms. */
export const leaseText = (providerId: string, terms: string): string =>
  `hearthwork lease\n${providerId}\n${terms}`;

/** What an exchange signs of several: whose they are, and the terms of each, which have no line break. */
export const leasesText = (providerId: string, leases: readonly string[]): string =>
  `hearthwork leases\n${providerId}\n${leases.join("\n")}`;
