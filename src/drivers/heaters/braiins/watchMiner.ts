import { Watts } from "../../../domain/index.ts";
import type { HeaterReading } from "../../../heat/index.ts";
import type { DriverContext } from "../../definition.ts";
import type { BraiinsConfig } from "./config.ts";
import type { MinerApi } from "./minerApi.ts";
import { isPaused, ownScaling, type PowerRange, readMiner } from "./readMiner.ts";
import { tunerStates } from "./replies.ts";

/** What the driver sees of a miner and remembers of it. */
export interface MinerWatch {
  look(signal: AbortSignal): Promise<HeaterReading>;
  /** It was told to mine again, and needs time for it. */
  begins(): void;
}

/** After it scaled itself down it is not asked for more so soon, s: each new target makes its tuner work. */
const scaledFor = 1800;

export function watchMiner(
  api: MinerApi,
  { idleWatts, settleSeconds, unattendedWatts }: BraiinsConfig,
  range: PowerRange,
  { clock, onEvent }: Pick<DriverContext, "clock" | "onEvent">,
): MinerWatch {
  let miningSince: number | undefined;
  let scaled: { readonly watts: number; readonly until: number } | undefined;
  let tuner: string | undefined;

  const tell = (state: number | null | undefined) => {
    const next = tunerStates[state as keyof typeof tunerStates];
    if (next !== undefined && tuner !== undefined && next !== tuner) {
      onEvent({ level: "info", code: "heater/tuner", message: `Its tuner is ${next}` });
    }
    tuner = next ?? tuner;
  };
  return {
    async look(signal) {
      const replies = await api.replies(signal);
      const now = clock.monotonic();
      miningSince = isPaused(replies) ? undefined : (miningSince ?? now);
      const scaling = ownScaling(replies, range);
      if (scaling !== undefined) scaled = { watts: scaling, until: now + scaledFor };
      else if (scaled && scaled.until < now) scaled = undefined;
      tell(replies.tuner.overall_tuner_state);
      return readMiner(replies, {
        at: clock.now(),
        idleWatts: Watts(idleWatts),
        range,
        scaledDownTo: scaled?.watts,
        unattendedWatts,
        hadTimeToStart: miningSince !== undefined && now - miningSince > settleSeconds,
      });
    },
    begins() {
      miningSince = undefined;
    },
  };
}
