import { z } from "zod";
import { httpDeviceSchema } from "../../transports/httpAddress.ts";
import { unattendedSchema } from "../unattended.ts";

const watts = z.number().positive().max(20_000);

export const braiinsSchema = z
  .strictObject({
    ...httpDeviceSchema.shape,
    minWatts: watts.describe("The lowest power target that it is given; not below what the miner states"),
    maxWatts: watts.describe("The highest power target that it is given; not above what the miner states"),
    stepWatts: z.number().min(1).max(1000).default(50).describe("Power targets are this far apart"),
    idleWatts: z
      .number()
      .min(0)
      .max(500)
      .default(50)
      .describe("What it draws while paused: power supply, control board, fans"),
    settleSeconds: z
      .number()
      .min(10)
      .max(7200)
      .default(900)
      .describe(
        "How long a change takes to hold; its tuner needs minutes, and hours at a target that is new to it",
      ),
    unattendedWatts: unattendedSchema,
  })
  .refine(({ minWatts, maxWatts }) => maxWatts >= minWatts, {
    path: ["maxWatts"],
    message: "must not be below minWatts",
  })
  .refine(({ minWatts, idleWatts }) => minWatts > idleWatts, {
    path: ["minWatts"],
    message: "must be above idleWatts",
  })
  .refine(({ minWatts, unattendedWatts = minWatts }) => unattendedWatts >= minWatts, {
    path: ["unattendedWatts"],
    message: "must not be below minWatts",
  });
export type BraiinsConfig = z.output<typeof braiinsSchema>;
