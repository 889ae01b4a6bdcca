import { expect, it } from "vitest";
import { parseYaml } from "./config/yamlFile.ts";
import { siteConfigSchema } from "./config/siteConfig.ts";
import { deviceOf } from "./deviceOf.ts";

/** The text of a heater that is written so in hearth.yaml. */
function textOf(heater: string): string {
  const yaml = `
site: { timezone: UTC, feeder: { maxWatts: 5000 }, tariff: { currency: EUR, perKwh: 0.3 } }
sinks:
  - { id: room, sensor: { driver: mqtt, broker: "mqtt://10.0.0.2", topic: room }, comfort: { setBackC: 20 } }
heaters:
  - { id: heater, sink: room, ${heater} }
`;
  const [parsed] = parseYaml(yaml, "hearth.yaml", siteConfigSchema).heaters;
  return parsed ? deviceOf(parsed) : expect.unreachable();
}

const miner = (address: string, more = "") =>
  textOf(
    `driver: braiins, address: "${address}", minWatts: 800, maxWatts: 1600, unattendedWatts: 800, heatShare: 0.2${more}`,
  );
const behind = (plug: string) =>
  textOf(`driver: plug, onWatts: 400, plug: { driver: shelly-gen2, address: "${plug}", ratedWatts: 2500 }`);

it("tells devices apart by where they are", () => {
  expect(miner("http://10.0.0.5")).not.toBe(miner("http://10.0.0.6"));
  expect(miner("http://10.0.0.5")).toContain("braiins");
});

it("is the same under other settings", () => {
  expect(miner("http://10.0.0.5", ", settleSeconds: 300, name: Loud")).toBe(miner("http://10.0.0.5"));
});

it("is the plug's place of what only a plug knows", () => {
  expect(behind("http://10.0.0.7")).not.toBe(behind("http://10.0.0.8"));
});

it("is the driver alone where there is but one", () => {
  const computer = `driver: this-computer, idleWatts: 5, fullWatts: 50, pools: [{ url: "10.0.0.1:3333", user: me }]`;
  expect(textOf(computer)).toBe("this-computer");
});
