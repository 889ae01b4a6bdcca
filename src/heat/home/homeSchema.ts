import { z } from "zod";
import { buildingSchema } from "../building/building.ts";
import { chillerKinds } from "../sinks/chiller.ts";
import { drawOffProfiles } from "../sinks/drawOff.ts";
import { joulesPerLitreKelvin } from "../sinks/water.ts";

const watts = z.number().min(1).max(1_000_000);
const celsius = z.number().min(-30).max(100);

const houseSchema = z
  .strictObject({
    floorAreaM2: z.number().min(10).max(10_000),
    insulation: z.enum(["poor", "average", "good"]).default("average"),
    dayC: celsius.default(20.5).describe("wanted from 6 to 22 o'clock"),
    nightC: celsius.default(18),
    coolAboveC: z.number().min(15).max(40).optional(),
  })
  .describe("a detached house by what its owner knows of it; instead of a whole building");

const emittersSchema = z.strictObject({
  kind: z.enum(["radiators", "floor", "fan-coils"]).default("radiators"),
  designSupplyC: z
    .number()
    .min(25)
    .max(90)
    .default(50)
    .describe("of their water on the coldest day of the weather"),
});

/** Its water would lose more than it has between two steps. */
const leastSecondsOfHeat = 3600;
const hotWaterSchema = z
  .strictObject({
    litresPerDay: z.number().min(0).max(100_000).default(140).describe("as it leaves the taps, mixed"),
    tapC: z.number().min(30).max(60).default(40),
    profile: z.enum(drawOffProfiles).default("household"),
    tankLitres: z.number().min(10).max(100_000).default(200),
    layers: z.number().int().min(1).max(20).default(8).describe("1: the tank is mixed"),
    lossWattsPerKelvin: z.number().min(0).max(1000).default(1.8),
    setpointC: z.number().min(40).max(75).default(52),
    legionellaEveryHours: z
      .number()
      .min(12)
      .max(336)
      .default(168)
      .describe("how often all of the tank must reach 60 °C for half an hour"),
  })
  .refine(
    ({ tankLitres, lossWattsPerKelvin }) =>
      lossWattsPerKelvin * leastSecondsOfHeat <= tankLitres * joulesPerLitreKelvin,
    { message: "is more than a tank of so few litres can lose", path: ["lossWattsPerKelvin"] },
  );

const poolSchema = z.strictObject({
  areaM2: z.number().min(1).max(5000),
  depthM: z.number().min(0.3).max(5).default(1.5),
  targetC: z.number().min(15).max(35).default(27),
  months: z.array(z.number().int().min(1).max(12)).min(1).max(12).default([5, 6, 7, 8, 9]),
  cover: z.enum(["night", "never"]).default("night"),
  maxHeatW: watts.default(6000),
  windShare: z.number().min(0).max(1).default(0.2).describe("of the station's wind, what reaches the water"),
});

const leastShare = 0.3;
const heaterSchema = z
  .strictObject({
    maxW: watts.default(4000).describe("electric, computing at full power"),
    minW: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe("the least at which it computes; left out: three tenths of the most"),
    heatShare: z.number().min(0.1).max(1).default(0.97).describe("of its power, what reaches the home"),
    supplyC: z.number().min(25).max(95).default(60).describe("the warmest water that its heat makes"),
    into: z
      .enum(["water", "air"])
      .default("water")
      .describe("water: the loop, the tank, the pool; air: the rooms alone"),
    canDump: z.boolean().default(false).describe("whether it may throw heat outside and go on computing"),
  })
  .refine(({ minW, maxW }) => minW === undefined || minW <= maxW, {
    message: "is above maxW",
    path: ["minW"],
  })
  .transform((heater) => ({ ...heater, minW: heater.minW ?? leastShare * heater.maxW }));

const heatPumpSchema = z.strictObject({
  source: z.enum(["air", "ground"]).default("air"),
  nominalW: watts.optional().describe("heat at −7 °C into 35 °C; left out: what the home needs"),
  maxSinkC: z.number().min(35).max(80).default(60),
  minShare: z.number().min(0).max(1).default(0.3),
});

const districtHeatSchema = z
  .strictObject({
    nominalW: watts.optional().describe("of the connection; left out: what the home needs"),
    coldSupplyC: z
      .number()
      .min(40)
      .max(180)
      .default(95)
      .describe("of the network's water in the coldest hours"),
    mildSupplyC: z.number().min(40).max(180).default(75).describe("and from 10 °C outside on"),
    approachK: z.number().min(0).max(20).default(5).describe("how much colder the home's water is made"),
  })
  .refine(({ coldSupplyC, mildSupplyC }) => mildSupplyC <= coldSupplyC, {
    message: "is above coldSupplyC",
    path: ["mildSupplyC"],
  });

const plannerSchema = z.strictObject({
  warmerK: z
    .number()
    .min(0)
    .max(5)
    .default(1)
    .describe(
      "how much warmer than the day's warmest set-point a plan may make the rooms, and than its target the pool",
    ),
  coolerK: z
    .number()
    .min(0)
    .max(10)
    .default(2)
    .describe("how much cooler than where cooling begins a plan may make the rooms"),
});

/** What a home is and what may heat it; money is apart. */
export const homeShape = {
  name: z.string().min(1).max(60).default("home"),
  house: houseSchema.optional(),
  building: buildingSchema.optional().describe("as `study building` takes it"),
  emitters: emittersSchema.prefault({}),
  bufferLitres: z
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .describe("water between the heater or the heat pump and the emitters"),
  hotWater: hotWaterSchema.prefault({}),
  pool: poolSchema.optional(),
  heater: heaterSchema.prefault({}),
  heatPump: heatPumpSchema.prefault({}),
  boiler: z.enum(["condensing", "old"]).default("condensing"),
  districtHeat: districtHeatSchema
    .optional()
    .describe("a network of hot water that the home could be connected to"),
  planner: plannerSchema.prefault({}),
  chiller: z.enum(chillerKinds).optional().describe("cools by the heater's heat where that is left over"),
};

const homeSchema = z.strictObject(homeShape);
/** A home as its file describes it, or as a page asked for it. */
export type Home = z.output<typeof homeSchema>;
