import { describe, expect, it } from "vitest";
import { devicesOf } from "./devices.ts";
import { discoveryOf } from "./discovery.ts";
import { namesOf } from "./names.ts";
import { sampleView } from "../../sampleView.suite.ts";
import { statesOf } from "./states.ts";

type Config = Readonly<Record<string, unknown>>;
const names = namesOf({ prefix: "homeassistant", topicPrefix: "home/hearth" });
const version = "1.2.3";
const discovered = (form: "device" | "component") =>
  devicesOf(sampleView(), names).flatMap((device) => [...discoveryOf(device, { names, form, version })]);
const components = () =>
  discovered("device").flatMap(([, payload]) => {
    const whole = payload as { components: Record<string, Config> };
    return Object.entries(whole.components).map(([key, config]) => ({ key, config }));
  });
/** Which topic a template reads, by how its name ends. */
const topicFor: Readonly<Record<string, string>> = { value_template: "state_topic", template: "topic" };
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe("the description of a device", () => {
  it.each(devicesOf(sampleView(), names).map((device) => [device.name.kind, device] as const))(
    "of a %s is the one in golden/",
    async (kind, device) => {
      const [message] = discoveryOf(device, { names, form: "device", version });
      await expect(json(message)).toMatchFileSnapshot(`golden/${kind}.device.json`);
    },
  );

  it("in the older form is one message for each entity", async () => {
    const [, , heater] = devicesOf(sampleView(), names);
    const messages = heater ? discoveryOf(heater, { names, form: "component", version }) : new Map();
    await expect(json(Object.fromEntries(messages))).toMatchFileSnapshot("golden/heater.components.json");
    expect(discovered("component")).toHaveLength(components().length);
  });

  it("names a topic for each device, or each entity, that Home Assistant listens to", () => {
    for (const [topic] of discovered("device")) {
      expect(topic).toMatch(/^homeassistant\/device\/[a-zA-Z0-9_-]+\/config$/);
    }
    for (const [topic] of discovered("component")) {
      expect(topic).toMatch(/^homeassistant\/[a-z_]+\/[a-zA-Z0-9_-]+\/[a-zA-Z0-9_-]+\/config$/);
    }
    const topics = [...discovered("device"), ...discovered("component")].map(([topic]) => topic);
    expect(new Set(topics).size).toBe(topics.length);
  });

  it("has what Home Assistant requires of a device: an identifier and an origin with a name", () => {
    for (const [, payload] of [...discovered("device"), ...discovered("component")]) {
      expect(payload).toMatchObject({
        device: { identifiers: [expect.any(String)], name: expect.any(String) },
        origin: { name: "Hearthwork" },
      });
    }
  });
});

describe("a tank", () => {
  const view = () => {
    const { sinks, ...site } = sampleView();
    return { ...site, sinks: sinks.map((sink) => ({ ...sink, kind: "tank" as const })) };
  };

  it("is a water heater that is off or electric, within the tank's limits", async () => {
    const tank = devicesOf(view(), names).find(({ name }) => name.kind === "sink");
    const [message] = tank ? discoveryOf(tank, { names, form: "device", version }) : [];
    await expect(json(message)).toMatchFileSnapshot("golden/tank.device.json");
    const [state] = [...statesOf(view(), names, () => undefined)].filter(([topic]) =>
      topic.includes("/sink/"),
    );
    expect(JSON.parse(state?.[1] ?? "")).toMatchObject({ operation: "electric", targetC: 21 });
  });
});

describe("each entity", () => {
  it("has a platform and an id of its own, the same in both forms", () => {
    const ids = components().map(({ config }) => config["unique_id"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(discovered("component").map(([, payload]) => (payload as Config)["unique_id"])).toEqual(ids);
    for (const { config } of components()) {
      expect(config["platform"]).toMatch(/^(?:sensor|binary_sensor|switch|number|button|climate)$/);
    }
  });

  it("has classes that the Energy dashboard accepts", () => {
    const allowed: Readonly<Record<string, readonly [unit: RegExp, state: RegExp]>> = {
      power: [/^W$/, /^measurement$/],
      energy: [/^kWh$/, /^total_increasing$/],
      monetary: [/^EUR$/, /^total$/],
      temperature: [/^°C$/, /^measurement$/],
    };
    const sensors = components().filter(({ config }) => config["platform"] === "sensor");
    for (const { key, config } of sensors) {
      const [unit, state] = allowed[config["device_class"] as string] ?? [/./, /./];
      if (key === "state") continue;
      expect(config["unit_of_measurement"]).toMatch(unit);
      expect(config["state_class"]).toMatch(state);
    }
    const classes = sensors.map(({ config }) => config["device_class"]);
    for (const wanted of Object.keys(allowed)) expect(classes).toContain(wanted);
  });

  it("reads a value that its topic really holds", () => {
    const states = statesOf(sampleView(), names, () => undefined);
    for (const { config } of components()) {
      for (const [name, template] of Object.entries(config)) {
        if (!name.endsWith("template") || name.startsWith("json_attributes")) continue;
        const topic = config[name.replace(/(?:value_)?template$/, (end) => topicFor[end] ?? end)];
        const held = JSON.parse(states.get(String(topic)) ?? "{}") as Config;
        const [, value = ""] = /^\{\{ value_json\.(\w+) \}\}$/.exec(String(template)) ?? [];
        expect(held, `${String(config["unique_id"])} ${name}`).toHaveProperty(value);
      }
    }
  });

  it("is unavailable when the hearth is gone, and a measurement when its heater does not answer", () => {
    for (const { config } of components()) {
      expect(config["availability"]).toContainEqual({ topic: "home/hearth/status" });
      expect(config["availability_mode"]).toBe("all");
    }
    const needing = components().filter(({ config }) => (config["availability"] as unknown[]).length > 1);
    expect(needing.map(({ key, config }) => [key, config["unique_id"]])).toEqual(
      ["power", "hash_rate", "temperature"].map((key) => [key, `home_hearth_heater_miner_${key}`]),
    );
    expect(needing[0]?.config["availability"]).toContainEqual({ topic: "home/hearth/heater/miner/status" });
  });

  it("that is a room's climate keeps Home Assistant's rules", () => {
    const climate = components().find(({ key }) => key === "climate")?.config;
    expect(climate).toMatchObject({ modes: ["off", "heat"], temp_step: 0.5, min_temp: 5, max_temp: 25.7 });
    expect(climate?.["preset_modes"]).not.toContain("none");
    expect(climate).not.toHaveProperty("state_topic");
  });
});
