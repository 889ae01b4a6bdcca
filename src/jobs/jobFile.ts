import { z } from "zod";
import { type Instant, plus, Seconds } from "../domain/index.ts";
import { jobShape } from "./jobSpec.ts";

const unitSeconds: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** Like 90m, 4h or 2d. */
const within = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, "write it like 90m, 4h or 2d")
  .transform((text) => Seconds(Number(text.slice(0, -1)) * (unitSeconds[text.slice(-1)] ?? 0)));

/** What `job.yaml` says: a job whose artefacts are files beside it. */
export const jobFileSchema = z.strictObject({
  ...jobShape,
  module: z.string().min(1).max(500).describe("The module's file, from where job.yaml lies"),
  input: z.string().min(1).max(500).optional().describe("The file that every task reads after its own index"),
  within: within.describe("Until when its results are wanted, from its submission on"),
});
export type JobFile = z.output<typeof jobFileSchema>;

/** When the results of a job that is submitted now are wanted. */
export const deadlineOf = (file: JobFile, now: Instant): Instant => plus(now, file.within);
