import { z } from "zod";
import { idPattern } from "../../domain/index.ts";
import { amountText } from "../../jobs/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";
import { providerKinds } from "./provider.ts";

const partyId = z.string().regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens");

const providerListSchema = z
  .object({
    providers: z.array(
      z.object({
        id: partyId,
        name: z.string(),
        kind: z.enum(providerKinds),
        joinedAt: instant,
        isRevoked: z.boolean(),
        owner: partyId.nullable().describe("Whose machine it is, by the token with which it joined"),
        isVouched: z.boolean().describe("The operator answers for it: its results are not checked"),
        streak: z.int().describe("Results in a row that another machine found right"),
        wrong: z.int().describe("Results that others found wrong"),
        isConnected: z.boolean().describe("To the replica that was asked"),
        slots: z.int().describe("That it offers now"),
        asks: z
          .array(z.object({ slots: z.int(), perClassHour: moneySchema }))
          .describe("What it asks now, cheapest first; tasks under way fill the first of them"),
        running: z.int().describe("Tasks that it has"),
        earned: moneySchema,
        held: moneySchema.describe("Of its pay, until the audit window has gone by"),
      }),
    ),
  })
  .meta({ id: "ProviderList" });
export type ProviderList = z.output<typeof providerListSchema>;

const balancesSchema = z
  .object({
    accounts: z.array(z.object({ id: z.string(), balance: moneySchema })),
    sum: moneySchema.describe("Of all accounts, the world outside among them: it is 0"),
  })
  .meta({ id: "Balances" });

/** What the exchange's operator does. */
export const operatorRoutes = {
  providers: {
    method: "GET",
    url: "/api/v1/providers",
    config: { scope: "providers:read" },
    schema: {
      summary: "One's machines; to an operator everybody who joined",
      response: { 200: providerListSchema, ...problems },
    },
  },
  revokeProvider: {
    method: "DELETE",
    url: "/api/v1/providers/:id",
    config: { scope: "providers:write" },
    schema: {
      summary: "Ends a provider's token and lets its key in no more",
      params: z.object({ id: partyId }),
      response: { 200: providerListSchema, ...problems },
    },
  },
  joinToken: {
    method: "POST",
    url: "/api/v1/providers/join-tokens",
    config: { scope: "providers:write" },
    schema: {
      summary: "An address with which machines join as one's own",
      body: z
        .strictObject({
          machines: z.int().min(1).max(1000).default(1).describe("That may join with it"),
          days: z.int().min(1).max(30).default(1),
        })
        .meta({ id: "JoinTokenRequest" }),
      response: {
        200: z
          .object({ address: z.string().describe("Is told this once"), expiresAt: instant })
          .meta({ id: "JoinToken" }),
        ...problems,
      },
    },
  },
  vouch: {
    method: "PUT",
    url: "/api/v1/providers/:id/vouched",
    config: { scope: "providers:vouch" },
    schema: {
      summary: "Answers for a provider, whose results are then not checked; or does so no more",
      params: z.object({ id: partyId }),
      body: z.strictObject({ isVouched: z.boolean() }).meta({ id: "Vouching" }),
      response: { 200: providerListSchema, ...problems },
    },
  },
  createConsumer: {
    method: "POST",
    url: "/api/v1/consumers",
    config: { scope: "people:write" },
    schema: {
      summary: "Opens an account for somebody who submits jobs",
      body: z.strictObject({ id: partyId }).meta({ id: "ConsumerRequest" }),
      response: {
        200: z
          .object({ id: partyId, key: z.string().describe("Is told this once") })
          .meta({ id: "ConsumerKey" }),
        ...problems,
      },
    },
  },
  deposit: {
    method: "PUT",
    url: "/api/v1/consumers/:id/deposits/:reference",
    config: { scope: "ledger:write" },
    schema: {
      summary: "Notes money that was taken in for a consumer; the same reference counts once",
      params: z.object({ id: partyId, reference: partyId }),
      body: z.strictObject({ amount: amountText }).meta({ id: "Deposit" }),
      response: { 200: z.object({ balance: moneySchema }).meta({ id: "Balance" }), ...problems },
    },
  },
  balances: {
    method: "GET",
    url: "/api/v1/ledger/balances",
    config: { scope: "ledger:read" },
    schema: { summary: "What every account has", response: { 200: balancesSchema, ...problems } },
  },
} as const;
