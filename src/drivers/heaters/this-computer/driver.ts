import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits } from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { type ThisComputerConfig, thisComputerSchema } from "./config.ts";

const dutySteps = 20;

/** This computer as a heater: its threads mine, for as much of the time as the setpoint asks. */
export const thisComputer: HeaterDefinition<ThisComputerConfig> = {
  name: "this-computer",
  summary: "This computer: its threads mine Bitcoin, its heat warms the room",
  config: thisComputerSchema,
  open: openThisComputer,
};

async function openThisComputer(config: ThisComputerConfig, context: DriverContext): Promise<HeaterDriver> {
  const traits = traitsOf(config);
  const { idleWatts, fullWatts } = config;
  const miner = await context.startMiner(config);

  const read = (): HeaterReading => {
    const { duty, hashrate, accepted, rejected, stale, connected, trouble } = miner.stats();
    return {
      at: context.clock.now(),
      watts: Watts(idleWatts + (connected ? duty : 0) * (fullWatts - idleWatts)),
      provenance: "estimated",
      workload: duty > 0 ? "mining" : "idle",
      hashrate,
      shares: { accepted, rejected, stale },
      faults: trouble === undefined ? [] : [trouble],
    };
  };

  return {
    traits,
    read: () => Promise.resolve(read()),
    apply({ watts, workload }) {
      if (workload === "job") return Promise.resolve({ outcome: "refused", why: "this heater only mines" });
      const duty = workload === "idle" ? 0 : (watts - idleWatts) / (fullWatts - idleWatts);
      if (!(duty >= 0 && duty <= config.maxDuty)) {
        throw new HearthworkError({ code: "driver/out-of-range", message: `${watts} W is out of range` });
      }
      miner.setDuty(duty);
      return Promise.resolve({ outcome: "applied", reading: read() });
    },
    close: () => miner.close(),
  };
}

function traitsOf({ idleWatts, fullWatts, maxDuty }: ThisComputerConfig): HeaterTraits {
  const step = ((fullWatts - idleWatts) * maxDuty) / dutySteps;
  const maxWatts = Watts(idleWatts + step * dutySteps);
  return {
    steps: { mining: { kind: "range", min: Watts(idleWatts + step), max: maxWatts, step: Watts(step) } },
    idleWatts: Watts(idleWatts),
    maxWatts,
    canStop: true,
    stopSurvivesRestart: true,
    settle: Seconds(5),
    change: "live",
    provenance: "estimated",
    safeState: {
      description: "hashing stops by itself and the computer draws its idle power",
      guard: { by: "device-watchdog", within: Seconds(5) },
    },
  };
}
