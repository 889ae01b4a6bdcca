import type { Logger } from "pino";
import {
  acceleratedClock,
  Celsius,
  type ClockHost,
  hostClock,
  Instant,
  plus,
  type Random,
  Seconds,
  seededRandom,
  Watts,
} from "../domain/index.ts";
import type { DriverContext } from "../drivers/index.ts";
import {
  closeDevices,
  configInMemory,
  openSite,
  parseYaml,
  type RunningSite,
  runSite,
  type SiteConfig,
  siteConfigSchema,
  type SiteSetup,
} from "../hearth/index.ts";
import { startOfLocalDay } from "../heat/index.ts";
import type { FrontDoor } from "../http/index.ts";
import type { Store } from "../store/index.ts";
import { computeWeek } from "./computeWeek.ts";
import { startEmbeddedBroker } from "./embeddedBroker.ts";
import { type TwinHeater, twinHeater } from "./twinHeater.ts";
import { startVirtualPool } from "./virtualPool.ts";
import { liveRoom, type VirtualRoom, virtualRoom } from "./virtualRoom.ts";
import { startVirtualThermometer } from "./virtualThermometer.ts";

export interface DemoOptions {
  readonly host: ClockHost;
  readonly store: Store;
  readonly log: Logger;
  readonly version: string;
  readonly door: FrontDoor;
  /** How fast time runs. */
  readonly speed: number;
  readonly seed: number;
  readonly timezone: string;
  readonly startMiner: DriverContext["startMiner"];
  /** The share of the week of history that is computed, 0 … 1. */
  onProgress(share: number): void;
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
 * this computer, which really hashes, at a gentle duty, for a pool before a virtual chain.
 */
export async function startDemoHome(options: DemoOptions): Promise<RunningSite> {
  const random = seededRandom(options.seed);
  const ending: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    const broker = await startEmbeddedBroker();
    ending.push(() => broker.close());
    const pool = await startVirtualPool({ host: options.host, random: random.fork("chain") });
    ending.push(() => pool.close());
    const site = await startLivingSite(options, random, broker.url, pool.url, ending);
    return { ...site, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Today at ten past six, local time: soon there is something to see. */
function shortlyBeforeWarmUp({ host, timezone }: DemoOptions): Instant {
  const midnight = startOfLocalDay(Instant(host.Date.now()), timezone);
  return plus(midnight, Seconds((6 * 60 + 10) * 60));
}

/** Computes and keeps the week up to `until`; gives the room as it is then. */
async function liveThroughWeek(
  options: DemoOptions,
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
      await options.store.recordHistory(ticks);
      options.onProgress(share);
    },
  });
  const state = states[sink.id];
  if (!state) throw new Error("the week forgot the room");
  return virtualRoom(sink.model, until, state);
}

async function startLivingSite(
  options: DemoOptions,
  random: Random,
  brokerUrl: string,
  poolUrl: string,
  ending: (() => Promise<void>)[],
): Promise<RunningSite> {
  const clock = acceleratedClock(options.host, shortlyBeforeWarmUp(options), 1);
  const twins: TwinHeater[] = [];
  const yaml = demoYaml(brokerUrl, poolUrl, options.timezone);
  const config = asTwin(parseYaml(yaml, "the demo's configuration", siteConfigSchema), (twin) =>
    twins.push(twin),
  );
  let room: VirtualRoom | undefined;
  const site = await runSite({
    ...options,
    config: configInMemory("the virtual home's configuration", yaml),
    clock,
    host: hostClock(options.host),
    random: random.fork("devices"),
    virtual: { speed: () => clock.factor(), setSpeed: (speed) => clock.setFactor(speed) },
    async open(contextOf) {
      const setup = await openSite(config, contextOf);
      try {
        room = await liveThroughWeek(options, setup, clock.now(), random.fork("week"));
      } catch (thrown) {
        await closeDevices(setup);
        throw thrown;
      }
      return setup;
    },
  });
  ending.push(() => site.close());
  const home = room;
  if (!home) throw new Error("the demo's home has no room");
  const ended = new AbortController();
  const living = liveRoom(
    home,
    clock,
    () => Watts(twins.reduce((sum, twin) => sum + twin.watts(), 0)),
    ended.signal,
  );
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
