import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as browsers } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Celsius, hostClock, Seconds, seededRandom, Watts } from "../../src/domain/index.ts";
import { roomModel } from "../../src/heat/index.ts";
import { startVirtualThermometer, virtualRoom } from "../../src/lab/index.ts";
import { startSoloPool, type SoloPool } from "../../src/mining/index.ts";
import type { SiteView } from "../../src/wire/index.ts";
import { type BitcoinNode, startBitcoinNode } from "../bitcoinNode.ts";
import { type Mosquitto, startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";
import { type HearthProcess, startHearthwork } from "./hearthProcess.ts";
import { until } from "./until.ts";

const address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
/** A closet so small and with walls so thin that a test can wait for it to warm. */
const model = {
  ...roomModel({ areaM2: 1, insulation: "average" }),
  airJoulesPerKelvin: 2000,
  fabricJoulesPerKelvin: 4000,
};

const hearthYaml = (brokerUrl: string, poolUrl: string) => `
site:
  name: First fire
  timezone: Europe/Berlin
  feeder: { maxWatts: 6000, staggerSeconds: 0 }
  tariff: { currency: EUR, perKwh: 0.31 }
sinks:
  - id: closet
    name: Closet
    sensor: { driver: mqtt, broker: "${brokerUrl}", topic: closet/climate, path: air.temperature }
    comfort: { setBackC: 21 }
    model: { areaM2: 1 }
heaters:
  - id: this-computer
    driver: this-computer
    sink: closet
    idleWatts: 5
    fullWatts: 2000
    maxDuty: 0.3
    threads: 1
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    pools: [{ url: "${poolUrl}", user: closet }]
`;

describeWith("bitcoin-node", "the first fire", () => {
  describeWith("mosquitto", "with a real broker", () => {
    describeWith("chromium", "and a real browser", (chromium) => {
      const folder = mkdtempSync(join(tmpdir(), "hearthwork-first-fire-"));
      const clock = hostClock(globalThis);
      const room = virtualRoom(model, clock.now(), { air: Celsius(17), fabric: Celsius(17) });
      const ended = new AbortController();
      let node: BitcoinNode;
      let broker: Mosquitto;
      let pool: SoloPool;
      let hearth: HearthProcess;
      let url: string;
      const ending: (() => Promise<unknown>)[] = [];

      const site = async () => {
        const reply = await fetch(`${url}/api/v1/site`);
        if (!reply.ok) throw new Error(await reply.text());
        return (await reply.json()) as SiteView;
      };

      beforeAll(async () => {
        node = await startBitcoinNode();
        ending.push(() => node.stop());
        await node.generate(1);
        broker = await startMosquitto();
        ending.push(() => broker.close());
        pool = await startSoloPool({
          node: {
            url: node.url,
            credentials: { kind: "password", user: node.user, password: node.password },
          },
          address,
          port: 0,
          clock,
        });
        ending.push(() => pool.close());
        writeFileSync(join(folder, "hearth.yaml"), hearthYaml(broker.url, pool.url));
        hearth = startHearthwork(["hearth", "--port", "0", "--json"], folder);
        ending.push(() => hearth.interrupt());
        [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 30_000);
        const thermometer = await startVirtualThermometer({
          brokerUrl: broker.url,
          topic: "closet/climate",
          clock,
          random: seededRandom(7),
          period: Seconds(2),
          noise: 0.02,
          temperature: () => room.temperature(),
          payload: (temperature) => ({ air: { temperature }, battery: 97 }),
        });
        ending.push(() => thermometer.close());
        void keepWarm();
      });
      afterAll(async () => {
        ended.abort();
        for (const end of ending.reverse()) await end();
        rmSync(folder, { recursive: true, force: true });
      });

      /** The room's physics: what the heater says it draws warms the closet. */
      async function keepWarm(): Promise<void> {
        while (!ended.signal.aborted) {
          const watts = await site().then(
            ({ heaters }) => heaters[0]?.watts ?? 0,
            () => 0,
          );
          room.moveTo(clock.now(), Watts(watts));
          await clock.sleep(Seconds(1), ended.signal);
        }
      }

      it(
        "answers a call for heat by mining: the room warms, the node accepts a block",
        { timeout: 150_000 },
        async () => {
          const cold = room.temperature();
          const heightBefore = Number(await node.call("getblockcount"));
          const heating = await until(
            "the heater to mine and its shares to be accepted",
            60_000,
            async () => {
              const [heater] = (await site()).heaters;
              return heater?.workload === "mining" && (heater.shares?.accepted ?? 0) > 0 ? heater : undefined;
            },
          );
          expect(heating.reason).toMatch(/below target/);
          expect(heating.hashesPerSecond).toBeGreaterThan(100_000);
          await until("a block that the node accepts", 60_000, () =>
            pool.status().blocks.some(({ outcome }) => outcome === "accepted") ? true : undefined,
          );
          expect(Number(await node.call("getblockcount"))).toBeGreaterThan(heightBefore);

          await until("the room to warm by a degree", 100_000, () =>
            room.temperature() > cold + 1 ? true : undefined,
          );
          const { today, sinks } = await until("the hearth to know of it", 20_000, async () => {
            const seen = await site();
            return (seen.sinks[0]?.temperatureC ?? 0) > cold + 0.5 ? seen : undefined;
          });
          expect(today.energyKwh).toBeGreaterThan(0);
          expect(Number(today.cost.amount)).toBeCloseTo(today.energyKwh * 0.31, 4);
          expect(sinks[0]?.temperatureC).toBeGreaterThan(cold + 0.5);
        },
      );

      it("shows energy and cost on the page", { timeout: 60_000 }, async () => {
        const browser = await browsers.launch({
          executablePath: chromium,
          args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        });
        try {
          const page = await browser.newPage();
          await page.goto(url);
          await page.getByText("Closet").first().waitFor();
          await page
            .getByText(/kWh|Wh/)
            .first()
            .waitFor();
          await page.getByText(/€/).first().waitFor();
          expect(await page.getByRole("slider").count()).toBeGreaterThan(0);
        } finally {
          await browser.close();
        }
      });

      it("ends in the safe state on Ctrl-C", { timeout: 30_000 }, async () => {
        expect(await hearth.interrupt()).toBe(0);
        expect(hearth.output()).toContain("safe state");
      });
    });
  });
});
