import { z } from "zod";
import { hostAddressSchema } from "../../transports/hostAddress.ts";
import { unattendedSchema } from "../unattended.ts";
import { type AvalonMode, type AvalonModel, type AvalonModelName, avalonModels } from "./models.ts";

const modelNames = Object.keys(avalonModels) as [AvalonModelName, ...AvalonModelName[]];

export const avalonSchema = z.strictObject({
  address: hostAddressSchema(4028),
  model: z.enum(modelNames),
  modes: z
    .array(
      z.strictObject({
        mode: z.int().min(0).max(9).describe("The mode of work, as the device counts them"),
        level: z.int().min(-9).max(9).optional().describe("The level within it, where the model has levels"),
        watts: z.number().positive().max(5000).describe("What it draws then"),
      }),
    )
    .min(1)
    .max(16)
    .optional()
    .describe("What its modes draw, where you measured it or its firmware has others; else the model's own"),
  softOff: z
    .boolean()
    .optional()
    .describe("Whether it can be stopped by itself; else as is known of the model: only the Q"),
  standbyWatts: z.number().min(0).max(200).optional().describe("What it draws when it is stopped"),
  unattendedWatts: unattendedSchema,
});
export type AvalonConfig = z.output<typeof avalonSchema>;

/** The model as the owner corrects it, its modes by ascending power and none that it may not be left in. */
export function configuredModel(
  config: AvalonConfig,
): AvalonModel & { readonly modes: readonly AvalonMode[] } {
  const known: AvalonModel = avalonModels[config.model];
  const most = config.unattendedWatts ?? Infinity;
  const modes = (config.modes ?? known.modes).filter(({ watts }) => watts <= most);
  return {
    ...known,
    softOff: config.softOff ?? known.softOff,
    standbyWatts: config.standbyWatts ?? known.standbyWatts,
    modes: [...modes].sort((one, other) => one.watts - other.watts),
  };
}
