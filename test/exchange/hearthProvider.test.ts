import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExchangeClient, exchangeClient } from "../../src/client/index.ts";
import { acceleratedClock, HeaterId, hostClock, Instant, seededRandom } from "../../src/domain/index.ts";
import type { SensorDefinition } from "../../src/drivers/index.ts";
import { testMiner } from "../../src/drivers/heaters/this-computer/testMiner.suite.ts";
import {
  type LiveSite,
  openLiveSite,
  openProviderKey,
  parseYaml,
  type SiteConfig,
  siteConfigSchema,
} from "../../src/hearth/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { jobRoutes, operatorRoutes } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { tinyModule } from "./tinyModule.ts";

/** Hearth's time goes so much faster: its rounds come twice a second. */
const speed = 20;
const patience = 20_000;
const brief = tinyModule({});
/** loop br 0 end */
const endless = tinyModule({ code: [0x03, 0x40, 0x0c, 0x00, 0x0b] });
/** A class-hour in its only slot takes 60 Wh: 0.0018 where they heat, 0.0204 where they are dumped. */
const heatsAlone = "0.00002";

const yaml = (address: string) => `
site:
  name: Home
  timezone: Europe/Berlin
  feeder: { maxWatts: 2000 }
  tariff: { currency: USD, perKwh: 0.31 }
sinks:
  - id: room
    kind: room
    sensor: { driver: mqtt, broker: "mqtt://127.0.0.1:1", topic: room }
    comfort: { setBackC: 20, week: [] }
    limits: { maxC: 26 }
    model: { areaM2: 20, insulation: average }
heaters:
  - id: pc
    driver: this-computer
    sink: room
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    idleWatts: 30
    fullWatts: 90
    threads: 1
    pools: [{ url: "stratum+tcp://127.0.0.1:3333", user: hearth }]
exchange:
  address: ${address}
`;

const room = { value: 18 };
let exchange: TestExchange;
let client: ExchangeClient;
let store: Store;
let site: LiveSite;
let config: SiteConfig;
const dataDir = mkdtempSync(join(tmpdir(), "hearthwork-provider-"));

