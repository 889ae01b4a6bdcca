import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleepHost } from "node:timers/promises";
import { pino } from "pino";
import {
  hostClock,
  Instant,
  type Random,
  Seconds,
  type SimulatedClock,
  simulatedClock,
} from "../../src/domain/index.ts";
import {
  type LiveSite,
  openLiveSite,
  parseYaml,
  type SiteConfig,
  siteConfigSchema,
} from "../../src/hearth/index.ts";
import {
  eachDriver,
  startEmbeddedBroker,
  startVirtualHouse,
  throughCalls,
  type VirtualHouse,
} from "../../src/lab/index.ts";
import { openStore } from "../../src/store/index.ts";
import { readyData } from "../readyData.ts";

export const step = Seconds(5);
/** How long a device on loopback may take over what it was asked, ms of the host. */
const patienceMs = 60;

export interface OpenHouse {
  readonly house: VirtualHouse;
  readonly site: LiveSite;
  readonly loopFaults: readonly unknown[];
  /** Lets one step of time pass, and sockets answer. */
  step(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** What the house's hearth.yaml says instead. */
  readonly rewrite?: (yaml: string) => string;
  /** Where the broker at this address is reached. */
  readonly lineTo?: (brokerUrl: string) => Promise<string>;
}

/** The virtual house under a hearth, on simulated time over real sockets. */
export async function openHouse(
  random: Random,
  { rewrite = (yaml) => yaml, lineTo = (url) => Promise.resolve(url) }: HouseOptions = {},
): Promise<OpenHouse> {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 14, 4)));
  const broker = await startEmbeddedBroker();
  const house = await startVirtualHouse({
    clock,
    random: random.fork("house"),
    brokerUrl: await lineTo(broker.url),
    timezone: "Europe/Berlin",
  });
  // On a disk, as a hearth's is: in memory, what is kept would grow with what keeps it.
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-house-"));
  readyData(folder);
  const store = await openStore({ dataDir: folder });
  const calls = new Calls();
  const config = calls.watch(parseYaml(rewrite(house.yaml), "the house", siteConfigSchema));
  const loopFaults: unknown[] = [];
  const log = pino(
    { level: "error" },
    {
      write(line: string) {
        if (line.includes("the hearth met a fault")) loopFaults.push(line);
      },
    },
  );
  const site = await openLiveSite({
    config,
    store,
    clock,
    host: hostClock(globalThis),
    random: random.fork("devices"),
    log,
    version: "test",
    startMiner: () => Promise.reject(new Error("this house has no computer")),
  });
  return {
    house,
    site,
    loopFaults,
    async step() {
      await clock.advance(step);
      house.live();
      await calls.settle();
    },
    async close() {
      await closeWith(site, clock);
      await store.close();
      await house.close();
      await broker.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function closeWith(hearth: { close(): Promise<void> }, clock: SimulatedClock): Promise<void> {
  const closed = hearth.close().then(() => true);
  const pass = async () => {
    await clock.advance(Seconds(1));
    await sleepHost(5);
    return false;
  };
  while (!(await Promise.race([closed, pass()])));
}

/** Knows which calls to drivers are under way, so that simulated time waits for real sockets. */
class Calls {
  #running = 0;

  watch(config: SiteConfig): SiteConfig {
    return eachDriver(config, (driver) => throughCalls(driver, (call) => this.#counted(call)));
  }

  async #counted<T>(call: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await call;
    } finally {
      this.#running -= 1;
    }
  }

  /** Resolves when no call is under way, or when those that are wait for time to pass. */
  async settle(): Promise<void> {
    const until = performance.now() + patienceMs;
    await sleepHost(1);
    while (this.#running > 0 && performance.now() < until) await sleepHost(1);
  }
}
