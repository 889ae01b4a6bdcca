import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Celsius, hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { startEmbeddedBroker, startVirtualPool, startVirtualThermometer } from "../../src/lab/index.ts";
import type { SiteView } from "../../src/wire/index.ts";
import { startHearthwork } from "../e2e/hearthProcess.ts";
import { type CuttableLine, cuttableLine } from "../cuttableLine.ts";
import { readyData } from "../readyData.ts";

const hearthYaml = (brokerUrl: string, poolUrl: string) => `
site: { timezone: UTC, feeder: { maxWatts: 6000, staggerSeconds: 0 }, tariff: { currency: EUR, perKwh: 0.31 } }
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
    maxDuty: 0.15
    threads: 1
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    pools: [{ url: "${poolUrl}", user: closet }]
`;

/** A real hearth whose heater is this computer, in a closet that is always too cold. */
export interface Closet {
  site(): Promise<SiteView>;
  get(path: string): Promise<Response>;
  /** Asks for a temperature, which makes a round at once; gives the answer's status. */
  dial(targetC: number): Promise<number>;
  readonly poolLine: CuttableLine;
  /** kill -9, and another start. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export async function startCloset(folder: string): Promise<Closet> {
  const ending: (() => unknown)[] = [];
  const random = seededRandom(3);
  const broker = await startEmbeddedBroker();
  ending.push(() => broker.close());
  const pool = await startVirtualPool({ host: globalThis, random: random.fork("chain") });
  ending.push(() => pool.close());
  const poolLine = await cuttableLine(Number(pool.url.split(":").at(-1)));
  ending.push(() => poolLine.close());
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
  readyData(join(folder, "data"));
  writeFileSync(join(folder, "hearth.yaml"), hearthYaml(broker.url, `127.0.0.1:${poolLine.port}`));
  const start = async () => {
    const hearth = startHearthwork(
      ["hearth", "--port", "0", "--json", "--data", join(folder, "data")],
      folder,
    );
    const [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 30_000);
    return { hearth, url };
  };
  let running = await start();
  ending.push(() => running.hearth.kill());
  const get = (path: string) => fetch(running.url + path);
  return {
    get,
    site: async () => (await (await get("/api/v1/site")).json()) as SiteView,
    async dial(targetC) {
      const reply = await fetch(`${running.url}/api/v1/sinks/closet/override`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ kind: "hold", targetC }),
        signal: AbortSignal.timeout(20_000),
      });
      await reply.text();
      return reply.status;
    },
    poolLine,
    async killAndRestart() {
      await running.hearth.kill();
      running = await start();
    },
    async close() {
      for (const end of ending.reverse()) await end();
    },
  };
}
