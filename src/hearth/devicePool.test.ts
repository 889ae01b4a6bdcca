import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Instant, seededRandom, simulatedClock } from "../domain/index.ts";
import { type DriverContext, sharedBrokers } from "../drivers/index.ts";
import { siteConfigSchema } from "./config/siteConfig.ts";
import { parseYaml } from "./config/yamlFile.ts";
import { devicePool } from "./devicePool.ts";

const example = readFileSync(new URL("../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const clock = simulatedClock(Instant(0));
const random = seededRandom(1);
const context: DriverContext = {
  clock,
  random,
  brokers: sharedBrokers({ clock, random }),
  secret: () => undefined,
  startMiner: () => expect.unreachable(),
  onEvent: () => {},
};

/** The example's home with a miner behind these devices. */
const home = (before: string, site = "") =>
  parseYaml(
    `${example.slice(0, example.indexOf("heaters:")).replace("site:", `site:\n${site}`)}heaters:
  - { id: miner, sink: living-room, driver: braiins, address: 127.0.0.1, minWatts: 100, maxWatts: 150, unattendedWatts: 150, ${before} }
`,
    "hearth.yaml",
    siteConfigSchema,
  );
const plug = (address: string) =>
  home(`plug: { driver: shelly-gen2, address: ${address}, ratedWatts: 2500 }`);
const meter = (address: string) => home(`meter: { driver: shelly, address: ${address} }`);

it.each([
  ["another plug", plug("127.0.0.1:1"), plug("127.0.0.1:2"), true],
  ["no plug any longer", plug("127.0.0.1:1"), meter("127.0.0.1:1"), true],
  ["another meter", meter("127.0.0.1:1"), meter("127.0.0.1:2"), true],
  ["the same plug", plug("127.0.0.1:1"), plug("127.0.0.1:1"), false],
])("a heater with %s", async (_, before, after, isOther) => {
  const pool = devicePool(() => context);
  const first = await pool.prepare(before);
  first.keep();
  const second = await pool.prepare(after);
  expect(second.replaced.heaters.has("miner")).toBe(isOther);
  await second.discard(false);
  await Promise.all(first.setup.heaters.map(({ driver }) => driver.leave()));
  await Promise.all(first.setup.sinks.map(({ sensor }) => sensor.close()));
});

it("the site's meter is opened with its devices and handed on as long as it is the same", async () => {
  const pool = devicePool(() => context);
  const site = (channel: number) =>
    home("", `  meter: { driver: shelly, address: "127.0.0.1:1", channel: ${channel} }\n`);
  const first = await pool.prepare(site(1));
  first.keep();
  const same = await pool.prepare(site(1));
  expect(same.setup.meter).toBeDefined();
  expect(same.setup.meter).toBe(first.setup.meter);
  const other = await pool.prepare(site(2));
  expect(other.setup.meter).not.toBe(first.setup.meter);
  await other.discard(false);
  await first.setup.meter?.close();
  await Promise.all(first.setup.sinks.map(({ sensor }) => sensor.close()));
});
