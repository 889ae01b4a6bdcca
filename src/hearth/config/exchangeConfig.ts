import { z } from "zod";
import { parseExchangeAddress } from "../../agent/index.ts";
import { HeaterId, messageOf } from "../../domain/index.ts";
import { regionCode } from "../../wire/index.ts";
import { celsius, id, price, weeklySpan, watts } from "./scalars.ts";

const address = z
  .string()
  .max(300)
  .transform((text, issues) => {
    try {
      return parseExchangeAddress(text);
    } catch (thrown) {
      issues.issues.push({ code: "custom", message: messageOf(thrown), input: text });
      return z.NEVER;
    }
  });

const money = price.refine((micros) => micros >= 0n, "must not be below 0");
const perKwh = (amount: string, what: string) =>
  money.prefault(amount).describe(`Of a kWh, ${what}, in the tariff's currency`);

/** To whom the site offers its heaters, and within which limits. */
export const exchangeSchema = z.strictObject({
  address: address.describe("As the exchange shows it to providers; its prices are in the tariff's currency"),
  region: regionCode
    .optional()
    .describe("The country in which its pages show the site, like AT; without it they show none"),
  heaters: z
    .array(id.transform(HeaterId))
    .min(1)
    .optional()
    .describe("Those that may run tasks; without it all that can"),
  hours: z
    .array(z.strictObject(weeklySpan))
    .min(1)
    .max(50)
    .optional()
    .describe("When tasks may run; without it always"),
  maxWatts: watts(100_000).optional().describe("The most that all tasks together may draw"),
  warmerK: z
    .number()
    .min(0)
    .max(3)
    .default(0.5)
    .describe("So much warmer than its target a room may be made by tasks where no plan says more"),
  maxC: celsius(5, 90).optional().describe("In a sink that is as warm no task runs, whatever is wanted"),
  minPrice: money.prefault("0.001").describe("The least for an hour of a reference core"),
  wear: perKwh("0.01", "that computing wears off"),
  margin: perKwh("0.02", "that its owner wants to earn by computing"),
  memoryMiB: z.int().min(1).max(1_048_576).default(256).describe("What one task may use"),
});
export type ExchangeConfig = z.output<typeof exchangeSchema>;
