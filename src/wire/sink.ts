import { z } from "zod";
import { id, instant } from "./fields.ts";

export const sinkViewSchema = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(["room", "tank"]),
    temperatureC: z.number().nullable().describe("The estimated temperature; null when nothing is known"),
    sensor: z.enum(["fresh", "late", "lost", "absurd"]),
    comfort: z.object({
      targetC: z.number(),
      minC: z.number().describe("Lower end of what the dial may be set to"),
      maxC: z.number().describe("Upper end of what the dial may be set to"),
      bandK: z.number().describe("Half the width of the comfort band"),
      source: z.enum(["schedule", "set-back", "away", "boost", "hold", "disinfection"]),
      until: instant.nullable().describe("When the target changes next"),
      nextTargetC: z.number().nullable(),
    }),
    heatingWatts: z.number().describe("Heat that flows into it now"),
  })
  .meta({ id: "Sink" });

export type SinkView = z.infer<typeof sinkViewSchema>;

/** What a room, or a tank, may be asked for; each has its own limits within. */
const overrideC = z.number().min(5).max(90);

export const overrideSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("hold").describe("Holds until the schedule changes next"),
      targetC: overrideC,
    }),
    z.strictObject({ kind: z.literal("boost"), targetC: overrideC, until: instant }),
    z.strictObject({
      kind: z.literal("away"),
      targetC: overrideC,
      until: instant.nullable().describe("null: until it is cleared"),
    }),
  ])
  .meta({ id: "Override" });
export type OverrideRequest = z.infer<typeof overrideSchema>;
