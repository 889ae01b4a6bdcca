import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { hostClock, Seconds, seededRandom } from "../src/domain/index.ts";
import {
  type DriverContext,
  heaterBehindPlug,
  heaterDrivers,
  plugDrivers,
  sharedBrokers,
} from "../src/drivers/index.ts";
import type { HeaterDriver } from "../src/heat/index.ts";
import type { Benchmark } from "./benchmark.ts";
import type { TwinOfDriver } from "./driverTwins.ts";

type Name = "percentOfCore" | "msPerRead" | "p99ReadMs" | "residentMiB";

const devices = 200;
const period = Seconds(10);
const rounds = { warmUp: 1, measured: 4 };

export const drivers: Benchmark<Name> = {
  title: `drivers: ${devices} virtual devices of four families, each read every ${period} s`,
  figures: [
    { name: "percentOfCore", unit: "% of a core", better: "lower", must: 15 },
    { name: "msPerRead", unit: "ms CPU", better: "lower" },
    { name: "p99ReadMs", unit: "ms", better: "lower" },
    { name: "residentMiB", unit: "MiB", better: "lower" },
  ],
  async measure() {
    const twins = await startTwins();
    const heaters = await openAll(await twinsOf(twins));
    try {
      for (let round = 0; round < rounds.warmUp; round++) await readAll(heaters);
      const began = performance.now();
      const before = process.cpuUsage();
      const readMs: number[] = [];
      for (let round = 0; round < rounds.measured; round++) readMs.push(...(await readAll(heaters)));
      const { user, system } = process.cpuUsage(before);
      const cpuMs = (user + system) / 1000;
      readMs.sort((one, other) => one - other);
      return {
        percentOfCore: (100 * cpuMs) / (performance.now() - began),
        msPerRead: cpuMs / readMs.length,
        p99ReadMs: readMs[Math.floor(0.99 * (readMs.length - 1))] ?? Number.NaN,
        residentMiB: process.memoryUsage.rss() / 2 ** 20,
      };
    } finally {
      for (const heater of heaters) await heater.leave();
      twins.disconnect();
      await once(twins, "exit");
    }
  },
};

/** The devices live in a process of their own, so that only the hearth's side is measured. */
async function startTwins(): Promise<ChildProcess> {
  const twins = fork(fileURLToPath(new URL("driverTwins.ts", import.meta.url)), [String(devices)]);
  await once(twins, "message");
  return twins;
}

async function twinsOf(process: ChildProcess): Promise<readonly TwinOfDriver[]> {
  process.send("which");
  const [twins] = (await once(process, "message")) as [readonly TwinOfDriver[]];
  return twins;
}

async function openAll(twins: readonly TwinOfDriver[]): Promise<HeaterDriver[]> {
  const clock = hostClock(globalThis);
  const random = seededRandom(1);
  const unused = () => {
    throw new Error("no device here needs it");
  };
  const context: DriverContext = {
    clock,
    random,
    brokers: sharedBrokers({ clock, random }),
    onEvent: () => {},
    secret: () => undefined,
    startMiner: unused,
  };
  return Promise.all(twins.map((twin) => openTwin(twin, context)));
}

async function openTwin({ driver, keys, plug }: TwinOfDriver, context: DriverContext): Promise<HeaterDriver> {
  const kind = heaterDrivers[driver];
  if (!kind) throw new Error(`there is no driver ${driver}`);
  const shelly = plugDrivers["shelly-gen2"];
  if (plug === undefined || !shelly) return kind.open(kind.config.parse(keys), context);
  const ours = { ratedWatts: 2500, timerSeconds: 60, cutWhenIdle: false, bootSeconds: 0, pauseSeconds: 30 };
  const section = { ours, definition: shelly, driverConfig: shelly.config.parse({ address: plug }) };
  return heaterBehindPlug(kind, section).open(kind.config.parse(keys), context);
}

/** One round, spread over its period as a hearth's ports spread by themselves. Gives how long each read took, ms. */
function readAll(heaters: readonly HeaterDriver[]): Promise<number[]> {
  const clock = hostClock(globalThis);
  const began = performance.now();
  const reads = heaters.map(async (heater, index) => {
    const dueMs = (index * period * 1000) / heaters.length;
    await clock.sleep(Seconds((dueMs - (performance.now() - began)) / 1000));
    const started = performance.now();
    await heater.read(AbortSignal.timeout(8000));
    return performance.now() - started;
  });
  return Promise.all([...reads, clock.sleep(period).then(() => undefined)]).then((all) =>
    all.filter((ms) => ms !== undefined),
  );
}
