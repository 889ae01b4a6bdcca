import { z } from "zod";

export const problemSchema = z
  .object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: "Problem" });

/** What every route may answer instead. */
export const problems = { "4xx": problemSchema, "5xx": problemSchema };
