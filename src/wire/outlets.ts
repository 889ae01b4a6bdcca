import { z } from "zod";
import { problems } from "./problem.ts";

export const outletViewSchema = z
  .object({ name: z.string(), trouble: z.string().nullable().describe("Why it is not told, in words") })
  .meta({ id: "Outlet" });
export type OutletView = z.infer<typeof outletViewSchema>;

export const alarmTestSchema = z
  .object({
    ways: z.array(
      z.object({
        name: z.string(),
        trouble: z.string().nullable().describe("Why the test did not arrive, in words; null when it did"),
      }),
    ),
  })
  .meta({ id: "AlarmTest" });
export type AlarmTestView = z.infer<typeof alarmTestSchema>;

/** Routes about who outside is told. */
export const outletRoutes = {
  testAlarms: {
    method: "POST",
    url: "/api/v1/alarms/test",
    schema: {
      summary: "Sends a test on each way on which alarms leave the house",
      response: { 200: alarmTestSchema, ...problems },
    },
  },
} as const;
