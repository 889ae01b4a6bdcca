import { z } from "zod";
import type { HeaterInput, HeaterReading, LoadConfig } from "../heat/index.ts";

/** A site's deferrable loads in a round, and what their plugs say. */
export interface RoundLoads {
  readonly configs: readonly LoadConfig[];
  readonly inputs: Readonly<Record<string, HeaterInput>>;
  /** All that each plug said since the last round, oldest first. */
  readonly heard: Readonly<Record<string, readonly HeaterReading[]>>;
}

export const noLoads: RoundLoads = { configs: [], inputs: {}, heard: {} };

/** What is remembered of each load, by its id. */
export const loadMemoriesSchema = z.record(
  z.string(),
  z.object({
    until: z.number().nullable(),
    done: z.number().nonnegative(),
    on: z.boolean(),
    sinceSwitch: z.number(),
    silentFor: z.number(),
    guarded: z.boolean(),
    trouble: z.string().nullable(),
  }),
);
