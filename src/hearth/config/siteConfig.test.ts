import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { siteConfigSchema } from "./siteConfig.ts";
import { parseYaml } from "./yamlFile.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const read = (text: string) => parseYaml(text, "hearth.yaml", siteConfigSchema);

function complaint(text: string): string {
  try {
    read(text);
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return thrown.message;
    throw thrown;
  }
  throw new Error("was accepted");
}
const withTank = (more = "storeC: 60") =>
  example.replace(
    /^heaters:/m,
    `  - id: hot-water
    kind: tank
    litres: 120
    sensor: { driver: mqtt, broker: "mqtt://127.0.0.1:1883", topic: tank }
    ${more}
heaters:`,
  );
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

describe("hearth.yaml", () => {
  it("is accepted as the guide shows it, and what is left out gets its default", () => {
    const config = read(example);
    expect(config.site).toMatchObject({
      timezone: "Europe/Berlin",
      feeder: { maxWatts: 2000, staggerSeconds: 30 },
      tariff: { currency: "EUR", perKwh: 310_000n },
    });
    expect(config.sinks[0]).toMatchObject({
      id: "living-room",
      limits: { minC: 5, maxC: 26 },
      fallback: { kind: "stop" },
    });
    expect(config.heaters[0]?.ours).toMatchObject({ minOnMinutes: 300, minOffMinutes: 180, heatShare: 1 });
    expect(config.heaters[0]?.ours).toMatchObject({ maxStartsPerHour: 6, quiet: [] });
    expect(config.heaters[0]?.definition.name).toBe("this-computer");
  });

  it("takes a tank, with what it leaves out", () => {
    const config = read(withTank());
    expect(config.sinks[1]).toMatchObject({
      kind: "tank",
      litres: 120,
      comfort: { setBackC: 50, bandK: 4, entries: [] },
      limits: { maxC: 75, minC: 5 },
      disinfection: { celsius: 60, holdSeconds: 1800, everyHours: 168 },
      fallback: { kind: "stop" },
      storeC: 60,
    });
    expect(read(withTank("disinfection: false")).sinks[1]).toMatchObject({ disinfection: null });
  });

  it.each([
    ["a fallback", "fallback: { kind: run, watts: 60, atMostMinutes: 60 }", "fallback: is no key"],
    ["a limit below its disinfection", "limits: { maxC: 64 }", "leaves no room to disinfect it"],
    ["a target above its limit", "comfort: { setBackC: 74 }", "wants 74 °C; limits.maxC is 75 °C"],
    ["a limit that boils", "limits: { maxC: 120 }", "limits.maxC:"],
    ["a misspelt key", "liters: 100", "liters: is no key"],
  ])("refuses a tank with %s", (_, line, expected) => {
    expect(complaint(withTank(line))).toContain(expected);
  });

  it.each([
    ["an unknown driver", "driver: this-computer", "driver: toaster", "heaters[0].driver: must be"],
    [
      "what a driver refuses",
      "fullWatts: 120",
      "fullWatts: 20",
      "heaters[0].fullWatts: must be above idleWatts",
    ],
    [
      "a misspelt key of a driver",
      "fullWatts: 120",
      "fulWatts: 120",
      "heaters[0].fulWatts: is no key; allowed here:",
    ],
    ["a misspelt key of ours", "sinks:", "sink:", "sink: is no key; allowed here: site, sinks, heaters"],
    ["a sink that is not there", "sink: living-room", "sink: attic", 'there is no sink "attic"'],
    ["a time zone that is none", "Europe/Berlin", "Mars/Base", "site.timezone:"],
    [
      "quiet hours without an end",
      "idleWatts: 30",
      'idleWatts: 30\n    quiet: [{ from: "22:00", maxWatts: 60 }]',
      "heaters[0].quiet[0].to:",
    ],
    ["a price that is none", "perKwh: 0.31", "perKwh: cheap", "site.tariff.perKwh:"],
    ["a currency that is none", "currency: EUR", "currency: DOGE", "must be one of USD, EUR, GBP, CHF"],
    ["a time that is none", 'from: "06:30"', 'from: "6:30"', 'write it like "06:30"'],
    ["a target above the limit", "maxC: 26", "maxC: 20", "wants 21 °C; limits.maxC is 20 °C"],
    [
      "a fallback that would overheat the room",
      "    limits:\n",
      "    fallback: { kind: run, watts: 2000, atMostMinutes: 60 }\n    limits:\n",
      "fallback.watts: would bring the room to",
    ],
    [
      "limits without room for a target",
      "maxC: 26",
      "maxC: 25\n      minC: 25",
      "sinks[0].limits: its limits",
    ],
    ["a topic with a wildcard", "topic: zigbee2mqtt/living-room", "topic: zigbee2mqtt/+", "wildcards"],
    ["a broker that is no broker", "broker: mqtt://", "broker: http://", "sinks[0].sensor.broker:"],
    ["a pool that is none", "url: stratum+tcp://", "url: http://", "heaters[0].pools[0].url:"],
    ["an id that cannot stand in a URL", "- id: this-computer", "- id: This Computer", "heaters[0].id:"],
  ])("names line, key and what is allowed for %s", (_case, right, wrong, words) => {
    const text = example.replace(right, wrong);
    const [first = ""] = complaint(text)
      .split("\n")
      .filter((line) => line.includes(words));
    expect(first).toContain(words);
    expect(first).toMatch(/^hearth\.yaml:\d+: /);
  });

  it("tells quiet hours for every day unless it is told which", () => {
    const quiet = '    quiet: [{ from: "22:00", to: "07:00", maxWatts: 60 }]\n';
    const config = read(example.replace("    idleWatts: 30\n", `${quiet}    idleWatts: 30\n`));
    const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    expect(config.heaters[0]?.ours.quiet).toEqual([{ days, from: "22:00", to: "07:00", maxWatts: 60 }]);
  });

  it.each([
    ["webhook: { url: ftp://a/b }", "alarms.webhook.url: write it like https://"],
    ["webhook: { url: https://me:pw@a/b }", "alarms.webhook.url: it holds a login"],
    ["webhook: { url: https://a/, credentials: My Key }", "alarms.webhook.credentials: use 1 to 48"],
    ["mqtt: { broker: mqtt://a, topic: home/+ }", "alarms.mqtt.topic: use letters"],
    ["mqtt: { broker: mqtt://a, password: x }", "alarms.mqtt.password: is no key; allowed here: broker"],
    ["level: info", "alarms.level: must be one of alarm, warning"],
  ])("refuses alarms that say %s", (line, words) => {
    expect(complaint(`${example}\nalarms:\n  ${line}\n`)).toContain(words);
  });

  it("leaves Home Assistant's ways to their defaults, and refuses topics that are none", () => {
    const section = (keys: string) => `${example}\nhomeAssistant: { broker: mqtt://a${keys} }\n`;
    expect(read(section("")).homeAssistant).toEqual({
      broker: "mqtt://a",
      prefix: "homeassistant",
      topicPrefix: "hearthwork",
      form: "device",
      powerHours: 4,
      presets: { boostK: 1, boostMinutes: 60 },
    });
    expect(complaint(section(", topicPrefix: a//b"))).toContain("homeAssistant.topicPrefix: use letters");
    expect(complaint(section(", form: both"))).toContain(
      "homeAssistant.form: must be one of device, component",
    );
    expect(complaint(section(", presets: { boostK: 9 }"))).toContain(
      "homeAssistant.presets.boostK: must be at most 5",
    );
  });

  it("takes a room's parameters as they were found, all of them or none", () => {
    const found =
      "identified: { airJoulesPerKelvin: 280000, fabricJoulesPerKelvin: 5780000, airToOutsideWattsPerKelvin: 22.8, fabricToOutsideWattsPerKelvin: 37.5, airToFabricWattsPerKelvin: 200 }";
    const text = example.replace("insulation: average", found);
    expect(read(text).sinks[0]?.model).toEqual({
      airJoulesPerKelvin: 280_000,
      fabricJoulesPerKelvin: 5_780_000,
      airToOutsideWattsPerKelvin: 22.8,
      fabricToOutsideWattsPerKelvin: 37.5,
      airToFabricWattsPerKelvin: 200,
      heatToAir: 0.7,
    });
    expect(complaint(text.replace("airToFabricWattsPerKelvin: 200", "airToFabric: 200"))).toContain(
      "sinks[0].model.identified.airToFabricWattsPerKelvin:",
    );
  });

  it("points at the line", () => {
    const text = example.replace("currency: EUR", "currency: DOGE");
    expect(complaint(text)).toContain(`hearth.yaml:${lineOf(text, "currency: DOGE")}: `);
  });

  it.each([
    ["sinks", "  - id: living-room", "sinks[1].id"],
    ["heaters", "  - id: this-computer", "heaters[1].id"],
  ])("refuses two %s of one id", (section, _first, key) => {
    const [, body = ""] = example.split(`${section}:\n`);
    const entry = body.split(/\n\n/)[0] ?? "";
    const text = example.replace(`${section}:\n${entry}`, `${section}:\n${entry.trimEnd()}\n${entry}`);
    expect(complaint(text)).toContain(`${key}: `);
    expect(complaint(text)).toContain("is taken already");
  });

  it("refuses two heaters that are one device, or hang on one plug", () => {
    const [, body = ""] = example.split("heaters:\n");
    const entry = body.split(/\n\n/)[0] ?? "";
    const twin = entry.replace(/id: (\S+)/, "id: another");
    const text = example.replace(`heaters:\n${entry}`, `heaters:\n${entry.trimEnd()}\n${twin}`);
    expect(complaint(text)).toContain("is the same device as");
  });

  it("never lets a sensor be lost before it is late", () => {
    const text = example.replace("path: temperature", "path: temperature\n      staleAfterSeconds: 600");
    expect(complaint(text)).toContain("lostAfterSeconds: must not be below staleAfterSeconds");
  });
});
