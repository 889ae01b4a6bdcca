import { z } from "zod";
import { powersSchema } from "./devices.ts";
import { problems } from "./problem.ts";

/** What a heater can do and how it is kept safe, beside what the site says of it each round. */
export const heaterDetailSchema = z
  .object({
    id: z.string(),
    powers: powersSchema.nullable().describe("The powers above its idle draw at which it mines"),
    available: powersSchema.nullable().describe("Those that it takes now; null when it takes all"),
    idleWatts: z.number(),
    maxWatts: z.number(),
    powerReturnWatts: z.number().describe("Drawn by itself when the mains come back, before the hearth acts"),
    setToWatts: z.number().nullable().describe("What it is set to by its own word; 0 when it is stopped"),
    ownWatts: z.number().nullable().describe("What it says it draws, where its watts come from its plug"),
    busy: z.string().nullable().describe("Why it takes no order now"),
    unguarded: z.string().nullable().describe("Why nobody would stop it now if the hearth died"),
    canStop: z.boolean(),
    stopSurvivesRestart: z.boolean(),
    settleSeconds: z.number().describe("How long a change takes to hold"),
    change: z.enum(["live", "restart", "reboot"]),
    guard: z.discriminatedUnion("by", [
      z.object({ by: z.enum(["device-watchdog", "plug-timer"]), withinSeconds: z.number() }),
      z.object({ by: z.literal("unattended-watts"), watts: z.number() }),
      z.object({ by: z.literal("nobody") }),
    ]),
    maxDeviceC: z.number().describe("Its hottest part may be no hotter"),
    minOnSeconds: z.number(),
    minOffSeconds: z.number(),
  })
  .meta({ id: "HeaterDetail" });
export type HeaterDetailView = z.infer<typeof heaterDetailSchema>;

export const heaterRoutes = {
  heater: {
    method: "GET",
    url: "/api/v1/heaters/:id",
    schema: {
      summary: "What a heater can do, and how it is kept safe",
      params: z.object({ id: z.string().min(1).max(48) }),
      response: { 200: heaterDetailSchema, ...problems },
    },
  },
} as const;
