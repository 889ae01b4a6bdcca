import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  Celsius,
  hostClock,
  Instant,
  Seconds,
  seededRandom,
  simulatedClock,
} from "../../src/domain/index.ts";
import {
  type BraiinsTwin,
  type ShellyTwin,
  startBraiinsTwin,
  startEmbeddedBroker,
  startShellyTwin,
  startVirtualThermometer,
  type VirtualThermometer,
} from "../../src/lab/index.ts";
import type { SiteView } from "../../src/wire/index.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { until } from "../e2e/until.ts";
import { readyData } from "../readyData.ts";

const timerSeconds = 60;
const hearthYaml = (broker: string, miner: string, plug: string) => `
site: { timezone: UTC, feeder: { maxWatts: 3000, staggerSeconds: 0 }, tariff: { currency: EUR, perKwh: 0.31 } }
sinks:
  - id: closet
    sensor: { driver: mqtt, broker: "${broker}", topic: closet, path: temperature }
    comfort: { setBackC: 21 }
heaters:
  - id: s19
    driver: braiins
    sink: closet
    address: "${miner}"
    minWatts: 800
    maxWatts: 1600
    settleSeconds: 10
    trusted: true
    minOnMinutes: 0
    minOffMinutes: 0
    plug: { driver: shelly-gen2, address: "${plug}", ratedWatts: 2500, timerSeconds: ${timerSeconds} }
`;

/** The devices' time: the host's, until a test lets it run ahead. */
const clock = simulatedClock(Instant(Date.now()));
const folder = mkdtempSync(join(tmpdir(), "hearthwork-hung-"));
const ending: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
let miner: BraiinsTwin;
let shelly: ShellyTwin;
let hearth: HearthProcess;
let url = "";
let thermometer: VirtualThermometer;

/** The hearth looks anew whenever its owner wants something. */
const askForARound = () =>
  fetch(`${url}/api/v1/sinks/closet/override`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "hold", targetC: 21 }),
  });
async function start() {
  hearth = startHearthwork(["hearth", "--port", "0", "--json"], folder);
  [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 30_000);
}

beforeAll(async () => {
  const over = new AbortController();
  const follow = async () => {
    for (let before = performance.now(); !over.signal.aborted;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = performance.now();
      await clock.advance(Seconds((now - before) / 1000));
      before = now;
    }
  };
  const following = follow();
  ending.push(() => {
    over.abort();
    return following;
  });
  miner = await startBraiinsTwin({
    clock,
    constraints: { min: 800, default: 900, max: 1600 },
    tuning: Seconds(1),
    ramp: 800,
  });
  ending.push(() => miner.close());
  shelly = await startShellyTwin({ clock, load: miner, isOn: false });
  ending.push(() => shelly.close());
  const broker = await startEmbeddedBroker();
  ending.push(() => broker.close());
  thermometer = await startVirtualThermometer({
    brokerUrl: broker.url,
    topic: "closet",
    clock: hostClock(globalThis),
    random: seededRandom(4),
    period: Seconds(0.5),
    noise: 0.02,
    temperature: () => Celsius(18),
  });
  ending.push(() => thermometer.close());
  readyData(join(folder, ".hearthwork"));
  writeFileSync(join(folder, "hearth.yaml"), hearthYaml(broker.url, miner.url, shelly.url));
  await start();
  ending.push(() => hearth.kill());
});
afterAll(async () => {
  for (const end of ending.reverse()) await end();
});

it(
  "a hearth that hangs but lives leaves its miner to the plug's timer, and finds its way when it wakes",
  { timeout: 90_000 },
  async () => {
    await until("the miner to draw its power", 40_000, async () => {
      await askForARound();
      return miner.watts() > 1500 ? true : undefined;
    });
    expect(shelly.plug.timerLeft()).toBeGreaterThan(0);
    expect(shelly.plug.timerSetTo()).toBe(timerSeconds);

    hearth.child.kill("SIGSTOP");
    await clock.advance(Seconds(shelly.plug.timerLeft() / 2));
    const beforeItRanOut = miner.watts();
    await clock.advance(Seconds(timerSeconds + 5));
    await shelly.plug.whenStill();
    expect(beforeItRanOut).toBeGreaterThan(1500);
    expect(shelly.plug.isOn()).toBe(false);
    expect(miner.watts()).toBe(0);

    hearth.child.kill("SIGCONT");
    await until("the hearth to heat again, under a timer", 40_000, async () => {
      await askForARound();
      return shelly.plug.timerLeft() > 0 && miner.watts() > 1500 ? true : undefined;
    });
  },
);

it(
  "after an outage everything is back before the hearth: its plug stays off, and it looks before it switches",
  { timeout: 90_000 },
  async () => {
    await hearth.kill();
    expect(miner.watts()).toBeGreaterThan(1500);
    thermometer.pause();
    await shelly.plug.outage();
    expect(shelly.plug.isOn()).toBe(false);
    expect(miner.watts()).toBe(0);

    await start();
    const seen = await until("the hearth to see its heater", 30_000, async () => {
      await askForARound();
      const { heaters, sinks } = (await (await fetch(`${url}/api/v1/site`)).json()) as SiteView;
      return heaters[0]?.watts === 0 ? { heater: heaters[0], sink: sinks[0] } : undefined;
    });
    expect(seen.heater).toMatchObject({ setpointWatts: 0, reason: expect.stringMatching(/temperature/) });
    expect(seen.sink?.sensor).not.toBe("fresh");
    expect(shelly.plug.isOn()).toBe(false);
    thermometer.resume();
    await until("the miner to heat again", 40_000, async () => {
      await askForARound();
      return shelly.plug.timerLeft() > 0 && miner.watts() > 1500 ? true : undefined;
    });
  },
);
