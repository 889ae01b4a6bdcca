import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Celsius, hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { startEmbeddedBroker, startVirtualPool, startVirtualThermometer } from "../../src/lab/index.ts";
import type { SoloPool } from "../../src/mining/index.ts";
import type { HistoryView, SiteView } from "../../src/wire/index.ts";
import { readyData } from "../readyData.ts";
import { type HearthProcess, startHearthwork } from "./hearthProcess.ts";
import { until } from "./until.ts";

const restartWithinMs = 5000;
const series = "sink/closet/target,sink/closet/temperature,heater/this-computer/power";

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
    maxStartsPerHour: 60
    minOnMinutes: 0
    minOffMinutes: 0
    pools: [{ url: "${poolUrl}", user: closet }]
`;

/** Kills a hearth that mines, `times` times at random moments, and holds each restart to what was acknowledged. */
export function describeKills(times: number): void {
  describe(`kill -9 of the hearth, ${times} times`, () => {
    const folder = mkdtempSync(join(tmpdir(), "hearthwork-kill-"));
    const random = seededRandom(99);
    const clock = hostClock(globalThis);
    let pool: SoloPool;
    let hearth: HearthProcess | undefined;
    let url = "";
    const ending: (() => Promise<unknown>)[] = [];

    const get = async <T>(path: string): Promise<T> => {
      const reply = await fetch(url + path);
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return (await reply.json()) as T;
    };
    /** Raw readings: so short a time is never told in means. */
    const history = async (since: number) => {
      const from = new Date(since).toISOString();
      const to = new Date(Date.now() + 60_000).toISOString();
      const view = await get<HistoryView>(`/api/v1/history?series=${series}&from=${from}&to=${to}`);
      expect(view.resolution).toBe("raw");
      return view.series.flatMap(({ id, times: at, values }) =>
        at.flatMap((time, index) => (values[index] === null ? [] : [`${id} ${time} ${values[index]}`])),
      );
    };

    beforeAll(async () => {
      const broker = await startEmbeddedBroker();
      ending.push(() => broker.close());
      pool = await startVirtualPool({ host: globalThis, random: random.fork("chain") });
      ending.push(() => pool.close());
      const thermometer = await startVirtualThermometer({
        brokerUrl: broker.url,
        topic: "closet",
        clock,
        random: random.fork("thermometer"),
        period: Seconds(0.5),
        noise: 0.02,
        temperature: () => Celsius(18),
      });
      ending.push(() => thermometer.close());
      readyData(join(folder, ".hearthwork"));
      writeFileSync(join(folder, "hearth.yaml"), hearthYaml(broker.url, pool.url));
    });
    afterAll(async () => {
      await hearth?.kill();
      for (const end of ending.reverse()) await end();
      rmSync(folder, { recursive: true, force: true });
    });

    async function start(): Promise<number> {
      const began = performance.now();
      hearth = startHearthwork(["hearth", "--port", "0", "--json"], folder);
      [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 30_000);
      await get<SiteView>("/api/v1/site");
      return performance.now() - began;
    }

    /** Turns the dial as fast as it is answered, until the hearth is gone. */
    async function turnDial(acknowledged: number[], asked: number[]): Promise<void> {
      for (let step = 0; ; step++) {
        const targetC = 15 + (step % 80) / 10;
        asked.push(targetC);
        try {
          const reply = await fetch(`${url}/api/v1/sinks/closet/override`, {
            method: "PUT",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ kind: "hold", targetC }),
          });
          if (!reply.ok) throw new Error(await reply.text());
          await reply.json();
        } catch {
          return;
        }
        acknowledged.push(targetC);
      }
    }

    it(
      "loses nothing that was acknowledged, leaves nobody hashing, restarts in time",
      { timeout: 0 },
      async () => {
        await start();
        const restartsMs: number[] = [];
        let turns = 0;
        for (let kill = 0; kill < times; kill++) {
          await until("the heater to mine", 60_000, async () => {
            await fetch(`${url}/api/v1/sinks/closet/override`, { method: "DELETE" });
            const { heaters } = await get<SiteView>("/api/v1/site");
            return heaters[0]?.workload === "mining" ? true : undefined;
          });
          const since = Date.now();
          const acknowledged: number[] = [];
          const asked: number[] = [];
          const turning = turnDial(acknowledged, asked);
          await clock.sleep(Seconds(0.2 + 2.5 * random.next()));
          const kept = await history(since);
          const pid = hearth?.child.pid ?? 0;
          await clock.sleep(Seconds(0.3 * random.next()));
          await hearth?.kill();
          await turning;

          expect(() => process.kill(pid, 0)).toThrow("ESRCH");
          await until("the pool to see the miner gone", 2000, () =>
            pool.status().workers.every(({ connected }) => !connected) ? true : undefined,
          );
          restartsMs.push(await start());
          const { sinks } = await get<SiteView>("/api/v1/site");
          expect([acknowledged.at(-1), asked.at(-1)]).toContain(sinks[0]?.comfort.targetC);
          const now = new Set(await history(since));
          expect(kept.filter((reading) => !now.has(reading))).toEqual([]);
          expect(kept.length).toBeGreaterThan(0);
          turns += acknowledged.length;
          await fetch(`${url}/api/v1/sinks/closet/override`, { method: "DELETE" });
        }
        process.stdout.write(
          `${times} kills, ${turns} acknowledged turns of the dial; slowest restart ${Math.round(Math.max(...restartsMs))} ms\n`,
        );
        expect(turns).toBeGreaterThan(times);
        expect(Math.max(...restartsMs)).toBeLessThan(restartWithinMs);
      },
    );
  });
}
