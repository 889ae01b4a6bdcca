import type { Logger } from "pino";
import { hostClock } from "../domain/index.ts";
import type { DemoOptions } from "../lab/index.ts";
import { startMiner } from "../mining/index.ts";
import { packageVersion } from "./packageFiles.ts";

/** A virtual home in this process: in this computer's time zone, a minute a second. */
export function virtualHomeDefaults(log: Logger): Omit<DemoOptions, "onProgress" | "signal"> {
  const clock = hostClock(globalThis);
  return {
    host: globalThis,
    log,
    version: packageVersion(),
    speed: 60,
    seed: 1,
    days: 7,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    startMiner: async (order) => startMiner({ ...order, clock }),
  };
}
