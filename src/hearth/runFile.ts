import { type ApiClient, apiClient } from "../client/index.ts";
import { type Announcement, announceProgram, runningProgram } from "../store/index.ts";

/** Lets other commands on this machine find the hearth that holds a data directory, by `hearth.json` in it. */
export const announceHearth = (dataDir: string): Announcement => announceProgram(dataDir, "hearth");

/** The hearth that holds a data directory, to be asked as its owner; undefined when none runs, or none that is up. */
export function runningHearth(dataDir: string): ApiClient | undefined {
  const run = runningProgram(dataDir, "hearth");
  return run && apiClient(run);
}
