import { z } from "zod";
import { httpDeviceSchema } from "../../transports/httpAddress.ts";
import { unattendedSchema } from "../unattended.ts";
import { axeosModels, typicalIdleWatts, typicalLevels } from "./models.ts";

const level = z.strictObject({
  frequencyMhz: z.number().min(50).max(1500),
  coreVoltageMv: z.number().min(500).max(2000),
  watts: z.number().positive().max(500).describe("What it draws so, from its plug or its own figure"),
});

export const axeosSchema = z
  .strictObject({
    address: httpDeviceSchema.shape.address,
    model: z.enum(axeosModels).default("gamma").describe("The board's family; gives levels and idle power"),
    levels: z
      .array(level)
      .min(1)
      .max(16)
      .optional()
      .describe(
        "Settings with their power, lowest first; by default those typical of the model, none overclocked",
      ),
    idleWatts: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("What it draws without hashing; by default what is typical of the model"),
    canPause: z
      .boolean()
      .default(true)
      .describe("Its firmware can pause, from 2.14; without, only a plug can stop it"),
    unattendedWatts: unattendedSchema,
  })
  .transform(({ levels, idleWatts, ...rest }) => ({
    ...rest,
    levels: levels ?? typicalLevels(rest.model),
    idleWatts: idleWatts ?? typicalIdleWatts(rest.model),
  }))
  .refine(({ levels }) => levels.every(({ watts }, index) => watts > (levels[index - 1]?.watts ?? 0)), {
    path: ["levels"],
    message: "must ascend by their watts",
  })
  .refine(({ levels, idleWatts }) => (levels[0]?.watts ?? 0) > idleWatts, {
    path: ["levels"],
    message: "must be above idleWatts",
  })
  .refine(({ levels, unattendedWatts = Infinity }) => unattendedWatts >= (levels[0]?.watts ?? 0), {
    path: ["unattendedWatts"],
    message: "must not be below the lowest level",
  });
export type AxeosConfig = z.output<typeof axeosSchema>;
