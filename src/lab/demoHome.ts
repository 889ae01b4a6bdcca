import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import {
  acceleratedClock,
  Celsius,
  type Clock,
  type ClockHost,
  HearthworkError,
  hostClock,
  Instant,
  plus,
  type Random,
  Seconds,
  seededRandom,
  startOfLocalDay,
  Watts,
} from "../domain/index.ts";
import type { DriverContext } from "../drivers/index.ts";
import {
  configDesk,
  configInMemory,
  type LiveSite,
  openLiveSite,
  openProviderKey,
  parseYaml,
  type SiteConfig,
  siteConfigSchema,
  type SiteSetup,
  type VirtualHome,
  keepClosed,
  ledgerRatesOf,
} from "../hearth/index.ts";
import type { TaskRunner } from "../jobs/index.ts";
import { type BothStores, openBothStores, type Store } from "../store/index.ts";
import { computeHistory } from "./computeHistory.ts";
import { eachDriver, throughCalls } from "./eachDriver.ts";
import { startEmbeddedBroker } from "./embeddedBroker.ts";
import { type PacedTime, pacedTime } from "./pacedTime.ts";
import { steadyHost } from "./steadyHost.ts";
import { type TwinHeater, twinHeater } from "./twinHeater.ts";
import { startVirtualPool } from "./virtualPool.ts";
import { houseHashrate, startVirtualHouse, type VirtualHouse } from "./virtualHouse.ts";

export interface DemoOptions {
  readonly host: ClockHost;
  readonly log: Logger;
  readonly version: string;
  /** How fast time runs. */
  readonly speed: number;
  readonly seed: number;
  readonly timezone: string;
  readonly startMiner: DriverContext["startMiner"];
  /** How many days of history are computed ahead. */
  readonly days: number;
  /** The share of them that is computed, 0 … 1. */
  onProgress(share: number): void;
  /** Ends the opening early. */
  readonly signal: AbortSignal;
  /** With which this computer's twin can be offered to an exchange; without it it cannot. */
  readonly offered?: {
    /** Runs its tasks, on this computer. */
    readonly runner: TaskRunner;
    /** Where the key lies that the home is known by. */
    readonly dataDir: string;
  };
}

/** A virtual home that may be offered to an exchange which lives beside it. */
export interface DemoHome extends VirtualHome {
  readonly stores: BothStores;
  /** Offers the twin of this computer to this exchange; the home joins no other. */
  join(address: string): Promise<void>;
}

const twinRange = { kind: "range", min: Watts(50), max: Watts(300), step: Watts(25) } as const;
const noise = 0.04;
const twinId = "this-computer";
/** Of a kWh that computes, so that something is earned while one looks on. */
const margin = "0.08";

const thisComputerYaml = (poolUrl: string) => `
  - id: ${twinId}
    name: This computer's virtual twin
    driver: this-computer
    sink: living-room
    idleWatts: 5
    fullWatts: 45
    threads: 1
    maxDuty: 0.3
    pools: [{ url: "${poolUrl}", user: demo }]`;

/**
 * A home that lives: days of history computed ahead, then two rooms on accelerated time, heated by virtual miners on
 * real sockets and by a twin of this computer, which really hashes, at a gentle duty, for a pool before a virtual chain.
 * Nothing of it is kept.
 */
