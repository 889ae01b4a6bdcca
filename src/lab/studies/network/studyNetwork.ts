import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import type { JobToSubmit } from "../../../client/index.ts";
import { type Currency, HearthworkError, hostClock, seededRandom } from "../../../domain/index.ts";
import { openFrontDoor } from "../../../http/index.ts";
import type { TaskRunner } from "../../../jobs/index.ts";
import type { ExchangeStore } from "../../../store/index.ts";
import type { JobView } from "../../../wire/index.ts";
import { type CheckedJob, checkJob } from "../../network/checkJob.ts";
import { correlation } from "../../network/correlation.ts";
import type { HomeOnNetwork } from "../../network/jobHome.ts";
import { openLabExchange } from "../../network/labExchange.ts";
import { joinDatacenter, openNetwork } from "../../network/openNetwork.ts";
import { unkeptStore } from "../../network/unkeptStore.ts";
import type { HomeAccount } from "../../network/watchHome.ts";

export interface NetworkStudyOptions {
  readonly homes: readonly HomeOnNetwork[];
  /** The work: `tasks` says how much of it there is. */
  readonly job: Omit<JobToSubmit, "deadline">;
  readonly speed: number;
  readonly seed: number;
  readonly store: ExchangeStore;
  /** What tasks of all run on. */
  readonly runner: TaskRunner;
  readonly log: Logger;
  readonly version: string;
  readonly onProgress: (job: JobView, accounts: readonly HomeAccount[]) => void;
  readonly signal: AbortSignal;
}

export interface NetworkHomeReport extends HomeAccount {
  readonly name: string;
  readonly outdoorC: number;
  readonly perKwh: number;
  readonly tasks: number;
  readonly earned: number;
}

export interface NetworkReport {
  readonly currency: Currency;
  readonly speed: number;
  readonly seconds: number;
  readonly job: Omit<CheckedJob, "providers"> & { readonly tasks: number; readonly state: JobView["state"] };
  readonly homes: readonly NetworkHomeReport[];
  readonly datacenter: { readonly perClassHour: string; readonly tasks: number; readonly earned: number };
  /** Of the heat that homes wanted and the tasks that they did; null where one of them is the same everywhere. */
  readonly correlation: number | null;
}

const currency: Currency = "EUR";
/** Above what computing asks where it heats, below what it asks where its heat is dumped. */
const datacenterPrice = "0.05";
const withinMs = 2 * 3600_000;

/**
 * Virtual homes, each under a real hearth that offers a host of 1.5 kW, and a data centre compute a job for a real
 * exchange in this process. It takes real time, and its tasks are computed for real.
 * @throws {HearthworkError} `study/interrupted` when the signal aborts
 */
export async function studyNetwork(options: NetworkStudyOptions): Promise<NetworkReport> {
  const { job, store, log, version, signal, runner, seed } = options;
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-network-"));
  const clock = hostClock(globalThis);
  const ending: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const door = await openFrontDoor({ host: "127.0.0.1", port: 0, clock });
    ending.push(() => door.close());
    const exchange = await openLabExchange({ dataDir: folder, store, door, clock, log, version, currency });
    ending.push(() => exchange.close());
    await exchange.fund("1000");
    const network = await openNetwork({
      ...options,
      exchange: exchange.address,
      currency,
      folder,
      storeOf: async () => unkeptStore(),
    });
    ending.push(() => network.close());
    const datacenter = joinDatacenter({
      exchange: exchange.address,
      perClassHour: datacenterPrice,
      slots: 2,
      runner,
      clock,
      random: seededRandom(seed),
    });
    ending.push(() => datacenter.close());
    const began = clock.monotonic();
    const deadline = new Date(clock.now() + withinMs).toISOString();
    const { id } = await exchange.client.submit({ ...job, deadline });
    const done = await exchange.client
      .follow(id, { signal, onProgress: (seen) => options.onProgress(seen, network.accounts()) })
      .catch((thrown: unknown) => {
        throw signal.aborted ? interrupted() : thrown;
      });
    const seconds = clock.monotonic() - began;
    const accounts = network.accounts();
    const checked = await checkJob(exchange.client, done, exchange.address.split("#")[1] ?? "");
    return reportOf(options, { job: done, checked, accounts, seconds });
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

const interrupted = () =>
  new HearthworkError({ code: "study/interrupted", message: "the study was ended before its job was done" });

interface Played {
  readonly job: JobView;
  readonly checked: CheckedJob;
  readonly accounts: readonly HomeAccount[];
  readonly seconds: number;
}

function reportOf({ homes, speed }: NetworkStudyOptions, played: Played): NetworkReport {
  const { providers, ...checked } = played.checked;
  const none = { tasks: 0, earned: 0, joules: 0 };
  const rows = homes.map(({ name, outdoorC, perKwh }, index): NetworkHomeReport => {
    const account = played.accounts[index] ?? unwatched;
    const { tasks, earned } = providers[account.provider ?? ""] ?? none;
    return { ...account, name, outdoorC, perKwh, tasks, earned };
  });
  const known = new Set(rows.map(({ provider }) => provider));
  const others = Object.entries(providers).flatMap(([id, sum]) => (known.has(id) ? [] : [sum]));
  const total = (of: "tasks" | "earned") => others.reduce((sum, one) => sum + one[of], 0);
  return {
    currency,
    speed,
    seconds: played.seconds,
    job: { ...checked, tasks: played.job.tasks.count, state: played.job.state },
    homes: rows,
    datacenter: { perClassHour: datacenterPrice, tasks: total("tasks"), earned: total("earned") },
    correlation:
      correlation(
        rows.map(({ heatWantedKwh }) => heatWantedKwh),
        rows.map(({ tasks }) => tasks),
      ) ?? null,
  };
}

const unwatched: HomeAccount = {
  provider: null,
  hours: 0,
  heatWantedKwh: 0,
  taskKwh: 0,
  cheapest: null,
  dearest: null,
  temperatureC: 0,
};
