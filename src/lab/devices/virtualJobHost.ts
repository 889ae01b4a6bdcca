import { type Clock, HashesPerSecond, Seconds, Watts } from "../../domain/index.ts";
import { type ComputingDriver, TaskPlaces } from "../../drivers/index.ts";
import type { Applied, HeaterReading, HeaterTraits, Setpoint } from "../../heat/index.ts";
import type { TaskRunner } from "../../jobs/index.ts";

/** A virtual computer that is strong enough to heat a room, and what its meter shows. */
export interface VirtualJobHost extends ComputingDriver {
  /** Drawn now, all of which is heat of its room, W. */
  watts(): Watts;
  /** Tasks under way. */
  running(): number;
}

export interface VirtualJobHostOptions {
  /** The virtual home's. */
  readonly clock: Clock;
  /** Runs its tasks for real, on this computer. */
  readonly runner: TaskRunner;
  /** Tasks at once. */
  readonly slots?: number;
}

export const jobHostPower = { idleWatts: Watts(60), maxWatts: Watts(1500) } as const;
const usualSlots = 4;
/** What processors mine with every watt, about: next to nothing, H/s. */
const hashesPerWatt = 100_000;

/**
 * A computer of 1.5 kW: each of its slots takes 360 W while a task has it, however long that is by the home's time, and
 * what its setpoint leaves beside tasks it mines with. Its tasks are computed for real on this computer; its watts are
 * what its own meter says.
 */
export function virtualJobHost(options: VirtualJobHostOptions): VirtualJobHost {
  const { clock, runner, slots = usualSlots } = options;
  const { idleWatts, maxWatts } = jobHostPower;
  const wattsPerSlot = Watts((maxWatts - idleWatts) / slots);
  const idle: Setpoint = { watts: idleWatts, workload: "idle" };
  let held = idle;
  const places = new TaskPlaces(
    runner,
    () => clock.monotonic(),
    () => {},
  );
  const watts = () => (held.workload === "idle" ? idleWatts : held.watts);
  const read = (): HeaterReading => ({
    at: clock.now(),
    watts: watts(),
    provenance: "metered",
    workload: held.workload === "idle" ? "idle" : places.running > 0 ? "job" : "mining",
    hashrate: HashesPerSecond(
      Math.max(0, watts() - idleWatts - places.running * wattsPerSlot) * hashesPerWatt,
    ),
    faults: [],
  });
  const range = { kind: "range", min: Watts(idleWatts + 40), max: maxWatts, step: Watts(20) } as const;
  const traits: HeaterTraits = {
    steps: { mining: range, job: range },
    tasks: { slots, wattsPerSlot, speed: 1 },
    idleWatts,
    maxWatts,
    powerReturnWatts: idleWatts,
    canStop: true,
    stopSurvivesRestart: true,
    settle: Seconds(3),
    change: "live",
    provenance: "metered",
    safeState: {
      description: "it computes nothing and draws its idle power",
      guard: { by: "device-watchdog", within: Seconds(5) },
    },
  };
  const stop = async () => {
    held = idle;
    places.allow(0);
  };
  return {
    traits,
    tasks: places,
    watts,
    running: () => places.running,
    read: async () => read(),
    async apply(setpoint): Promise<Applied> {
      if (setpoint.workload === "heating") return { outcome: "refused", why: "it heats by computing alone" };
      held = setpoint.workload === "idle" ? idle : setpoint;
      const forTasks = held.workload === "job" ? held.watts - idleWatts : 0;
      places.allow(Math.floor(forTasks / wattsPerSlot + 1e-6));
      return { outcome: "applied", reading: read() };
    },
    close: stop,
    leave: stop,
  };
}