export async function openDemoHome(options: DemoOptions): Promise<DemoHome> {
  const random = seededRandom(options.seed);
  const ending: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    const stores = await openBothStores();
    const store = stores.site;
    ending.push(() => store.close());
    const broker = await startEmbeddedBroker();
    ending.push(() => broker.close());
    const pool = await startVirtualPool({ host: options.host, random: random.fork("chain") });
    ending.push(() => pool.close());
    const ended = new AbortController();
    ending.push(async () => ended.abort());
    const clock = acceleratedClock(steadyHost(options.host, ended.signal), shortlyBeforeWarmUp(options), 1);
    const time = pacedTime(clock, options.host);
    const twins: TwinHeater[] = [];
    const house = await startVirtualHouse({
      clock,
      random: random.fork("house"),
      brokerUrl: broker.url,
      timezone: options.timezone,
      isPlanned: true,
      moreHeaters: thisComputerYaml(pool.url),
      moreHeat: (room) => Watts(room === "living-room" ? (twins[0]?.watts() ?? 0) : 0),
    });
    ending.push(() => house.close());
    const { yaml } = house;
    const config = eachDriver(parseYaml(yaml, configName, siteConfigSchema), (driver, name) => {
      if (name !== "this-computer") return throughCalls(driver, (call) => time.whileAsked(call));
      const twin = twinHeater({
        real: driver,
        clock,
        range: twinRange,
        idleWatts: Watts(5),
        runner: options.offered?.runner,
      });
      twins.push(twin);
      return twin;
    });
    const live = await startLivingSite({ ...options, store, clock, time, random, house, config }, ending);
    const exchange: { address?: string } = {};
    const desk = demoDesk(yaml, live, exchange);
    return {
      site: live.hearth,
      config: desk,
      stores,
      async join(address) {
        exchange.address = address;
        await desk.setExchange({ address, heaters: [twinId], margin }, undefined);
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

const configName = "the virtual home's configuration";

/** Its rooms' wishes and limits can be changed as a real home's can; its devices are what the lab made. */
function demoDesk(yaml: string, live: LiveSite, exchange: { readonly address?: string }) {
  const file = configInMemory(configName, yaml);
  const devicesOf = ({ sinks, heaters }: SiteConfig) => [
    sinks.map(({ id, sensor }) => [id, sensor.definition.name, sensor.driverConfig]),
    heaters.map(({ ours, definition, driverConfig }) => [ours.id, definition.name, driverConfig]),
  ];
  const devices = devicesOf(parseYaml(yaml, configName, siteConfigSchema));
  let running = file.etag();
  return configDesk({
    file,
    running: () => running,
    async adopt(config, etag) {
      if (!isDeepStrictEqual(devicesOf(config), devices)) {
        throw new HearthworkError({
          code: "config/virtual",
          message: "the virtual home's devices cannot be changed; its schedules, names and limits can",
        });
      }
      const { address } = config.exchange ?? {};
      if (address && `${address.url}/#${address.fingerprint}` !== exchange.address) {
        throw new HearthworkError({
          code: "config/virtual",
          message: exchange.address
            ? `the virtual home's heat is not real: it joins no exchange but the one beside it, ${exchange.address}`
            : "the virtual home's heat is not real: it joins no exchange",
        });
      }
      await live.reconfigure(config);
      running = etag;
    },
  });
}

/** Today at ten past six, local time: soon there is something to see. */
function shortlyBeforeWarmUp({ host, timezone }: DemoOptions): Instant {
  const midnight = startOfLocalDay(Instant(host.Date.now()), timezone);
  return plus(midnight, Seconds((6 * 60 + 10) * 60));
}

interface LivingOptions extends DemoOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: PacedTime;
  readonly random: Random;
  readonly house: VirtualHouse;
  readonly config: SiteConfig;
}

/** Computes and keeps the days up to now; the rooms go on from how it ends. */
async function liveThroughHistory(options: LivingOptions, setup: SiteSetup): Promise<void> {
  const before = { air: Celsius(17), fabric: Celsius(15) };
  const { control, tariff } = setup;
  const rooms = await computeHistory({
    days: options.days,
    control,
    tariff,
    rates: ledgerRatesOf(setup),
    until: options.clock.now(),
    random: options.random.fork("history"),
    noise,
    initial: Object.fromEntries(control.sinks.map(({ id }) => [id, before])),
    hashrate: houseHashrate,
    async keep(ticks, share) {
      options.signal.throwIfAborted();
      await options.store.recordHistory(ticks);
      options.onProgress(share);
    },
    keepLedger: (ledger) => keepClosed(options.store, ledger),
  });
  options.house.moveIn(rooms);
}

async function startLivingSite(options: LivingOptions, ending: (() => Promise<void>)[]): Promise<LiveSite> {
  const { clock, time, house, offered } = options;
  const site = await openLiveSite({
    ...options,
    host: hostClock(options.host),
    random: options.random.fork("devices"),
    ...(offered ? { provider: () => openProviderKey(offered.dataDir) } : {}),
    virtual: { speed: () => time.speed(), setSpeed: (speed) => time.setSpeed(speed) },
    prepare: (setup) => liveThroughHistory(options, setup),
  });
  ending.push(() => site.close());
  const ended = new AbortController();
  const living = liveOn(house, clock, ended.signal);
  ending.push(async () => {
    ended.abort();
    await living;
  });
  time.setSpeed(options.speed);
  return site;
}

async function liveOn(house: VirtualHouse, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    house.live();
    await clock.sleep(Seconds(5), signal);
  }
}
