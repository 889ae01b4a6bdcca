import type { Logger } from "pino";
import type { Clock, Random, SiteEvent } from "../domain/index.ts";
import { type DriverContext, sharedBrokers } from "../drivers/index.ts";
import { openSolver } from "../solver/index.ts";
import type { Store } from "../store/index.ts";
import type { SiteConfig } from "./config/siteConfig.ts";
import { siteFeeds } from "./feeds/siteFeeds.ts";
import type { ProviderKey } from "./exchange/providerKey.ts";
import { sharedRunner } from "./exchange/sharedRunner.ts";
import { siteExchange } from "./exchange/siteExchange.ts";
import { sitePlanner } from "./planning/sitePlanner.ts";
import { siteOutlets } from "./outlets/siteOutlets.ts";
import { devicePool } from "./devicePool.ts";
import { type Hearth, startHearth } from "./hearth.ts";
import type { SiteSetup } from "./siteSetup.ts";

export interface LiveSiteOptions {
  readonly config: SiteConfig;
  readonly store: Store;
  readonly clock: Clock;
  /** The host's own time, where `clock` is virtual. */
  readonly host?: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  readonly startMiner: DriverContext["startMiner"];
  /** The logins at devices; without it there are none. */
  readonly secret?: DriverContext["secret"];
  readonly virtual?: { speed(): number; setSpeed(speed: number): void };
  /** What it is known by at an exchange; without it none is joined. */
  readonly provider?: () => ProviderKey;
  /** What is done with the open devices before the loop begins. */
  prepare?(setup: SiteSetup): Promise<void>;
  /** What is wrong around the site, beside what it sees itself. */
  readonly alarms?: () => readonly SiteEvent[];
}

/** A site that lives: its devices and its loop. */
export interface LiveSite {
  readonly hearth: Hearth;
  /** Goes on by another configuration; rejects when it cannot, and goes on as before. Not twice at a time. */
  reconfigure(config: SiteConfig): Promise<void>;
  /** Told with the next round, as what a device told is. */
  tell(event: Omit<SiteEvent, "at">): void;
  /** Heaters are in their safe state afterwards; the store stays open. */
  close(): Promise<void>;
}

const maxInbox = 1000;

/**
 * Opens a site's devices and starts its loop.
 * @throws {HearthworkError} what keeps a device from being opened, or the loop from starting; every heater is in its
 * safe state then.
 */
export async function openLiveSite(options: LiveSiteOptions): Promise<LiveSite> {
  const { store, clock, log, version } = options;
  const inbox: SiteEvent[] = [];
  const runner = sharedRunner();
  const tell = (event: Omit<SiteEvent, "at">) => {
    if (inbox.length < maxInbox) inbox.push({ ...event, at: clock.now() });
  };
  const contextOf = deviceContexts({ ...options, ...(options.provider ? { taskRunner: runner } : {}) }, tell);
  const pool = devicePool(contextOf);
  const first = await pool.prepare(options.config);
  const outlets = siteOutlets({
    clock: options.host ?? clock,
    random: options.random.fork("outlets"),
    memory: store,
    version,
    tell,
    secret: (name) => options.secret?.(name),
    onFault: (thrown) => log.error({ err: thrown }, "an outgoing connection met a fault"),
  });
  const feeds = siteFeeds({
    clock: options.host ?? clock,
    random: options.random.fork("feeds"),
    memory: store,
    secret: (name) => options.secret?.(name),
  });
  const exchange =
    options.provider &&
    siteExchange({
      clock,
      host: options.host ?? clock,
      random: options.random.fork("exchange"),
      provider: options.provider,
      memory: store,
      tell,
    });
  const solver = openSolver();
  const planner = sitePlanner({
    clock,
    solve: solver.solve,
    closeSolver: () => solver.close(),
    onFault: (thrown) => log.error({ err: thrown }, "the planner met a fault"),
  });
  let hearth: Hearth;
  try {
    await options.prepare?.(first.setup);
    await feeds.follow(first.setup);
    hearth = await startHearth({
      setup: first.setup,
      store,
      clock,
      version,
      inbox,
      outlets,
      feeds,
      planner,
      ...(exchange ? { exchange } : {}),
      onEvent: (event) => logEvent(log, event),
      onFault: (thrown) => log.error({ err: thrown }, "the hearth met a fault"),
      ...(options.alarms ? { alarms: options.alarms } : {}),
      ...(options.host ? { host: options.host } : {}),
      ...(options.virtual ? { virtual: options.virtual } : {}),
    });
  } catch (thrown) {
    await Promise.all([first.discard(true), feeds.close(), planner.close()]);
    throw thrown;
  }
  first.keep();
  await outlets.follow(first.setup, hearth);
  await exchange?.follow(first.setup);

  let changing: Promise<void> = Promise.resolve();
  async function reconfigure(config: SiteConfig): Promise<void> {
    const change = await pool.prepare(config);
    try {
      await hearth.reconfigure(change);
    } catch (thrown) {
      await change.discard(false);
      throw thrown;
    }
    change.keep();
    await feeds.follow(change.setup);
    await outlets.follow(change.setup, hearth);
    await exchange?.follow(change.setup);
  }

  return {
    hearth,
    tell,
    reconfigure(config) {
      const change = reconfigure(config);
      changing = change.catch(() => {});
      return change;
    },
    async close() {
      await changing;
      await exchange?.close();
      await runner.close();
      await Promise.all([outlets.close(), feeds.close(), planner.close(), hearth.close()]);
    },
  };
}

/** What the hearth lends to its devices, by the id of each. */
export function deviceContexts(
  {
    clock,
    random,
    startMiner,
    secret = () => undefined,
    taskRunner,
  }: Pick<LiveSiteOptions, "clock" | "random" | "startMiner" | "secret"> & Pick<DriverContext, "taskRunner">,
  tell: (event: Omit<SiteEvent, "at">) => void,
): (subject: string) => DriverContext {
  const brokers = sharedBrokers({ clock, random });
  return (subject) => ({
    clock,
    random,
    brokers,
    startMiner,
    secret,
    ...(taskRunner ? { taskRunner } : {}),
    onEvent: (event) => tell({ ...event, subject }),
  });
}

const logLevels = { info: "info", warning: "warn", alarm: "error" } as const;

const logEvent = (log: Logger, { level, code, subject, message }: SiteEvent) =>
  log[logLevels[level]]({ code, subject }, message);
