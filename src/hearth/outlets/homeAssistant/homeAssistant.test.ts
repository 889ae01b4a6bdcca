import { connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Mosquitto, startMosquitto } from "../../../../test/mosquitto.ts";
import { describeWith } from "../../../../test/parts.ts";
import { type HomeAssistantConfig, homeAssistantSchema } from "../../config/outletsConfig.ts";
import type { Store } from "../../../store/index.ts";
import { openReadyStore } from "../../../../test/readyData.ts";
import { eventually } from "../outletBench.suite.ts";
import { type TestHome, testHome } from "./testHome.suite.ts";

describeWith("mosquitto", "a home in Home Assistant", () => {
  let broker: Mosquitto;
  let store: Store;
  let home: TestHome;
  let listener: MqttClient;
  /** What the broker retains, as somebody sees it who subscribed from the beginning. */
  let held: Map<string, string>;
  let count: number;

  const configOf = (change: object = {}): HomeAssistantConfig =>
    homeAssistantSchema.parse({ broker: broker.url, ...change });
  async function listen() {
    held = new Map();
    count = 0;
    listener = await connectAsync(broker.url, { reconnectPeriod: 0 });
    listener.on("error", () => {});
    listener.on("message", (topic, payload) => {
      count += 1;
      if (payload.length === 0) held.delete(topic);
      else held.set(topic, payload.toString());
    });
    await listener.subscribeAsync("#", { qos: 1 });
  }
  const state = (device: string) =>
    JSON.parse(held.get(`hearthwork/${device}/state`) ?? "{}") as Record<string, unknown>;
  /** What we retain: commands are somebody else's. */
  const ours = () => [...held.keys()].filter((topic) => !topic.endsWith("/set"));
  const configs = () => [...held.keys()].filter((topic) => topic.startsWith("homeassistant/")).toSorted();
  const deviceTopic = (device: string) => `homeassistant/device/hearthwork${device}/config`;
  const whole = [deviceTopic(""), deviceTopic("_heater_miner"), deviceTopic("_sink_study")];
  /** Says something as Home Assistant would, and lets the home take it. */
  async function command(topic: string, payload: string | Buffer, options: object = {}) {
    await listener.publishAsync(`hearthwork/${topic}/set`, payload, { qos: 1, ...options });
    await home.pass(2);
  }

  beforeAll(async () => {
    store = await openReadyStore();
  }, 180_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    broker = await startMosquitto();
    home = await testHome(store);
    await listen();
  });
  afterEach(async () => {
    await home.stop();
    await listener.endAsync(true);
    await broker.close();
  });

  it("is described, retained, and tells its values", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await home.pass(60);
    await eventually(() => state("heater/miner")).toMatchObject({ watts: 1000, state: "heating", run: "ON" });
    await eventually(() => state("sink/study")).toMatchObject({
      temperatureC: 18,
      targetC: 19,
      mode: "heat",
      action: "heating",
      preset: "none",
    });
    expect(state("site")).toMatchObject({ problem: "OFF", watts: 1000 });
    await eventually(() => Number(state("heater/miner")["energyKwh"])).toBeGreaterThan(0);
    expect(held.get("hearthwork/status")).toBe("online");
    expect(home.view().outlets).toEqual([{ name: "home-assistant", trouble: null }]);
    const before = new Map(held);
    await listener.endAsync(true);
    await listen();
    await eventually(() => held.size).toBe(before.size);
    expect(configs()).toEqual(whole);
    expect(home.faults).toEqual([]);
  });

  it("is described entity by entity where older releases want it so", async () => {
    await home.start({
      homeAssistant: configOf({ form: "component", prefix: "ha", topicPrefix: "my/home" }),
    });
    await eventually(() => held.has("ha/climate/my_home_sink_study/climate/config")).toBe(true);
    await eventually(() => held.has("ha/sensor/my_home_heater_miner/energy/config")).toBe(true);
    await eventually(() => held.get("my/home/status")).toBe("online");
  });

  it.each([
    ["device", "component"],
    ["component", "device"],
  ])("moves its entities from the form %s to %s, so that they keep their names", async (before, after) => {
    await home.start({ homeAssistant: configOf({ form: before }) });
    await eventually(() => configs().length).toBeGreaterThan(2);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    await home.pass(10);
    const old = configs();
    const said: string[] = [];
    listener.on("message", (topic, payload) => {
      if (topic.endsWith("/config")) said.push(`${topic} ${payload.toString().slice(0, 30)}`);
    });
    await home.follow({ homeAssistant: configOf({ form: after }) });
    await eventually(() => configs().some((topic) => old.includes(topic))).toBe(false);
    for (const topic of old) {
      const [moves, goes] = [said.indexOf(`${topic} {"migrate_discovery":true}`), said.indexOf(`${topic} `)];
      const firstNew = said.findIndex((line) => !old.some((one) => line.startsWith(`${one} `)));
      expect(moves).toBeGreaterThanOrEqual(0);
      expect(firstNew).toBeGreaterThan(moves);
      expect(goes).toBeGreaterThan(firstNew);
    }
  });

  it("obeys: stop and run, off and heat, temperatures and presets", async () => {
    await home.start({ homeAssistant: configOf() });
    await home.pass(30);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    const comfort = () => home.view().sinks[0]?.comfort;
    await command("heater/miner/run", "OFF");
    await eventually(() => state("heater/miner")).toMatchObject({ run: "OFF", state: "stopped-by-owner" });
    await command("heater/miner/run", "ON");
    await eventually(() => state("heater/miner")).toMatchObject({ run: "ON" });
    await command("heater/miner/power", "500");
    await eventually(() => state("heater/miner")).toMatchObject({ wantedWatts: 500 });
    expect(home.view().heaters[0]?.ownerPower?.until).toBe(
      new Date(home.clock.now() + 4 * 3_600_000 - 2000).toISOString(),
    );
    await command("heater/miner/thermostat", "PRESS");
    await eventually(() => state("heater/miner")).toMatchObject({ wantedWatts: null });
    await command("sink/study/temperature", "20.5");
    await eventually(() => state("sink/study")).toMatchObject({
      targetC: 20.5,
      mode: "heat",
      preset: "none",
    });
    await command("sink/study/preset", "boost");
    await eventually(() => state("sink/study")).toMatchObject({ targetC: 21.5, preset: "boost" });
    await command("sink/study/preset", "comfort");
    await command("sink/study/preset", "none");
    await eventually(() => state("sink/study")).toMatchObject({ targetC: 19, preset: "none" });
    await command("sink/study/preset", "comfort");
    await eventually(() => state("sink/study")).toMatchObject({ targetC: 22, preset: "comfort" });
    await command("sink/study/mode", "off");
    await eventually(() => state("sink/study")).toMatchObject({ mode: "off", targetC: 6.3, preset: "none" });
    expect(comfort()).toMatchObject({ source: "away", until: null });
    await command("sink/study/mode", "heat");
    await eventually(() => state("sink/study")).toMatchObject({ mode: "heat", targetC: 19 });
    expect(home.events).toEqual([]);
  });

  it.each<[string, string, string | Buffer, string]>([
    ["a temperature above the limit", "sink/study/temperature", "30", "must be between 6.3 and 25.7 °C"],
    ["a temperature below the limit", "sink/study/temperature", "5", "must be between 6.3 and 25.7 °C"],
    ["no temperature", "sink/study/temperature", "hot", "must be a temperature"],
    ["a power that it has not", "heater/miner/power", "1100", "1100 W is no power of this heater"],
    ["no mode", "sink/study/mode", "cool", "must be off or heat"],
    ["bytes", "heater/miner/run", Buffer.from([0, 255, 254]), "it is no text"],
    ["a long one", "heater/miner/run", "OFF".repeat(1000), "it has 3000 bytes"],
    ["one that floods", "heater/miner/run", Buffer.alloc(200_000), "bytes"],
  ])("refuses %s and tells so", async (_case, topic, payload, why) => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await command(topic, payload);
    await eventually(() => home.events.map(({ message }) => message).join()).toContain(why);
    expect(home.events[0]).toMatchObject({ code: "home-assistant/refused", level: "warning" });
    expect(home.view().sinks[0]?.comfort).toMatchObject({ source: "set-back", targetC: 19 });
    expect(home.view().heaters[0]?.stoppedByOwner).toBe(false);
  });

  it("does not obey what the broker kept from before", async () => {
    await command("heater/miner/run", "OFF", { retain: true });
    await home.start({ homeAssistant: configOf() });
    await eventually(() => home.events.map(({ message }) => message).join()).toContain("retained");
    await home.pass(20);
    expect(home.view().heaters[0]?.stoppedByOwner).toBe(false);
  });

  it("bears a flood of commands: few are carried out, the last counts, nonsense is told a few times", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    const before = (await home.store.events({ limit: 500 })).length;
    for (let index = 0; index < 2000; index++) {
      listener.publish("hearthwork/sink/study/temperature/set", String(10 + (index % 100) / 10));
      listener.publish("hearthwork/heater/miner/run/set", `nonsense ${index}`);
    }
    await command("sink/study/temperature", "17.5");
    await eventually(async () => {
      await home.pass(10);
      return state("sink/study")["targetC"];
    }).toBe(17.5);
    const events = await home.store.events({ limit: 500 });
    expect(events.length - before).toBeLessThan(60);
    expect(home.events.length).toBeLessThan(12);
    expect(home.faults).toEqual([]);
  });

  it("comes back with the broker, which knows nothing any more", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await broker.stop();
    await eventually(() => home.view().outlets[0]?.trouble).toContain("broker");
    await home.pass(600);
    expect(home.view().tick).toBeGreaterThan(50);
    await broker.restart();
    await listener.endAsync(true);
    await listen();
    await eventually(async () => {
      await home.pass(60);
      return configs();
    }).toEqual(whole);
    await eventually(() => state("heater/miner")["watts"]).toBe(1000);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    expect(home.view().outlets[0]?.trouble).toBeNull();
  });

  it("tells all again when Home Assistant has started, however often it says so", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await eventually(() => held.has("hearthwork/heater/miner/state")).toBe(true);
    const messages = held.size;
    await listener.publishAsync("homeassistant/status", "offline", { qos: 1 });
    count = 0;
    await listener.publishAsync("homeassistant/status", "online", { qos: 1 });
    await eventually(() => count).toBeGreaterThanOrEqual(messages);
    for (let index = 0; index < 500; index++) listener.publish("homeassistant/status", "online");
    await listener.publishAsync("homeassistant/status", "online", { qos: 1 });
    await home.pass(1);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    expect(count).toBeLessThan(502 + 5 * messages);
  });

  it("is unavailable as soon as its connection is cut, and back after", async () => {
    const cuttable = await startCuttableLine(broker.port);
    await home.start({ homeAssistant: configOf({ broker: `mqtt://127.0.0.1:${cuttable.port}` }) });
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    cuttable.cut();
    await eventually(() => held.get("hearthwork/status")).toBe("offline");
    await eventually(async () => {
      await home.pass(10);
      return held.get("hearthwork/status");
    }).toBe("online");
    await home.stop();
    await cuttable.close();
  });

  it("is not held up by a broker that lets it in and then says nothing", async () => {
    const sockets = new Set<Socket>();
    const mute = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      socket.once("data", () => socket.write(Buffer.from([0x20, 2, 0, 0])));
    });
    mute.listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as AddressInfo;
    await home.start({ homeAssistant: configOf({ broker: `mqtt://127.0.0.1:${port}` }) });
    await eventually(() => home.view().outlets[0]?.trouble).toBeNull();
    const before = home.view().tick;
    await home.pass(600);
    expect(home.view().tick - before).toBe(60);
    expect(home.view().heaters[0]?.watts).toBe(1000);
    const began = performance.now();
    await home.stop();
    expect(performance.now() - began).toBeLessThan(5000);
    for (const socket of sockets) socket.destroy();
    mute.close();
    await once(mute, "close");
  });

  it("removes what is configured no more, also after a crash between", async () => {
    await home.start({ rooms: ["study", "bath"], heaters: ["miner", "rig"], homeAssistant: configOf() });
    await eventually(() => configs().length).toBe(5);
    await eventually(() => held.has("hearthwork/heater/rig/state")).toBe(true);
    await home.stop();
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await eventually(() => [...held.keys()].filter((topic) => /bath|rig/.test(topic))).toEqual([]);
    await home.stop();
    await home.start({ homeAssistant: configOf({ form: "component" }) });
    await eventually(() => configs().some((topic) => whole.includes(topic))).toBe(false);
    expect(configs().length).toBeGreaterThan(10);
  });

  it("follows the configuration while the hearth runs, and is not disturbed by a new schedule", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
    const statuses: string[] = [];
    listener.on("message", (topic, payload) => {
      if (topic === "hearthwork/status") statuses.push(payload.toString());
    });
    await home.follow({ homeAssistant: configOf(), setBackC: 17 });
    await command("sink/study/preset", "away");
    await eventually(() => state("sink/study")).toMatchObject({ preset: "away", targetC: 17 });
    expect(statuses).toEqual([]);
    await home.follow({ homeAssistant: configOf({ topicPrefix: "other" }) });
    await eventually(() => held.get("other/status")).toBe("online");
    await eventually(() => ours().filter((topic) => topic.startsWith("hearthwork/"))).toEqual([]);
    await home.follow({});
    await eventually(async () => {
      await home.pass(10);
      return ours();
    }).toEqual([]);
    expect(home.view().outlets).toEqual([]);
  });

  it("removes everything once it is told no more, as soon as the broker can be reached", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await eventually(() => held.has("hearthwork/heater/miner/state")).toBe(true);
    await home.stop();
    await home.start();
    await eventually(async () => {
      await home.pass(10);
      return ours();
    }).toEqual([]);
    await eventually(() => home.store.recall("home-assistant")).toBeNull();
  });

  it("moves to another broker, and is whole though that is the same by another name", async () => {
    await home.start({ homeAssistant: configOf() });
    await eventually(configs).toEqual(whole);
    await home.stop();
    await home.start({ homeAssistant: configOf({ broker: `mqtt://localhost:${broker.port}` }) });
    await eventually(async () => {
      await home.pass(10);
      return ((await home.store.recall("home-assistant")) as unknown[]).length;
    }).toBe(1);
    await home.pass(10);
    await eventually(configs).toEqual(whole);
    await eventually(() => held.get("hearthwork/status")).toBe("online");
  });
});

/** A line to the broker that can be cut as a power failure would: no word is said. */
async function startCuttableLine(port: number) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connectTcp({ host: "127.0.0.1", port });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
