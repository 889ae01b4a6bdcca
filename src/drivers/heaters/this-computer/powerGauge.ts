import { type Joules, type Provenance, type Seconds, Watts } from "../../../domain/index.ts";
import type { EnergyCounters } from "./energyCounters.ts";

export interface PowerGaugeOptions {
  /** Real time, as the processors and their threads know it. */
  monotonic(): Seconds;
  readonly counters: EnergyCounters | undefined;
  /** What the rest of the computer draws beside its processors; added to what the counters say. */
  readonly restWatts: number;
  readonly idleWatts: number;
  /** With `threads` threads hashing all the time. */
  readonly fullWatts: number;
  readonly threads: number;
  /** CPU time that the hashing threads used so far. */
  busy(): Seconds;
}

export interface Power {
  readonly watts: Watts;
  readonly provenance: Extract<Provenance, "reported" | "estimated">;
}

/** What this computer draws: mean over the time since the last look, or since the duty was changed. */
export interface PowerGauge {
  /** `expectedShare`: of the threads' time, for the moments after a change in which nothing is measured yet. */
  look(expectedShare: number): Promise<Power>;
  /** The duty was changed: what was measured before says nothing about now. */
  restart(): Promise<void>;
}

interface Sample {
  readonly at: Seconds;
  readonly busy: Seconds;
  readonly energies: readonly Joules[] | undefined;
}

/** Shorter windows measure the timer more than the power, s. */
const shortestWindow = 1;
/** A counter may have wrapped more than once in a longer one, s. */
const longestWindow = 300;

/** Begins to measure. */
export async function startPowerGauge(options: PowerGaugeOptions): Promise<PowerGauge> {
  const { counters, restWatts, idleWatts, fullWatts, threads } = options;
  const sample = async (): Promise<Sample> => ({
    energies: await counters?.read(),
    at: options.monotonic(),
    busy: options.busy(),
  });
  const estimate = (share: number): Power => ({
    watts: Watts(idleWatts + Math.min(1, Math.max(0, share)) * (fullWatts - idleWatts)),
    provenance: "estimated",
  });
  const over = (from: Sample, to: Sample): Power => {
    const seconds = to.at - from.at;
    if (counters && from.energies && to.energies && seconds <= longestWindow) {
      const watts = Watts(counters.between(from.energies, to.energies) / seconds + restWatts);
      return { watts, provenance: "reported" };
    }
    return estimate((to.busy - from.busy) / (seconds * threads));
  };

  let from = await sample();
  let last: Power | undefined;
  return {
    async look(expectedShare) {
      const to = await sample();
      if (to.at - from.at < shortestWindow) return last ?? estimate(expectedShare);
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
