import { z } from "zod";
import { Watts } from "../../domain/index.ts";
import type { Guard } from "../../heat/index.ts";

/** The key by which an owner declares a power at which a heater may be left to itself. */
export const unattendedSchema = z
  .number()
  .positive()
  .max(100_000)
  .optional()
  .describe(
    "It may run on at this power when the hearth dies, and is never asked for more; its sink must stay below its limit so. Without it, it needs a plug",
  );

/** Who guards a heater that has no timer of its own. */
export const guardOf = (unattendedWatts: number | undefined): Guard =>
  unattendedWatts === undefined
    ? { by: "nobody" }
    : { by: "unattended-watts", watts: Watts(unattendedWatts) };
