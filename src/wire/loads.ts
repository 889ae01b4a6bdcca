import { z } from "zod";
import { moneySchema } from "./money.ts";

/** What deferrable loads drew over some time. */
export const loadsEnergySchema = z.object({
  energyKwh: z.number().describe("By their plugs' meters"),
  cost: moneySchema,
});
