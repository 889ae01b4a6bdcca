import { HashesPerSecond, HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterReading, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { Miner } from "../../../mining/index.ts";
import type { ComputingDriver, DriverContext, HeaterDefinition } from "../../definition.ts";
import { TaskPlaces } from "../../taskPlaces.ts";
import { type ThisComputerConfig, thisComputerSchema } from "./config.ts";
import { findEnergyCounters } from "./energyCounters.ts";
import { type Gauge, startGauge } from "./gauge.ts";
import { findThermometers, type Thermometers } from "./thermometers.ts";
import { tellMinerEvent } from "./tellMinerEvent.ts";

const dutySteps = 20;
/** Duties this close are the same. */
const sameDuty = 1e-6;

/**
 * This computer as a heater: its threads mine for as much of their time as the setpoint asks, or run tasks of an
 * exchange, a thread each, and mine with what is left of it. Its power is
 * what the processors' energy counters report, where they can be read; else it is estimated from the share
 * of time in which the threads were measured to be busy. It can only heat while it has tasks, or a pool gives it work.
 */
export const thisComputer: HeaterDefinition<ThisComputerConfig> = {
  name: "this-computer",
  summary: "This computer: its threads mine Bitcoin or run tasks, its heat warms the room",
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
): Promise<ComputingDriver> {
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
  /** Of the threads' time, mining and tasks together. */
  let share = 0;
  const mineTheRest = () => {
    const taken = (places?.running ?? 0) / config.threads;
    miner.setDuty(Math.max(0, share - taken));
  };
  const { taskRunner } = context;
  const places = taskRunner && new TaskPlaces(taskRunner, () => host.monotonic(), mineTheRest);
  const done = () => {
    const { busy, hashes } = miner.stats();
    return { busy: Seconds(busy + (places?.busy ?? 0)), hashes };
  };
  const gauge = await startGauge({ ...config, ...host, counters, done });
  const able = traitsOf(config, counters ? "reported" : "estimated");
  const traits = places ? able : onlyMining(able);
  let closing: Promise<void> | undefined;

  const mayRun = (signal: AbortSignal) => {
    if (closing) throw new HearthworkError({ code: "driver/closed", message: "this heater was let go of" });
    if (!signal.aborted) return;
    throw new HearthworkError({ code: "driver/aborted", message: "the call was called off", retry: "later" });
  };
  const read = () => readComputer({ miner, gauge, temperature, context, places, threads: config.threads });
  const close = () => {
    places?.allow(0);
    return (closing ??= miner.close());
  };

  return {
    traits,
    tasks: places,
    async read(signal) {
      mayRun(signal);
      return read();
    },
    async apply(setpoint, signal): Promise<Applied> {
      mayRun(signal);
      const asked = shareFor(setpoint, config, traits);
      if (typeof asked === "string") return { outcome: "refused", why: asked };
      const changes = Math.abs(share - asked) > sameDuty;
      share = asked;
      places?.allow(setpoint.workload === "job" ? Math.floor(share * config.threads + sameDuty) : 0);
      mineTheRest();
      if (changes) await gauge.restart();
      holds(miner, Math.max(0, share - (places?.running ?? 0) / config.threads));
      return { outcome: "applied", reading: await read() };
    },
    close,
    leave: close,
  };
}

interface Parts {
  readonly miner: Miner;
  readonly gauge: Gauge;
  readonly temperature: Thermometers;
  readonly context: DriverContext;
  readonly places: TaskPlaces | undefined;
  readonly threads: number;
}

async function readComputer(parts: Parts): Promise<HeaterReading> {
  const { miner, gauge, temperature, context, places, threads } = parts;
  const { duty, hashrate, accepted, rejected, stale, networkDifficulty, trouble } = miner.stats();
  const mines = duty > 0 && trouble === undefined;
  const running = places?.running ?? 0;
  const expected = {
    share: (mines ? duty : 0) + running / threads,
    hashrate: mines ? hashrate : HashesPerSecond(0),
  };
  const [measured, hottest] = await Promise.all([gauge.look(expected), temperature()]);
  return {
    at: context.clock.now(),
    ...measured,
    workload: running > 0 ? "job" : mines ? "mining" : "idle",
    ...(hottest === undefined ? {} : { temperature: hottest }),
    ...(networkDifficulty === undefined ? {} : { networkDifficulty }),
    shares: { accepted, rejected, stale },
    faults: trouble === undefined ? [] : [trouble],
  };
}

/** The share of their time that the threads must work; or why they cannot, in words. */
function shareFor(
  { watts, workload }: Setpoint,
  { idleWatts, fullWatts }: ThisComputerConfig,
  { steps }: HeaterTraits,
): number | string {
  if (workload === "idle") return 0;
  if (workload === "heating") return "this computer computes with every watt";
  if (workload === "job" && !steps.job) return "this computer only mines";
  const range = steps.mining;
  if (range?.kind !== "range") return "this computer has no range";
  const { min, max, step } = range;
  if (watts < min - step / 2 || watts > max + step / 2) {
    return `${watts} W is not between ${min} W and ${max} W; 0 W is asked for as idle`;
  }
  return (Math.min(max, Math.max(min, watts)) - idleWatts) / (fullWatts - idleWatts);
}

const onlyMining = ({ tasks: _tasks, steps, ...others }: HeaterTraits): HeaterTraits => {
  const { job: _job, ...rest } = steps;
  return { ...others, steps: rest };
};

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
  const range = { kind: "range", min: Watts(idleWatts + step), max, step } as const;
  return {
    steps: { mining: range, job: range },
    tasks: {
      slots: Math.floor(config.threads * config.maxDuty + sameDuty),
      wattsPerSlot: Watts((config.fullWatts - idleWatts) / config.threads),
      speed: 1,
    },
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
