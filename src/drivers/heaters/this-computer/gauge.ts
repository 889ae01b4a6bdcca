import { HashesPerSecond, type Joules, type Provenance, type Seconds, Watts } from "../../../domain/index.ts";
import type { MinerStats } from "../../../mining/index.ts";
import type { EnergyCounters } from "./energyCounters.ts";

export interface GaugeOptions {
  /** Real time, as the processors and their threads know it. */
  monotonic(): Seconds;
  readonly counters: EnergyCounters | undefined;
  /** What the rest of the computer draws beside its processors; added to what the counters say. */
  readonly restWatts: number;
  readonly idleWatts: number;
  /** With `threads` threads hashing all the time. */
  readonly fullWatts: number;
  readonly threads: number;
  /** CPU time and hashes since the threads' start. */
  done(): Pick<MinerStats, "busy" | "hashes">;
}

/** What this computer draws and does. */
export interface Measured {
  readonly watts: Watts;
  readonly provenance: Extract<Provenance, "reported" | "estimated">;
  readonly hashrate: HashesPerSecond;
}

/** What to tell in the moments after a change, in which nothing is measured yet. */
export interface Expected {
  /** Of the threads' time. */
  readonly share: number;
  readonly hashrate: HashesPerSecond;
}

/** Means over the time since the last look, or since the duty was changed. */
export interface Gauge {
  look(expected: Expected): Promise<Measured>;
  /** The duty was changed: what was measured before says nothing about now. */
  restart(): Promise<void>;
}

interface Sample {
  readonly at: Seconds;
  readonly done: Pick<MinerStats, "busy" | "hashes">;
  readonly energies: readonly Joules[] | undefined;
}

/** Shorter windows measure the timer more than the power, s. */
const shortestWindow = 1;
/** A counter may have wrapped more than once in a longer one, s. */
const longestWindow = 300;

/** Begins to measure. */
export async function startGauge(options: GaugeOptions): Promise<Gauge> {
  const { counters, restWatts, idleWatts, fullWatts, threads } = options;
  const sample = async (): Promise<Sample> => ({
    energies: await counters?.read(),
    at: options.monotonic(),
    done: options.done(),
  });
  const estimate = (share: number) => ({
    watts: Watts(idleWatts + Math.min(1, Math.max(0, share)) * (fullWatts - idleWatts)),
    provenance: "estimated" as const,
  });
  const over = (from: Sample, to: Sample): Measured => {
    const seconds = to.at - from.at;
    const hashrate = HashesPerSecond((to.done.hashes - from.done.hashes) / seconds);
    if (counters && from.energies && to.energies && seconds <= longestWindow) {
      const watts = Watts(counters.between(from.energies, to.energies) / seconds + restWatts);
      return { watts, provenance: "reported", hashrate };
    }
    return { ...estimate((to.done.busy - from.done.busy) / (seconds * threads)), hashrate };
  };

  let from = await sample();
  let last: Measured | undefined;
  return {
    async look({ share, hashrate }) {
      const to = await sample();
      if (to.at - from.at < shortestWindow) return last ?? { ...estimate(share), hashrate };
      last = over(from, to);
      from = to;
      return last;
    },
    async restart() {
      from = await sample();
      last = undefined;
    },
  };
}
