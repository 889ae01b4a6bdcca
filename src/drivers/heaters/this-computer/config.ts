import { availableParallelism } from "node:os";
import { z } from "zod";
import { messageOf } from "../../../domain/index.ts";
import { parsePoolUrl } from "../../../mining/index.ts";

const pool = z.strictObject({
  url: z
    .string()
    .max(300)
    .superRefine((text, issues) => {
      try {
        parsePoolUrl(text);
      } catch (error) {
        issues.addIssue({ code: "custom", message: messageOf(error) });
      }
    })
    .describe("A pool that speaks Stratum V1, like stratum+tcp://pool.example:3333"),
  user: z.string().min(1).max(256).describe("The worker's name there; often an address, a dot and a name"),
  password: z.string().max(256).default("x"),
});

export const thisComputerSchema = z
  .strictObject({
    idleWatts: z.number().min(0).max(10_000).describe("What this computer draws when it does nothing"),
    fullWatts: z
      .number()
      .positive()
      .max(10_000)
      .describe("What it draws with all the threads below hashing all the time"),
    restWatts: z
      .number()
      .min(0)
      .max(10_000)
      .default(0)
      .describe(
        "What the computer draws beside its processors; added to what their energy counters report, if any",
      ),
    threads: z
      .int()
      .min(1)
      .max(availableParallelism())
      .default(Math.max(1, availableParallelism() - 1))
      .describe("Threads that hash; by default all but one"),
    maxDuty: z.number().min(0.05).max(1).default(1).describe("The most of their time that they may hash"),
    pools: z.array(pool).min(1).max(8).describe("In order of preference"),
  })
  .refine(({ idleWatts, fullWatts }) => fullWatts > idleWatts, {
    path: ["fullWatts"],
    message: "must be above idleWatts",
  });
export type ThisComputerConfig = z.output<typeof thisComputerSchema>;
