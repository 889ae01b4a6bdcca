import { z } from "zod";
import { Celsius } from "../../../domain/index.ts";
import { plainLoadSchema } from "../plug/config.ts";

const waterC = (min: number, max: number) => z.number().min(min).max(max).transform(Celsius);

export const heatPumpSchema = plainLoadSchema.extend({
  settleSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(300)
    .describe("How long it takes to draw its power once it is switched on"),
  idleWatts: z
    .number()
    .min(0)
    .max(500)
    .default(0)
    .describe("What it draws while it rests, where a contact lets it run and its power stays on"),
  source: z.enum(["air", "ground"]).default("air").describe("Where it takes heat from"),
  supplyC: waterC(20, 70).prefault(35).describe("The water that it gives to a room"),
  maxSinkC: waterC(30, 80).prefault(55).describe("The warmest water that it makes"),
});
export type HeatPumpConfig = z.output<typeof heatPumpSchema>;
