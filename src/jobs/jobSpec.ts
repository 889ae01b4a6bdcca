import { z } from "zod";
import { type Digest, digestPattern, type Micros, parseMicros } from "../domain/index.ts";
import { compareSchema } from "./agreement.ts";
import { bytesPerMiB } from "./module/taskAbi.ts";

export const maxTasks = 100_000;
export const maxTaskMemoryMiB = 4096;
export const maxOutputBytes = 32 * 1024;
export const maxArtefactBytes = 64 * bytesPerMiB;

export const digest = z
  .string()
  .regex(digestPattern, "must be a SHA-256: 64 lower-case hex digits")
  .transform((text): Digest => text as Digest)
  .meta({ type: "string", description: "SHA-256 in lower-case hex" });

/** An amount of money above nothing, as a decimal string. */
export const amountText = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, "write it like 0.002, with at most six decimals")
  .refine((text) => Number(text) > 0, "must be more than 0");
export const amount = amountText.transform((text): Micros => parseMicros(text));

/** What every job says, whether it names its artefacts by file or by digest. */
export const jobShape = {
  name: z.string().trim().min(1).max(80),
  kind: z.literal("wasm").describe("A WebAssembly module that imports the task's ABI alone"),
  tasks: z.int().min(1).max(maxTasks).describe("Into how many the job splits; each is told its index"),
  classSeconds: z
    .number()
    .positive()
    .max(86_400)
    .describe("The work of one task, in seconds of a reference core: what it is paid for"),
  memoryMiB: z
    .int()
    .min(1)
    .max(maxTaskMemoryMiB)
    .default(64)
    .describe("No less than the maximum that the module declares"),
  limitSeconds: z.int().min(1).max(3600).default(300).describe("A task that runs longer is ended"),
  bid: amount.describe("What one task may cost at most, in the exchange's currency"),
  patientBid: amount
    .optional()
    .describe(
      "While there is time a task may cost no more than this: it waits for cheap hours, until its deadline forces it to pay the bid",
    ),
  maxGrams: z
    .number()
    .positive()
    .max(1_000_000)
    .optional()
    .describe(
      "What one task may emit at most, g CO₂e by its provider's grid; only who tells what he emits gets it",
    ),
  compare: compareSchema
    .optional()
    .describe(
      "When two results of a task say the same; exact unless it is said. Else machines of one class check each other",
    ),
  retries: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe("How often a task may fail by itself and be tried again"),
};

/** A job as the exchange takes it. */
export const jobSpecSchema = z.strictObject({
  ...jobShape,
  module: digest,
  input: digest.nullable().default(null).describe("What every task reads after its own index; null: nothing"),
  deadline: z.iso.datetime().describe("Until when its results are wanted; ISO 8601, UTC"),
});
export type JobSpec = z.output<typeof jobSpecSchema>;

/** Index and count as little-endian 32-bit integers come first in what a task reads, then the job's input. */
export function taskInput(index: number, count: number, shared: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + shared.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, index, true);
  view.setUint32(4, count, true);
  bytes.set(shared, 8);
  return bytes;
}
