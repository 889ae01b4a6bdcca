import { z } from "zod";
import { currencies, formatMicros, type Micros } from "../domain/index.ts";

export const decimal = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .describe("Decimal string, six places");

export const moneySchema = z.object({ amount: decimal, currency: z.enum(currencies) }).meta({ id: "Money" });
export const toMoney = (amount: Micros, currency: (typeof currencies)[number]) => ({
  amount: formatMicros(amount),
  currency,
});

export const total = {
  energyKwh: z.number().describe("Metered, reported or estimated; what has no power reading is not counted"),
  heatKwh: z.number().describe("The part of the energy that went into a sink"),
  cost: moneySchema,
};
export const totalSchema = z
  .object(total)
  .meta({ id: "Total", description: "Since the first record. Only what is recorded: it never goes back" });
