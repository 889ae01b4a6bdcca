import { HearthworkError, Seconds } from "../../../domain/index.ts";
import type { HeaterReading } from "../../../heat/index.ts";
import type { DriverContext } from "../../definition.ts";
import type { AxeosApi } from "./axeosApi.ts";
import type { AxeosConfig } from "./config.ts";
import type { AxeosLevel } from "./models.ts";
import { afterLook, afterRestoring, neverTripped, type Overheating } from "./overheating.ts";
import { isPaused, readAxeos } from "./readAxeos.ts";
import type { AxeosInfo } from "./replies.ts";

/** What the driver sees of a device and remembers of it. */
export interface AxeosWatch {
  look(signal: AbortSignal): Promise<AxeosInfo>;
  /**
   * Looks until it is as it was told, for as long as its firmware may take.
   * @throws {HearthworkError} `driver/not-applied`, worth trying later
   */
  lookUntil(told: string, is: (info: AxeosInfo) => boolean, signal: AbortSignal): Promise<AxeosInfo>;
  /** The reading that an answer amounts to. */
  reading(info: AxeosInfo, signal: AbortSignal): Promise<HeaterReading>;
  overheating(): Overheating;
  /** It was set back to what made it trip. */
  restored(): void;
  /** By what it holds a trip is judged; undefined while it is being set to something else. */
  holds(level: AxeosLevel | undefined): void;
}

/** The firmware takes over new settings every 1.8 s. */
const takesOver = { looks: 4, every: Seconds(1) };
/** After it began to mine it is not asked why it computes nothing, s. */
const startsWithin = 120;

export function watchAxeos(
  api: AxeosApi,
  config: AxeosConfig,
  levels: readonly AxeosLevel[],
  { clock, onEvent }: Pick<DriverContext, "clock" | "onEvent">,
): AxeosWatch {
  let overheating = neverTripped;
  let held: AxeosLevel | undefined;
  let miningSince: number | undefined;

  const look = async (signal: AbortSignal): Promise<AxeosInfo> => {
    const info = await api.info(signal);
    const now = clock.monotonic();
    const lastTrip = overheating.trips.at(-1);
    overheating = afterLook(overheating, info, held, now);
    miningSince = isPaused(info) ? undefined : (miningSince ?? now);
    const trip = overheating.trips.at(-1);
    if (trip !== undefined && trip !== lastTrip) {
      const message = "It overheated, and its own protection has lowered it";
      onEvent({ level: "warning", code: "heater/overheated", message });
    }
    return info;
  };

  return {
    look,
    async lookUntil(told, is, signal) {
      for (let left = takesOver.looks; ; left--) {
        const info = await look(signal);
        if (is(info)) return info;
        if (left <= 1) throw notApplied(told, info);
        await clock.sleep(takesOver.every, signal);
      }
    },
    async reading(info, signal) {
      return readAxeos(info, {
        at: clock.now(),
        levels,
        idleWatts: config.idleWatts,
        canPause: config.canPause,
        limits: await api.limits(signal),
        overheating,
        unattendedWatts: config.unattendedWatts,
        hadTimeToStart: miningSince !== undefined && clock.monotonic() - miningSince > startsWithin,
      });
    },
    overheating: () => overheating,
    restored() {
      overheating = afterRestoring(overheating, clock.monotonic());
    },
    holds(level) {
      held = level;
    },
  };
}

function notApplied(told: string, { frequency, coreVoltage, miningPaused }: AxeosInfo): HearthworkError {
  const instead = miningPaused === true ? "is paused" : `runs at ${frequency} MHz and ${coreVoltage} mV`;
  return new HearthworkError({
    code: "driver/not-applied",
    message: `the device was told ${told} but ${instead}`,
    retry: "later",
  });
}
