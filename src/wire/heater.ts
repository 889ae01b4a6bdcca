import { z } from "zod";
import { id, instant, provenance } from "./fields.ts";
import { totalSchema } from "./money.ts";

export const heaterViewSchema = z
  .object({
    id,
    name: z.string(),
    sinkId: id,
    driver: z.string(),
    state: z.enum(["off", "heating", "settling", "stopped-by-owner", "unreachable", "fault"]),
    workload: z.enum(["mining", "job", "heating", "idle"]),
    watts: z.number().nullable(),
    provenance,
    ownWatts: z
      .number()
      .nullable()
      .describe("The device's own figure where `watts` is its plug's; null where there is none"),
    wattsDiffer: z.boolean().describe("Whether both have differed more than meters do"),
    learned: z
      .array(
        z.object({
          watts: z.number().describe("Asked for, or said by the device"),
          drawnWatts: z.number().describe("What it was metered to draw then"),
          seconds: z.number().describe("For how long it was metered"),
        }),
      )
      .describe("Ascending; empty where nothing meters it"),
    setpointWatts: z.number(),
    onlyHeats: z
      .boolean()
      .describe(
        "A backup, which computes nothing: it runs when heaters do not suffice, or where a plan says so",
      ),
    heatPerWatt: z
      .number()
      .describe("What reaches its sink now for a watt that it draws; above 1 of a heat pump"),
    ownerPower: z
      .object({ watts: z.number(), until: instant })
      .nullable()
      .describe("The power that its owner asked for, and until when; null when the thermostat sets it"),
    maxWatts: z.number(),
    trial: z
      .object({
        status: z
          .enum(["waiting", "running", "proven", "failed", "skipped"])
          .describe("A heater that waits or runs is not counted on yet; one that failed is not run"),
        powers: z.array(
          z.object({
            watts: z.number(),
            outcome: z.enum(["untried", "proven", "failed"]),
            drawnWatts: z.number().nullable(),
            why: z.string().describe("Why it failed, in words; empty otherwise"),
          }),
        ),
      })
      .describe("The trial of each of its powers, from the lowest on"),
    hashesPerSecond: z.number().nullable(),
    temperatureC: z.number().nullable(),
    shares: z.object({ accepted: z.int(), rejected: z.int(), stale: z.int() }).nullable(),
    total: totalSchema,
    stoppedByOwner: z.boolean().describe("Whatever its state is"),
    reason: z.string().describe("Why it does what it does, in words"),
    faults: z.array(z.string()),
    safeState: z.string(),
  })
  .meta({ id: "Heater" });

export type HeaterView = z.infer<typeof heaterViewSchema>;

export const powerSchema = z
  .strictObject({
    watts: z.number().min(0).max(1_000_000).describe("0 turns it off"),
    until: instant,
  })
  .meta({ id: "Power" });
export type PowerRequest = z.infer<typeof powerSchema>;
