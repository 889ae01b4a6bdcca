import { z } from "zod";

export const plainLoadSchema = z.strictObject({
  onWatts: z.number().positive().max(20_000).describe("What the device draws when it has power"),
  settleSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe("How long it takes to draw that once its power is switched on"),
});
export type PlainLoadConfig = z.output<typeof plainLoadSchema>;
