import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { hostMeter, newKey, parseExchangeAddress, signingKey, startAgent } from "../../agent/index.ts";
import {
  acceleratedClock,
  type Clock,
  type Currency,
  hostClock,
  Instant,
  type Random,
  Seconds,
  seededRandom,
} from "../../domain/index.ts";
import { openProviderKey } from "../../hearth/index.ts";
import type { TaskRunner } from "../../jobs/index.ts";
import type { Store } from "../../store/index.ts";
import { steadyHost } from "../steadyHost.ts";
import { type HomeOnNetwork, type JobHome, openJobHome } from "./jobHome.ts";
import { type HomeAccount, watchHome } from "./watchHome.ts";

export interface NetworkOptions {
  readonly homes: readonly HomeOnNetwork[];
  /** As providers join it. */
  readonly exchange: string;
  readonly currency: Currency;
  /** How much faster the homes' time runs. */
  readonly speed: number;
  readonly seed: number;
  /** Where each home keeps its key. */
  readonly folder: string;
  readonly storeOf: (home: HomeOnNetwork) => Promise<Store>;
  readonly runner: TaskRunner;
  readonly log: Logger;
}

/** Virtual homes that have joined an exchange. */
export interface Network {
  readonly homes: readonly JobHome[];
  accounts(): readonly HomeAccount[];
  close(): Promise<void>;
}

/** At noon of a winter's day. */
const start = Instant(Date.UTC(2026, 0, 14, 12));

export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { homes, seed, folder, speed } = options;
  const host = hostClock(globalThis);
  const ended = new AbortController();
  const clock = acceleratedClock(steadyHost(globalThis, ended.signal), start, speed);
  const random = seededRandom(seed);
  const opened: JobHome[] = [];
  const stores: Store[] = [];
  const close = async () => {
    await Promise.all(opened.map((home) => home.close()));
    ended.abort();
    await Promise.all(stores.map((store) => store.close()));
  };
  try {
    for (const home of homes) {
      const dataDir = join(folder, home.name.toLowerCase());
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      const store = await options.storeOf(home);
      stores.push(store);
      const provider = () => openProviderKey(dataDir);
      opened.push(
        await openJobHome({ ...options, home, store, clock, host, random: random.fork(home.name), provider }),
      );
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const accounts = opened.map((home) => watchHome(home, clock, ended.signal));
  return { homes: opened, accounts: () => accounts.map((account) => account()), close };
}

/** A computer in a data centre that heats nothing, at one price whatever the weather. */
export function joinDatacenter(options: {
  readonly exchange: string;
  readonly perClassHour: string;
  readonly slots: number;
  readonly runner: TaskRunner;
  readonly clock: Clock;
  readonly random: Random;
}): { close(): Promise<void> } {
  const { exchange, perClassHour, slots, runner, clock, random } = options;
  const agent = startAgent({
    exchange: parseExchangeAddress(exchange),
    key: signingKey(newKey()),
    kind: "datacenter",
    name: "Data centre",
    offer: { steps: [{ slots, perClassHour }], memoryMiB: 256 },
    runner,
    meter: hostMeter({
      power: { idleWatts: 100, fullWatts: 400, cores: slots, slots },
      pue: 1.3,
      carbon: null,
      counter: undefined,
    }),
    clock,
    random,
    onToken: () => {},
    onEvent: () => {},
  });
  return { close: () => agent.close(Seconds(0)) };
}
