import { type Clock, Seconds, Watts } from "../domain/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits, PowerSteps, Setpoint } from "../heat/index.ts";

export interface TwinHeater extends HeaterDriver {
  /** What the twin gives off now, W. */
  watts(): Watts;
}

export interface TwinHeaterOptions {
  /** The real heater: it computes while its twin heats. */
  readonly real: HeaterDriver;
  readonly clock: Clock;
  /** The twin's powers above its idle draw. */
  readonly range: Extract<PowerSteps, { kind: "range" }>;
  readonly idleWatts: Watts;
}

/**
 * A virtual heater, strong enough for a room, whose computing is done by a real one at the same share of its power.
 * Hashes, shares and faults are the real heater's; watts are the twin's.
 */
export function twinHeater({ real, clock, range, idleWatts }: TwinHeaterOptions): TwinHeater {
  let held: Setpoint = { watts: idleWatts, workload: "idle" };
  const watts = () => (held.workload === "idle" ? idleWatts : held.watts);
  const asTwin = (reading: HeaterReading): HeaterReading => ({
    ...reading,
    at: clock.now(),
    watts: watts(),
    provenance: "estimated",
    workload: held.workload,
  });
  const traits: HeaterTraits = {
    ...real.traits,
    steps: { mining: range },
    idleWatts,
    maxWatts: range.max,
    powerReturnWatts: idleWatts,
    settle: Seconds(10),
    provenance: "estimated",
  };

  return {
    traits,
    watts,
    read: async (signal) => asTwin(await real.read(signal)),
    async apply(setpoint, signal) {
      const applied = await real.apply(sameShare(setpoint, range, real.traits), signal);
      if (applied.outcome !== "applied") return applied;
      held = setpoint;
      return { outcome: "applied", reading: asTwin(applied.reading) };
    },
    async close() {
      held = { watts: idleWatts, workload: "idle" };
      await real.close();
    },
    leave: () => real.leave(),
  };
}

/** The real heater's setpoint that is the same share of its power as `setpoint` is of the twin's. */
function sameShare(setpoint: Setpoint, range: { readonly max: Watts }, traits: HeaterTraits): Setpoint {
  const steps = traits.steps.mining;
  if (setpoint.workload === "idle" || !steps) return { watts: traits.idleWatts, workload: "idle" };
  const most = steps.kind === "levels" ? (steps.watts.at(-1) ?? traits.maxWatts) : steps.max;
  const wanted = (setpoint.watts / range.max) * most;
  if (steps.kind === "levels") {
    const level = steps.watts.findLast((watts) => watts <= wanted) ?? steps.watts[0];
    return { watts: level ?? traits.idleWatts, workload: "mining" };
  }
  const stepped = steps.min + Math.round((wanted - steps.min) / steps.step) * steps.step;
  return { watts: Watts(Math.min(steps.max, Math.max(steps.min, stepped))), workload: "mining" };
}
