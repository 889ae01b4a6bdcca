import { type Clock, Seconds, Watts } from "../domain/index.ts";
import { type ComputingDriver, TaskPlaces } from "../drivers/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits, PowerSteps, Setpoint } from "../heat/index.ts";
import type { TaskRunner } from "../jobs/index.ts";

export interface TwinHeater extends ComputingDriver {
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
  /** What runs its tasks; without it it only mines. */
  readonly runner?: TaskRunner | undefined;
}

/** Tasks of a twin at once, and what each takes, W. */
const slots = 2;
const wattsPerSlot = Watts(120);

/**
 * A virtual heater, strong enough for a room, whose computing is done by a real one at the same share of its power.
 * Hashes, shares and faults are the real heater's; watts are the twin's. Its tasks run for real, too.
 */
export function twinHeater({ real, clock, range, idleWatts, runner }: TwinHeaterOptions): TwinHeater {
  let held: Setpoint = { watts: idleWatts, workload: "idle" };
  const places =
    runner &&
    new TaskPlaces(
      runner,
      () => clock.monotonic(),
      () => {},
    );
  const placesAt = ({ watts, workload }: Setpoint) =>
    workload === "job" ? Math.floor((watts - idleWatts) / wattsPerSlot + 1e-6) : 0;
  const watts = () => (held.workload === "idle" ? idleWatts : held.watts);
  const asTwin = (reading: HeaterReading): HeaterReading => ({
    ...reading,
    at: clock.now(),
    watts: watts(),
    provenance: "estimated",
    workload: held.workload === "job" && !places?.running ? "mining" : held.workload,
  });
  const { tasks: _tasks, ...own } = real.traits;
  const traits: HeaterTraits = {
    ...own,
    steps: places ? { mining: range, job: range } : { mining: range },
    ...(places ? { tasks: { slots, wattsPerSlot, speed: 1 } } : {}),
    idleWatts,
    maxWatts: range.max,
    powerReturnWatts: idleWatts,
    settle: Seconds(10),
    provenance: "estimated",
  };

  return {
    traits,
    tasks: places,
    watts,
    read: async (signal) => asTwin(await real.read(signal)),
    async apply(setpoint, signal) {
      const forTasks = placesAt(setpoint);
      const mined = { ...setpoint, watts: Watts(setpoint.watts - forTasks * wattsPerSlot) };
      const applied = await real.apply(sameShare(mined, range, real.traits), signal);
      if (applied.outcome !== "applied") return applied;
      held = setpoint;
      places?.allow(forTasks);
      return { outcome: "applied", reading: asTwin(applied.reading) };
    },
    async close() {
      held = { watts: idleWatts, workload: "idle" };
      places?.allow(0);
      await real.close();
    },
    leave: () => real.leave(),
  };
}

/** The real heater's setpoint that is the same share of its power as `setpoint` is of the twin's. */
function sameShare(
  setpoint: Setpoint,
  range: { readonly min: Watts; readonly max: Watts },
  traits: HeaterTraits,
): Setpoint {
  const steps = traits.steps.mining;
  if (setpoint.workload === "idle" || setpoint.watts < range.min || !steps)
    return { watts: traits.idleWatts, workload: "idle" };
  const most = steps.kind === "levels" ? (steps.watts.at(-1) ?? traits.maxWatts) : steps.max;
  const wanted = (setpoint.watts / range.max) * most;
  if (steps.kind === "levels") {
    const level = steps.watts.findLast((watts) => watts <= wanted) ?? steps.watts[0];
    return { watts: level ?? traits.idleWatts, workload: "mining" };
  }
  const stepped = steps.min + Math.round((wanted - steps.min) / steps.step) * steps.step;
  return { watts: Watts(Math.min(steps.max, Math.max(steps.min, stepped))), workload: "mining" };
}
