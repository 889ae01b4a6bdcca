import { HashesPerSecond, HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { Miner } from "../../../mining/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { type ThisComputerConfig, thisComputerSchema } from "./config.ts";
import { findEnergyCounters } from "./energyCounters.ts";
import { type Gauge, startGauge } from "./gauge.ts";
import { findThermometers, type Thermometers } from "./thermometers.ts";
import { tellMinerEvent } from "./tellMinerEvent.ts";

const dutySteps = 20;
/** Duties this close are the same. */
const sameDuty = 1e-6;

/**
 * This computer as a heater: its threads mine for as much of their time as the setpoint asks. Its power is
 * what the processors' energy counters report, where they can be read; else it is estimated from the share
 * of time in which the threads were measured to be busy. It can only heat while a pool gives it work.
 */
export const thisComputer: HeaterDefinition<ThisComputerConfig> = {
  name: "this-computer",
  summary: "This computer: its threads mine Bitcoin, its heat warms the room",
  config: thisComputerSchema,
  traits: (config) => traitsOf(config, "estimated"),
  open: (config, context) => openThisComputer(config, context, thisHost),
};

/** What is measured of the computer itself. */
export interface ComputerHost {
  /** Where Linux shows its devices. */
  readonly sys: string;
  /** The time that its processors live in, which goes on evenly while the site's clock is accelerated or jumps. */
  monotonic(): Seconds;
}
const thisHost: ComputerHost = { sys: "/sys", monotonic: () => Seconds(performance.now() / 1000) };

/** Opens it as if it were another computer. */
export async function openThisComputer(
  config: ThisComputerConfig,
  context: DriverContext,
  host: ComputerHost,
): Promise<HeaterDriver> {
  const [counters, temperature] = await Promise.all([
    findEnergyCounters(host.sys),
    findThermometers(host.sys),
  ]);
  const miner = await context.startMiner({
    pools: config.pools,
    threads: config.threads,
    onEvent(event) {
      const told = tellMinerEvent(event);
      if (told) context.onEvent(told);
    },
  });
  const gauge = await startGauge({ ...config, ...host, counters, done: () => miner.stats() });
  const traits = traitsOf(config, counters ? "reported" : "estimated");
  let closing: Promise<void> | undefined;

  const mayRun = (signal: AbortSignal) => {
    if (closing) throw new HearthworkError({ code: "driver/closed", message: "this heater was let go of" });
    if (!signal.aborted) return;
    throw new HearthworkError({ code: "driver/aborted", message: "the call was called off", retry: "later" });
  };
  const read = () => readComputer(miner, gauge, temperature, context);
  const close = () => (closing ??= miner.close());

  return {
    traits,
    async read(signal) {
      mayRun(signal);
      return read();
    },
    async apply(setpoint, signal): Promise<Applied> {
      mayRun(signal);
      const duty = dutyFor(setpoint, config, traits);
      if (typeof duty === "string") return { outcome: "refused", why: duty };
      const changes = Math.abs(miner.stats().duty - duty) > sameDuty;
      miner.setDuty(duty);
      if (changes) await gauge.restart();
      holds(miner, duty);
      return { outcome: "applied", reading: await read() };
    },
    close,
    leave: close,
  };
}

async function readComputer(
  miner: Miner,
  gauge: Gauge,
  temperature: Thermometers,
  { clock }: DriverContext,
): Promise<HeaterReading> {
  const { duty, hashrate, accepted, rejected, stale, networkDifficulty, trouble } = miner.stats();
  const mines = duty > 0 && trouble === undefined;
  const expected = { share: mines ? duty : 0, hashrate: mines ? hashrate : HashesPerSecond(0) };
  const [measured, hottest] = await Promise.all([gauge.look(expected), temperature()]);
  return {
    at: clock.now(),
    ...measured,
    workload: mines ? "mining" : "idle",
    ...(hottest === undefined ? {} : { temperature: hottest }),
    ...(networkDifficulty === undefined ? {} : { networkDifficulty }),
    shares: { accepted, rejected, stale },
    faults: trouble === undefined ? [] : [trouble],
  };
}

/** The share of their time that the threads must hash; or why they cannot, in words. */
function dutyFor(
  { watts, workload }: Setpoint,
  { idleWatts, fullWatts }: ThisComputerConfig,
  { steps }: HeaterTraits,
): number | string {
  if (workload === "idle") return 0;
  if (workload === "job" || workload === "heating") return "this computer only mines";
  const range = steps.mining;
  if (range?.kind !== "range") return "this computer has no range";
  const { min, max, step } = range;
  if (watts < min - step / 2 || watts > max + step / 2) {
    return `${watts} W is not between ${min} W and ${max} W; 0 W is asked for as idle`;
  }
  return (Math.min(max, Math.max(min, watts)) - idleWatts) / (fullWatts - idleWatts);
}

function holds(miner: Miner, duty: number): void {
  const held = miner.stats().duty;
  if (Math.abs(held - duty) <= sameDuty) return;
  throw new HearthworkError({
    code: "driver/not-applied",
    message: `the threads were told to hash for ${duty} of their time but say ${held}`,
    retry: "later",
  });
}

function traitsOf(config: ThisComputerConfig, provenance: "reported" | "estimated"): HeaterTraits {
  const idleWatts = Watts(config.idleWatts);
  const span = (config.fullWatts - idleWatts) * config.maxDuty;
  const step = Watts(span / dutySteps);
  const max = Watts(Math.min(config.fullWatts, idleWatts + span));
  return {
    steps: { mining: { kind: "range", min: Watts(idleWatts + step), max, step } },
    idleWatts,
    maxWatts: Watts(config.fullWatts),
    powerReturnWatts: idleWatts,
    canStop: true,
    stopSurvivesRestart: true,
    settle: Seconds(3),
    change: "live",
    provenance,
    safeState: {
      description: "its threads stop hashing by themselves; the computer draws its idle power",
      guard: { by: "device-watchdog", within: Seconds(5) },
    },
  };
}
