import { z } from "zod";
import { currencies, type Micros, parseMicros } from "../../domain/index.ts";
import { type Counterfactual, counterfactualDefaults } from "../counterfactual.ts";

const perKwh = z.number().min(-100).max(1000);
const kgPerKwh = z.number().min(0).max(3);

/** "22-6": from 22 to 6 o'clock, across midnight. */
const hours = z
  .string()
  .regex(/^(\d|1\d|2[0-3])-(\d|1\d|2[0-4])$/, 'write it like "22-6": from one full hour to another')
  .transform((text) => {
    const [from = 0, to = 24] = text.split("-").map(Number);
    return { from, to };
  });

const electricitySchema = z
  .union([
    perKwh,
    z
      .array(z.strictObject({ hours, pricePerKwh: perKwh }))
      .min(1)
      .max(24),
  ])
  .refine(
    (price) => typeof price === "number" || hoursOf(price).every((named) => named === 1),
    "name every hour of the day once",
  )
  .default(0.3)
  .describe("a kWh drawn; all day, or by hours");

const insteadSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("resistive") }),
    z.strictObject({
      kind: z.literal("heat-pump"),
      seasonalPerformance: z.number().min(1).max(10).default(counterfactualDefaults.seasonalPerformance),
    }),
    z.strictObject({
      kind: z.enum(["gas", "oil"]),
      pricePerKwh: perKwh,
      efficiency: z.number().min(0.3).max(1.1).default(counterfactualDefaults.efficiency),
    }),
    z.strictObject({ kind: z.literal("district"), pricePerKwh: perKwh, kgPerKwh: kgPerKwh.default(0.15) }),
  ])
  .default({ kind: "resistive" })
  .describe("what would give the heat otherwise: heat is worth what it replaces");

const districtSchema = z.strictObject({
  pricePerKwh: perKwh.default(0.12).describe("a kWh of heat from a network of hot water"),
  kgPerKwh: kgPerKwh.default(0.15),
});

const miningSchema = z.strictObject({
  hashpricePerPhDay: z.number().min(0).max(100_000).default(35).describe("what 1 PH/s earns in a day"),
  joulesPerTerahash: z.number().min(0.1).max(10_000).default(18),
  poolFee: z.number().min(0).max(1).default(0.02),
});

const jobsSchema = z.strictObject({
  offers: z
    .array(z.strictObject({ pricePerKwh: z.number().min(0).max(1000), share: z.number().min(0).max(1) }))
    .max(20)
    .refine(
      (offers) => offers.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9,
      "shares add up to at most 1",
    )
    .default([])
    .describe("what jobs pay for a kWh of this computer, and in which share of the time"),
  wearPerKwh: z.number().min(0).max(1000).default(0.01),
});

const device = (price: number, lifeYears: number) =>
  z
    .strictObject({
      price: z.number().min(0).max(10_000_000).default(price),
      lifeYears: z.number().min(0.5).max(100).default(lifeYears),
    })
    .prefault({});

const devicesSchema = z
  .strictObject({
    resistive: device(1500, 20),
    boiler: device(5000, 15),
    district: device(5000, 25),
    heatPump: device(12_000, 18),
    heater: device(3000, 4),
    chiller: device(9000, 15),
  })
  .prefault({})
  .describe("bought and put in; a rough middle where it is left out");

const carbonSchema = z.strictObject({
  gridKgPerKwh: kgPerKwh.default(0.35).describe("mean of the grid"),
  marginalKgPerKwh: kgPerKwh.optional().describe("of one more kWh; the mean when left out"),
  elsewhere: z
    .strictObject({ kgPerKwh, pue: z.number().min(1).max(5).default(1.2) })
    .optional()
    .describe("where the jobs would have run otherwise, if anywhere"),
});

/** What energy costs, computing earns and devices cost, all in one currency. */
export const homeMoneySchema = z.strictObject({
  currency: z.enum(currencies).default("EUR"),
  electricity: electricitySchema,
  gasPerKwh: perKwh.default(0.1).describe("gross energy"),
  district: districtSchema.prefault({}),
  instead: insteadSchema,
  mining: miningSchema.prefault({}),
  jobs: jobsSchema.prefault({}),
  besideHeatPump: z.enum(["mining", "jobs"]).default("mining").describe("what the heater beside it computes"),
  devices: devicesSchema,
  carbon: carbonSchema.prefault({}),
});

export type HomeMoney = z.output<typeof homeMoneySchema>;

interface PricedHours {
  readonly hours: { readonly from: number; readonly to: number };
  readonly pricePerKwh: number;
}

const includes = ({ from, to }: PricedHours["hours"], hour: number) =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to;

const hoursOf = (entries: readonly PricedHours[]) =>
  Array.from({ length: 24 }, (_, hour) => entries.filter((entry) => includes(entry.hours, hour)).length);

/** What a kWh costs, by hour of the day. */
export const pricesByHour = ({ electricity }: HomeMoney): readonly number[] =>
  Array.from({ length: 24 }, (_, hour) =>
    typeof electricity === "number"
      ? electricity
      : (electricity.find((entry) => includes(entry.hours, hour))?.pricePerKwh ?? 0),
  );

/** An amount of the file in millionths. */
export const microsOf = (amount: number): Micros => parseMicros(amount.toFixed(6));

/** The counterfactual in the words of accounts. */
export function insteadOf({ instead }: HomeMoney): Counterfactual {
  return "pricePerKwh" in instead ? { ...instead, pricePerKwh: microsOf(instead.pricePerKwh) } : instead;
}
