import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Celsius, hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { startEmbeddedBroker, startVirtualPool, startVirtualThermometer } from "../../src/lab/index.ts";
import type { HistoryView, SiteView } from "../../src/wire/index.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";
import { mountSmallDisk, type SmallDisk } from "./smallDisk.ts";

const hearthYaml = (brokerUrl: string, poolUrl: string) => `
site: { timezone: UTC, feeder: { maxWatts: 1000, staggerSeconds: 0 }, tariff: { currency: EUR, perKwh: 0.31 } }
sinks:
  - id: closet
    sensor: { driver: mqtt, broker: "${brokerUrl}", topic: closet, path: temperature }
    comfort: { setBackC: 21 }
heaters:
  - id: this-computer
    driver: this-computer
    sink: closet
    idleWatts: 5
    fullWatts: 500
    threads: 1
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    pools: [{ url: "${poolUrl}", user: closet }]
`;

describeWith("small-disk", "a hearth whose disk becomes full", () => {
  const ending: (() => unknown)[] = [];
  let disk: SmallDisk;
  let hearth: HearthProcess;
  let url = "";

  const site = async () => (await (await fetch(`${url}/api/v1/site`)).json()) as SiteView;
  const dial = async (targetC: number) => {
    const reply = await fetch(`${url}/api/v1/sinks/closet/override`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "hold", targetC }),
      signal: AbortSignal.timeout(20_000),
    });
    await reply.text();
    return reply.status;
  };
  const alarm = async () => (await site()).alarms.find(({ code }) => code === "store/behind")?.message;
  async function start() {
    hearth = startHearthwork(
      ["hearth", "--port", "0", "--json", "--data", join(disk.folder, "data")],
      disk.folder,
    );
    [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 30_000);
  }

  beforeAll(async () => {
    disk = mountSmallDisk(160);
    ending.push(() => disk.remove());
    const random = seededRandom(3);
    const broker = await startEmbeddedBroker();
    ending.push(() => broker.close());
    const pool = await startVirtualPool({ host: globalThis, random: random.fork("chain") });
    ending.push(() => pool.close());
    const thermometer = await startVirtualThermometer({
      brokerUrl: broker.url,
      topic: "closet",
      clock: hostClock(globalThis),
      random,
      period: Seconds(0.5),
      noise: 0.02,
      temperature: () => Celsius(18),
    });
    ending.push(() => thermometer.close());
    writeFileSync(join(disk.folder, "hearth.yaml"), hearthYaml(broker.url, pool.url));
    await start();
    ending.push(() => hearth.kill());
  });
  afterAll(async () => {
    for (const end of ending.reverse()) await end();
  });

  it("goes on heating, says so, promises nothing, and loses nothing", { timeout: 60_000 }, async () => {
    await until("the heater to mine", 30_000, async () => {
      await dial(20);
      return (await site()).heaters[0]?.workload === "mining" ? true : undefined;
    });
    const from = new Date().toISOString();
    disk.fill();
    let kept = 20;
    const { waiting, rounds } = await until("the disk to be full", 20_000, async () => {
      const next = kept + 0.01;
      const { tick } = await site();
      if ((await dial(next)) !== 200) return { waiting: next, rounds: (await site()).tick - tick };
      kept = next;
      return undefined;
    });
    expect(rounds).toBeGreaterThanOrEqual(2);
    expect(await alarm()).toMatch(/the disk of .* is full .*free some space .*rounds wait/);
    const full = await site();
    expect(full.heaters[0]).toMatchObject({ workload: "mining", state: "heating" });
    expect(full.sinks[0]?.comfort.targetC).toBe(waiting);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    disk.free();
    await until("what waits to be written", 15_000, async () =>
      (await alarm()) === undefined ? true : undefined,
    );
    const range = `from=${from}&to=${new Date(Date.now() + 1000).toISOString()}`;
    const reply = await fetch(`${url}/api/v1/history?series=sink/closet/target&${range}`);
    expect(((await reply.json()) as HistoryView).series[0]?.values).toEqual(
      expect.arrayContaining([kept, waiting]),
    );
    await hearth.kill();
    await start();
    expect((await site()).sinks[0]?.comfort.targetC).toBe(waiting);
  });
});
