import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { siteConfigSchema } from "./siteConfig.ts";
import { uncheckedOf } from "./unsafeSite.ts";
import { parseYaml } from "./yamlFile.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const beforeHeaters = example.slice(0, example.indexOf("heaters:"));
const firstLine = beforeHeaters.split("\n").length + 1;

/** The example's home with other heaters, one a line; its feeder carries 2000 W. */
const read = (...heaters: string[]) =>
  parseYaml(
    `${beforeHeaters}heaters:\n${heaters.map((keys, index) => `  - { id: h${index}, sink: living-room, ${keys} }\n`).join("")}`,
    "hearth.yaml",
    siteConfigSchema,
  );

function refusal(...heaters: string[]): HearthworkError {
  try {
    read(...heaters);
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return thrown;
    throw thrown;
  }
  throw new Error("was accepted");
}

const s19 = "driver: braiins, address: 192.168.1.20, minWatts: 800, maxWatts: 1000";
const nano = "driver: avalon, address: 192.168.1.22, model: nano-3s";
/** Most of its heat goes elsewhere. */
const left = `${s19}, unattendedWatts: 1000, heatShare: 0.1`;
const plug = (watts: number) => `plug: { driver: shelly-gen2, address: 192.168.1.40, ratedWatts: ${watts} }`;

const site = `site: { timezone: Europe/London, tariff: { currency: EUR, perKwh: "0.30" }, feeder: { maxWatts: 2000 } }
sinks:
`;
const tankWith = (size: string) =>
  `  - { id: hot-water, kind: tank, ${size}, sensor: { driver: http, address: 192.168.1.60, get: /t } }\n`;
const element = `heaters:
  - { id: h0, driver: resistive, sink: hot-water, onWatts: 2000, ${plug(2500)} }
`;
const readTank = (size: string, heater: string) =>
  parseYaml(`${site}${tankWith(size)}${heater}`, "hearth.yaml", siteConfigSchema);

describe("a configuration that is not safe", () => {
  it.each<[string, string[], number, string]>([
    [
      "a heater that nobody makes safe when the hearth dies",
      [nano.replace(".22", ".23") + ", unattendedWatts: 100", s19],
      firstLine + 1,
      "heaters[1].plug: h1 (braiins) must not run so: nothing brings it to a safe state when the hearth dies; put it behind a plug that has a timer (`plug:`), or declare `unattendedWatts`",
    ],
    [
      "a plug that is too weak for its heater",
      [`${s19}, ${plug(1000)}`],
      firstLine,
      "heaters[0].plug.ratedWatts: h0 (braiins) must not run so: it draws up to 1050 W, and its plug is rated for 1000 W; use a plug that carries it",
    ],
    [
      "more than the feeder carries when the mains come back",
      [left, left.replace(".20", ".21")],
      6,
      "site.feeder.maxWatts: when the mains come back after an outage, its heaters draw 2100 W before the hearth says anything (h0 1050 W, h1 1050 W), and the feeder carries 2000 W; put some behind plugs (`plug:`), which stay off then",
    ],
    [
      "heaters that are left alone and overheat their room together",
      [`${nano}, ${plug(200)}`, `${s19}, unattendedWatts: 1000`],
      firstLine + 1,
      "heaters[1].unattendedWatts: left alone, h1 would bring living-room to",
    ],
  ])("is refused for %s, with file, line, key, heater and what to do", (_, heaters, line, words) => {
    const { code, message, data } = refusal(...heaters);
    expect(code).toBe("site/unsafe");
    expect(message).toContain(`hearth.yaml:${line}: ${words}`);
    expect(data).toMatchObject({ file: "hearth.yaml", line, problems: 1 });
  });

  it.each<[string, string, string, string]>([
    [
      "a tank that would be too hot before its plug's timer cuts",
      "litres: 15",
      element,
      "heaters[0].plug.timerSeconds: when the hearth dies, h0 would bring hot-water from 71 to 77 °C",
    ],
    [
      "a least time on that heats a tank above its limit",
      "litres: 150",
      element.replace("onWatts: 2000", "onWatts: 2000, minOnMinutes: 240"),
      "heaters[0].minOnMinutes: once on, h0 runs for 240 min at least",
    ],
    [
      "a disinfection that its heaters do not reach",
      "litres: 150",
      element.replace("resistive", "heat-pump"),
      "sinks[0].disinfection: h0 makes hot-water 50 °C hot at most",
    ],
    [
      "an element that the feeder does not carry",
      "litres: 150",
      element.replace("2000", "3000").replace("2500", "3600"),
      "site.feeder.maxWatts: h0 draws 3000 W at least",
    ],
  ])("is refused for %s", (_, size, heater, words) => {
    expect(() => readTank(size, heater)).toThrow(words);
    expect(() => readTank("litres: 150", element)).not.toThrow();
  });

  it("is refused for a tank that is heated by another sink's thermometer", () => {
    const sinks = `${tankWith("litres: 150")}${tankWith("litres: 150").replace("hot-water", "cellar")}`;
    expect(() => parseYaml(`${site}${sinks}${element}`, "hearth.yaml", siteConfigSchema)).toThrow(
      'sinks[1].sensor: is that of "hot-water", too: a tank has a thermometer of its own',
    );
  });

  it("is told as wrong, not as unsafe, while something else is wrong", () => {
    expect(refusal(s19.replace("minWatts: 800, ", "")).code).toBe("config/invalid");
  });
});

describe("what only devices know", () => {
  it("is listed by heater, and is nothing where a heater guards itself", () => {
    const config = read(
      `${s19}, ${plug(1100)}`,
      "driver: plug, onWatts: 400, plug: { driver: tasmota-http, address: a.b, ratedWatts: 2500 }",
      "driver: this-computer, idleWatts: 30, fullWatts: 120, pools: [{ url: 'a.b:1', user: me }]",
    );
    expect(uncheckedOf(config)).toEqual([
      { heater: "h0", message: "whether it takes 800 to 1000 W now" },
      {
        heater: "h0",
        message: "whether its plug (shelly-gen2) stays off after an outage and its timer runs",
      },
      {
        heater: "h1",
        message: "whether its plug (tasmota-http) stays off after an outage and its timer runs",
      },
    ]);
  });
});
