import { type Clock, type Instant, type Joules, Watts } from "../../domain/index.ts";
import { type AskDevice, lookAt, metered, type MeterRow } from "../rows/look.ts";

/** What a meter says. */
export interface MeterReading {
  readonly at: Instant;
  /** Below 0 where more flows back than is drawn. */
  readonly watts: Watts;
  /** Drawn since some day of the past, where it keeps count. */
  readonly energy?: Joules;
}

/** A power meter. A reading ends by itself or by its signal; it throws as its transport does, or `device/garbage`. */
export interface Meter {
  read(signal: AbortSignal): Promise<MeterReading>;
  close(): Promise<void>;
}

export interface OpenMeterOptions<Question> {
  readonly row: MeterRow<Question>;
  readonly ask: AskDevice<Question>;
  readonly clock: Clock;
  /** Which of its channels, from 1. */
  readonly channel?: number;
  close(): Promise<void>;
}

/** No home draws or gives more, W. */
const mostWatts = Watts(1_000_000);

/** A meter of the kind that the row describes. */
export function openMeter<Question>(options: OpenMeterOptions<Question>): Meter {
  const { row, ask, clock, channel = 1 } = options;
  return {
    async read(signal) {
      const found = await lookAt(row.look, ask, channel, signal);
      return { at: clock.now(), ...metered(row, found, mostWatts) };
    },
    close: () => options.close(),
  };
}
