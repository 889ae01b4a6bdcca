import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import {
  acceleratedClock,
  Celsius,
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
  parseYaml,
  type SiteConfig,
  siteConfigSchema,
  type SiteSetup,
  type VirtualHome,
} from "../hearth/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { computeWeek } from "./computeWeek.ts";
import { startEmbeddedBroker } from "./embeddedBroker.ts";
import { type TwinHeater, twinHeater } from "./twinHeater.ts";
import { startVirtualPool } from "./virtualPool.ts";
import { type VirtualRoom, virtualRoom } from "./virtualRoom.ts";
import { startVirtualThermometer } from "./virtualThermometer.ts";

export interface DemoOptions {
  readonly host: ClockHost;
  readonly log: Logger;
  readonly version: string;
  /** How fast time runs. */
  readonly speed: number;
  readonly seed: number;
  readonly timezone: string;
  readonly startMiner: DriverContext["startMiner"];
  /** The share of the week of history that is computed, 0 … 1. */
  onProgress(share: number): void;
  /** Ends the opening early. */
  readonly signal: AbortSignal;
}

const twinRange = { kind: "range", min: Watts(200), max: Watts(1200), step: Watts(50) } as const;
const topic = "virtual/living-room";
const noise = 0.04;

const demoYaml = (brokerUrl: string, poolUrl: string, timezone: string) => `
site:
  name: Virtual home
  timezone: ${timezone}
  feeder: { maxWatts: 2000 }
  tariff: { currency: EUR, perKwh: 0.31 }
  economics: { heatInstead: { kind: gas, pricePerKwh: 0.11 }, bitcoinPrice: 85000 }
sinks:
  - id: living-room
    name: Living room
    sensor: { driver: mqtt, broker: "${brokerUrl}", topic: ${topic}, path: temperature }
    comfort:
      setBackC: 18
      week:
        - { days: [mon, tue, wed, thu, fri], from: "06:30", to: "22:30", targetC: 21 }
        - { days: [sat, sun], from: "06:30", to: "23:30", targetC: 21.5 }
    limits: { maxC: 26 }
    model: { areaM2: 22, insulation: average }
heaters:
  - id: this-computer
    name: This computer's virtual twin
    driver: this-computer
    sink: living-room
    idleWatts: 5
    fullWatts: 45
    threads: 1
    maxDuty: 0.3
    pools: [{ url: "${poolUrl}", user: demo }]
`;

/** The heater's definition, with what it opens put behind a twin that is strong enough for a room. */
function asTwin(config: SiteConfig, keep: (twin: TwinHeater) => void): SiteConfig {
  return {
    ...config,
    heaters: config.heaters.map((heater) => ({
      ...heater,
      definition: {
        ...heater.definition,
        async open(driverConfig, context) {
          const real = await heater.definition.open(driverConfig, context);
          const twin = twinHeater({ real, clock: context.clock, range: twinRange, idleWatts: Watts(5) });
          keep(twin);
          return twin;
        },
      },
    })),
  };
}

/**
 * A home that lives: a week of history computed ahead, then a virtual room on accelerated time, heated by a twin of
 * this computer, which really hashes, at a gentle duty, for a pool before a virtual chain. Nothing of it is kept.
 */
export async function openDemoHome(options: DemoOptions): Promise<VirtualHome> {
  const random = seededRandom(options.seed);
  const ending: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    const store = await openStore({});
    ending.push(() => store.close());
    const broker = await startEmbeddedBroker();
    ending.push(() => broker.close());
    const pool = await startVirtualPool({ host: options.host, random: random.fork("chain") });
    ending.push(() => pool.close());
    const yaml = demoYaml(broker.url, pool.url, options.timezone);
    const live = await startLivingSite({ ...options, store }, random, broker.url, yaml, ending);
    return { site: live.hearth, config: demoDesk(yaml, live), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

const configName = "the virtual home's configuration";

/** Its rooms' wishes and limits can be changed as a real home's can; its devices are what the lab made. */
function demoDesk(yaml: string, live: LiveSite) {
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

/** Computes and keeps the week up to `until`; gives the room as it is then. */
async function liveThroughWeek(
  options: DemoOptions & { readonly store: Store },
  { control, tariff }: SiteSetup,
  until: Instant,
  random: Random,
): Promise<VirtualRoom> {
  const [sink] = control.sinks;
  if (!sink) throw new Error("the demo's home has no room");
  const states = await computeWeek({
    control,
    tariff,
    until,
    random,
    noise,
    initial: { [sink.id]: { air: Celsius(17), fabric: Celsius(15) } },
    async keep(ticks, share) {
      options.signal.throwIfAborted();
      await options.store.recordHistory(ticks);
      options.onProgress(share);
    },
  });
  const state = states[sink.id];
  if (!state) throw new Error("the week forgot the room");
  return virtualRoom(sink.model, until, state);
}

async function startLivingSite(
  options: DemoOptions & { readonly store: Store },
  random: Random,
  brokerUrl: string,
  yaml: string,
  ending: (() => Promise<void>)[],
): Promise<LiveSite> {
  const clock = acceleratedClock(options.host, shortlyBeforeWarmUp(options), 1);
  const twins: TwinHeater[] = [];
  const config = asTwin(parseYaml(yaml, configName, siteConfigSchema), (twin) => twins.push(twin));
  let room: VirtualRoom | undefined;
  const site = await openLiveSite({
    ...options,
    config,
    clock,
    host: hostClock(options.host),
    random: random.fork("devices"),
    virtual: { speed: () => clock.factor(), setSpeed: (speed) => clock.setFactor(speed) },
    async prepare(setup) {
      room = await liveThroughWeek(options, setup, clock.now(), random.fork("week"));
    },
  });
  ending.push(() => site.close());
  const home = room;
  if (!home) throw new Error("the demo's home has no room");
  const ended = new AbortController();
  const living = (async () => {
    while (!ended.signal.aborted) {
      home.moveTo(clock.now(), Watts(twins.reduce((sum, twin) => sum + twin.watts(), 0)));
      await clock.sleep(Seconds(5), ended.signal);
    }
  })();
  ending.push(async () => {
    ended.abort();
    await living;
  });
  const thermometer = await startVirtualThermometer({
    brokerUrl,
    topic,
    clock,
    random: random.fork("thermometer"),
    period: Seconds(20),
    noise,
    temperature: () => home.temperature(),
  });
  ending.push(() => thermometer.close());
  clock.setFactor(options.speed);
  return site;
}
