import type { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterDriver, Workload } from "../../heat/index.ts";

/** What can befall a device, or the way to it. */
export const troubles = [
  "silent",
  "half-open",
  "slow",
  "dripping",
  "oversized",
  "garbage",
  "refusing",
  "rebooting",
] as const;
/**
 * - `silent`: nothing answers, nothing is refused.
 * - `half-open`: it takes the connection and the request, and never answers.
 * - `slow`: it does as asked and answers, but seconds later.
 * - `dripping`: it answers a few bytes at a time, and takes seconds for them all.
 * - `oversized`: its answer does not end.
 * - `garbage`: it answers with what makes no sense.
 * - `refusing`: it reads well and refuses every write.
 * - `rebooting`: it falls over now, forgets what it forgets, and is back with `recover`.
 */
export type Trouble = (typeof troubles)[number];

/** The device itself, real or virtual, as seen by someone who stands beside it. */
export interface Device {
  /** What it really does and draws now. */
  truth(): Promise<{ readonly watts: number; readonly workload: Workload }>;
  /** Lets so much of the device's time pass. */
  pass(duration: Seconds): Promise<void>;
  suffer(trouble: Trouble): Promise<void>;
  /** Ends what it suffers. Resolves when it would answer again. */
  recover(): Promise<void>;
  /** The hearth dies: from now on no code of the driver runs, and nothing says goodbye. */
  loseHearth(): Promise<void>;
}

/** A driver and its device, freshly opened. */
export interface Bench {
  readonly driver: HeaterDriver;
  readonly device: Device;
  /** How far readings and setpoints may lie apart. */
  readonly tolerance: Watts;
  /** Ends both; the driver may be closed already. */
  dispose(): Promise<void>;
}