beforeAll(async () => {
  exchange = await openTestExchange();
  client = exchangeClient({ url: exchange.url, token: exchange.token });
  await client.api.call(operatorRoutes.deposit, {
    params: { id: "operator", reference: "first" },
    body: { amount: "1" },
  });
  store = await openStore({});
  const clock = acceleratedClock(globalThis, Instant(Date.UTC(2026, 0, 14, 12)), speed);
  const thermometer: SensorDefinition = {
    name: "in memory",
    summary: "a thermometer in memory",
    config: siteConfigSchema,
    open: async () => ({
      latest: () => ({ at: clock.now(), value: room.value }),
      drain: () => [],
      trouble: () => undefined,
      close: async () => {},
    }),
  };
  const written = parseYaml(yaml(exchange.address), "hearth.yaml", siteConfigSchema);
  config = {
    ...written,
    sinks: written.sinks.map((sink) => ({ ...sink, sensor: { ...sink.sensor, definition: thermometer } })),
  };
  site = await openLiveSite({
    config,
    store,
    clock,
    host: hostClock(globalThis),
    random: seededRandom(1),
    log: pino({ enabled: false }),
    version: "0",
    startMiner: ({ threads }) => Promise.resolve(testMiner(clock, threads)),
    provider: () => openProviderKey(dataDir),
  });
  const [provider] = await until("the hearth to join", patience, async () => {
    const { providers } = await client.api.call(operatorRoutes.providers, {});
    return providers.length > 0 ? providers : undefined;
  });
  await client.api.call(operatorRoutes.vouch, {
    params: { id: provider?.id ?? "" },
    body: { isVouched: true },
  });
});
afterAll(async () => {
  await site.close();
  await store.close();
  await exchange.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const submit = (change: { module?: Uint8Array; bid?: string; tasks?: number } = {}) =>
  client.submit({
    name: "where it is cold",
    kind: "wasm",
    module: brief,
    tasks: 3,
    classSeconds: 10,
    limitSeconds: 60,
    bid: heatsAlone,
    deadline: new Date(Date.now() + 3_600_000).toISOString(),
    ...change,
  });
const heater = () => site.hearth.view().heaters[0];
const tasksOf = async (id: string) => (await client.api.call(jobRoutes.job, { params: { id } })).tasks;
const asked = async () => {
  const { providers } = await client.api.call(operatorRoutes.providers, {});
  return providers[0]?.asks.map(({ slots, perClassHour }) => `${slots} at ${perClassHour.amount}`);
};
const isAsked = async (...asks: string[]) =>
  JSON.stringify(await asked()) === JSON.stringify(asks) || undefined;

describe("a hearth that offers its computer", () => {
  it("runs tasks for little while the room calls for heat", async () => {
    room.value = 18;
    const { id } = await submit();
    const done = await until("the tasks", patience, async () => {
      const tasks = await tasksOf(id);
      return tasks.done === 3 ? tasks : undefined;
    });
    expect(done).toMatchObject({ waiting: 0, failed: 0 });
    const { cost } = await client.api.call(jobRoutes.job, { params: { id } });
    expect(cost.amount).toBe("0.000015");
    expect(await asked()).toEqual(["1 at 0.001800"]);
    const { jobs } = await until("the hearth's own account of it", patience, () => {
      const { today } = site.hearth.view();
      return today.jobs.tasks === 3 ? today : undefined;
    });
    expect(jobs.earned.amount).toBe("0.000015");
  });

  it("mines before and after, and has each task pre-empt that", async () => {
    room.value = 18;
    await until("mining", patience, () => (heater()?.workload === "mining" ? true : undefined));
    const { id } = await submit({ module: endless, tasks: 1 });
    await until("a task", patience, () => (heater()?.workload === "job" ? true : undefined));
    expect(heater()?.setpointWatts).toBe(90);
    await client.api.call(jobRoutes.cancelJob, { params: { id } });
    await until("mining again", patience, () => (heater()?.workload === "mining" ? true : undefined));
  });

  it("gives its tasks half a minute when its owner stops it, and then stops them", async () => {
    room.value = 18;
    const { id } = await submit({ module: endless, tasks: 1 });
    await until("a task", patience, () => (heater()?.workload === "job" ? true : undefined));
    await site.hearth.stopHeater(HeaterId("pc"));
    expect(heater()?.workload).toBe("job");
    expect(heater()?.setpointWatts).toBe(90);
    await until("the end", patience, () => (heater()?.setpointWatts === 0 ? true : undefined));
    await until("the task to wait", patience, async () =>
      (await tasksOf(id)).waiting === 1 ? true : undefined,
    );
    await until("no offer", patience, () => isAsked());
    await client.api.call(jobRoutes.cancelJob, { params: { id } });
    await site.hearth.resumeHeater(HeaterId("pc"));
  });

  it("takes nothing for little while the room has what it wants, and something for what it costs", async () => {
    room.value = 20.3;
    await until("the ask to rise", patience, () => isAsked("1 at 0.020400"));
    const { id } = await submit({ tasks: 1 });
    const dear = await submit({ tasks: 1, bid: "0.0001" });
    await until("the dear task", patience, async () =>
      (await tasksOf(dear.id)).done === 1 ? true : undefined,
    );
    expect(await tasksOf(id)).toMatchObject({ waiting: 1, running: 0 });
    const { cost } = await client.api.call(jobRoutes.job, { params: { id: dear.id } });
    expect(cost.amount).toBe("0.000057");
    await client.api.call(jobRoutes.cancelJob, { params: { id } });
  });

  it("takes nothing whatever is paid in a room that is as warm as tasks may make it", async () => {
    room.value = 20.8;
    await until("no offer", patience, () => isAsked());
  });

  it("is refused, in words, where its prices are in another currency", async () => {
    const { tariff } = config.site;
    await site.reconfigure({ ...config, site: { ...config.site, tariff: { ...tariff, currency: "EUR" } } });
    const { exchange: shown } = await until("the refusal", patience, () => {
      const view = site.hearth.view();
      return view.exchange?.state === "refused" ? view : undefined;
    });
    expect(shown?.why).toMatch(/pays in USD, and your prices are in EUR/);
    await site.reconfigure(config);
    await until(
      "joining again",
      patience,
      () => site.hearth.view().exchange?.state === "joined" || undefined,
    );
  });
});
