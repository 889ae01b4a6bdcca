import type { Logger } from "pino";
import {
  Celsius,
  type Clock,
  type Currency,
  type Instant,
  type Random,
  Seconds,
  Watts,
} from "../../domain/index.ts";
import type { SensorDefinition } from "../../drivers/index.ts";
import { roomModel } from "../../heat/index.ts";
import {
  type LiveSite,
  openLiveSite,
  parseYaml,
  type ProviderKey,
  type SiteConfig,
  siteConfigSchema,
} from "../../hearth/index.ts";
import type { TaskRunner } from "../../jobs/index.ts";
import type { Store } from "../../store/index.ts";
import { jobHostPower, type VirtualJobHost, virtualJobHost } from "../devices/virtualJobHost.ts";
import { eachHeater } from "../eachDriver.ts";
import { type VirtualRoom, virtualRoom } from "../virtualRoom.ts";

/** A home of one room, and where it stands. */
export interface HomeOnNetwork {
  readonly name: string;
  /** On average over the day, °C, and how far it goes above and below. */
  readonly outdoorC: number;
  readonly swingK: number;
  /** Of a kWh from the grid. */
  readonly perKwh: number;
  readonly areaM2: number;
  readonly insulation: "poor" | "average" | "good";
  readonly targetC: number;
}

export interface JobHomeOptions {
  readonly home: HomeOnNetwork;
  /** As providers join it. */
  readonly exchange: string;
  readonly currency: Currency;
  readonly store: Store;
  /** The home's. */
  readonly clock: Clock;
  readonly host: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly runner: TaskRunner;
  readonly provider: () => ProviderKey;
}

/** A virtual home under a real hearth, heated by a virtual host of 1.5 kW that computes for a real exchange. */
export interface JobHome {
  readonly home: HomeOnNetwork;
  readonly live: LiveSite;
  readonly host: VirtualJobHost;
  temperature(): Celsius;
  close(): Promise<void>;
}

const liveEvery = Seconds(5);
const homeYaml = ({ home, exchange, currency }: JobHomeOptions) => `
site:
  name: ${JSON.stringify(home.name)}
  timezone: Europe/Berlin
  feeder: { maxWatts: 3000 }
  tariff: { currency: ${currency}, perKwh: ${home.perKwh} }
sinks:
  - id: room
    kind: room
    sensor: { driver: mqtt, broker: "mqtt://127.0.0.1:1", topic: room }
    comfort: { setBackC: ${home.targetC}, week: [] }
    limits: { maxC: 27 }
    model: { areaM2: ${home.areaM2}, insulation: ${home.insulation} }
heaters:
  - id: host
    name: Virtual job host
    driver: this-computer
    sink: room
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    idleWatts: ${jobHostPower.idleWatts}
    fullWatts: ${jobHostPower.maxWatts}
    threads: 1
    pools: [{ url: "stratum+tcp://127.0.0.1:1", user: nobody }]
exchange:
  address: ${exchange}
`;

/** Opens one; its room begins a little below what is wanted, and lives by the home's time. */
export async function openJobHome(options: JobHomeOptions): Promise<JobHome> {
  const { home, clock, runner, random } = options;
  const model = roomModel(home);
  const room = virtualRoom(
    model,
    clock.now(),
    { air: Celsius(home.targetC - 0.5), fabric: Celsius(home.targetC - 1) },
    weatherOf(home),
  );
  const host = virtualJobHost({ clock, runner });
  const written = parseYaml(homeYaml(options), "the virtual home", siteConfigSchema);
  const live = await openLiveSite({
    ...options,
    config: eachHeater(withThermometer(written, room, clock), () => host),
    random: random.fork("devices"),
    version: "virtual",
    startMiner: () => Promise.reject(new Error("a virtual host mines nothing")),
  });
  const ended = new AbortController();
  const living = (async () => {
    while (!ended.signal.aborted) {
      room.moveTo(clock.now(), Watts(host.watts()));
      await clock.sleep(liveEvery, ended.signal);
    }
  })();
  return {
    home,
    live,
    host,
    temperature: () => room.temperature(),
    async close() {
      ended.abort();
      await living;
      await live.close();
    },
  };
}

/** Coldest at six in the morning, UTC. */
const weatherOf =
  ({ outdoorC, swingK }: HomeOnNetwork) =>
  (at: Instant): Celsius => {
    const hours = (at / 3_600_000) % 24;
    return Celsius(outdoorC - swingK * Math.cos(((hours - 6) / 24) * 2 * Math.PI));
  };

function withThermometer(config: SiteConfig, room: VirtualRoom, clock: Clock): SiteConfig {
  const thermometer: SensorDefinition = {
    name: "virtual",
    summary: "a thermometer in a virtual room",
    config: siteConfigSchema,
    open: async () => ({
      latest: () => ({ at: clock.now(), value: room.temperature() }),
      drain: () => [],
      trouble: () => undefined,
      close: async () => {},
    }),
  };
  return {
    ...config,
    sinks: config.sinks.map((sink) => ({ ...sink, sensor: { ...sink.sensor, definition: thermometer } })),
  };
}
