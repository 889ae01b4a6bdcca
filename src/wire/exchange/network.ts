import { z } from "zod";
import { currencies, idPattern } from "../../domain/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";
import { providerKinds, regionCode } from "./provider.ts";

const sumShape = {
  providers: z.int().describe("That are connected to the replica that was asked"),
  slots: z.int().describe("Tasks at once that they offer"),
  running: z.int(),
  watts: z
    .number()
    .describe("That the tasks draw which run now, by what their providers claimed of earlier ones"),
  usefulWatts: z.number().describe("Of it, heat that is wanted where it comes to be"),
  unmeasured: z.int().describe("Tasks that run of which nobody knows what they draw"),
};

const networkSchema = z
  .object({
    version: z.string(),
    at: instant,
    currency: z.enum(currencies),
    fingerprint: z
      .string()
      .describe("Of the exchange's key: after the `#` of the address that providers join"),
    now: z.object(sumShape).meta({ id: "NetworkSum" }),
    kinds: z.array(z.object({ kind: z.enum(providerKinds), ...sumShape })),
    regions: z
      .array(
        z.object({ region: regionCode.nullable().describe("Null: of those that name none"), ...sumShape }),
      )
      .max(300)
      .describe("Where providers say that they are, the most providers first"),
    since: instant.describe("When the replica that was asked began"),
    done: z
      .object({
        tasks: z.int(),
        energyKwh: z.number().describe("As their providers claimed, where that may be true"),
        usefulHeatKwh: z.number(),
      })
      .describe("What came in since then"),
  })
  .meta({ id: "Network" });
export type NetworkView = z.output<typeof networkSchema>;

const presenceSchema = z
  .object({
    id: z.string().regex(idPattern),
    name: z.string().nullable().describe("Told to the operator alone"),
    kind: z.enum(providerKinds),
    region: regionCode.nullable(),
    joinedAt: instant,
    isRevoked: z.boolean(),
    isConnected: z.boolean().describe("To the replica that was asked"),
    slots: z.int(),
    running: z.int(),
    asks: moneySchema
      .nullable()
      .describe("For an hour of a reference core in its next free slot; null where it has none"),
    gramsPerClassHour: z.number().nullable().describe("g CO₂e by its grid; null where it does not tell"),
    watts: z.number().nullable().describe("That its tasks draw now; null where nobody knows"),
    usefulWatts: z.number().nullable(),
    trust: z.number().describe("How much its results are believed, 0 … 1"),
  })
  .meta({ id: "Presence" });
export type PresenceView = z.output<typeof presenceSchema>;

const presencesSchema = z
  .object({
    providers: z.array(presenceSchema),
    next: z.string().nullable().describe("Give it as `after` for what follows"),
  })
  .meta({ id: "PresenceList" });
export type PresencesView = z.output<typeof presencesSchema>;

const page = 100;
const read = { config: { scope: "network:read" } } as const;

/** What of the network everybody may see who has an account. */
export const networkRoutes = {
  network: {
    method: "GET",
    url: "/api/v1/network",
    ...read,
    schema: { summary: "Who computes now, and how much", response: { 200: networkSchema, ...problems } },
  },
  presences: {
    method: "GET",
    url: "/api/v1/network/providers",
    ...read,
    schema: {
      summary: `Providers by their ids, ${page} at a time`,
      querystring: z.object({
        after: z.string().regex(idPattern).optional(),
        all: z.stringbool().default(false).describe("Also those that are not connected now"),
      }),
      response: { 200: presencesSchema, ...problems },
    },
  },
  live: {
    method: "GET",
    url: "/api/v1/live",
    ...read,
    schema: {
      summary: "The network whenever it has changed, as server-sent events named `network`",
      produces: ["text/event-stream"],
      response: { 200: z.string().describe("A stream of server-sent events"), ...problems },
    },
  },
} as const;

export const presencesPage = page;
