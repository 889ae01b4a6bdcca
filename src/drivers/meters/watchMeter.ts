import { type Clock, messageOf, Seconds } from "../../domain/index.ts";
import type { Meter, MeterReading } from "./meter.ts";

/** A meter that is read by itself, every so often, until it is closed. */
export interface WatchedMeter {
  /** Every reading since the last call, oldest first and bounded. */
  drain(): readonly MeterReading[];
  /** Why there is no newer reading, in words. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

const every = Seconds(10);
const mostUndrained = 1000;

export function watchMeter(meter: Meter, clock: Clock): WatchedMeter {
  const ended = new AbortController();
  const readings: MeterReading[] = [];
  let trouble: string | undefined = "has not answered yet";

  const readOnce = async () => {
    try {
      readings.push(await meter.read(ended.signal));
      if (readings.length > mostUndrained) readings.shift();
      trouble = undefined;
    } catch (thrown) {
      trouble = messageOf(thrown);
    }
  };
  const run = async () => {
    while (!ended.signal.aborted) {
      await readOnce();
      await clock.sleep(every, ended.signal);
    }
  };
  const running = run();

  return {
    drain: () => readings.splice(0),
    trouble: () => trouble,
    async close() {
      ended.abort();
      await running;
      await meter.close();
    },
  };
}
