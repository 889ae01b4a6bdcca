import { z } from "zod";
import { Celsius, Seconds, Watts } from "../../domain/index.ts";

const celsius = z.number().transform(Celsius);

/** A watch over a model as it was kept. */
export const modelWatchSchema = z.object({
  foreseen: z
    .object({
      state: z.object({ air: celsius, fabric: celsius }),
      offset: z.number().transform(Watts),
      age: z.number().nonnegative().transform(Seconds),
    })
    .nullable(),
  sum: z.number(),
  squares: z.number().nonnegative(),
  weight: z.number().nonnegative(),
  judged: z.number().nonnegative(),
  verdict: z.enum(["unproven", "predicts", "fails"]),
  sound: z.number().nonnegative(),
});
