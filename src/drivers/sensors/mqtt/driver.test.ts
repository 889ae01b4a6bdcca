import { connect, createServer, type Socket } from "node:net";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Mosquitto, startMosquitto } from "../../../../test/mosquitto.ts";
import { describeWith } from "../../../../test/parts.ts";
import { Seconds } from "../../../domain/index.ts";
import {
  type Bench,
  bench,
  closed,
  closeSensors,
  eventually,
  gives,
  listening,
  says,
  start,
} from "./sensorBench.suite.ts";

afterEach(closeSensors);

describeWith("mosquitto", "the mqtt sensor at a real broker", () => {
  let broker: Mosquitto;
  let publisher: MqttClient;
  beforeAll(async () => {
    broker = await startMosquitto();
    publisher = await connectAsync(broker.url);
  });
  afterAll(async () => {
    await publisher.endAsync(true);
    await broker.close();
  });
  const publish = (topic: string, payload: string | Buffer, retain = false) =>
    publisher.publishAsync(topic, payload, { retain, qos: 1 });
  /** A sensor whose subscription is granted. */
  const subscribed = async (
    at: Bench,
    config: { readonly topic: string; readonly [key: string]: unknown },
  ) => {
    const sensor = await at.open({ broker: broker.url, ...config });
    await publish(config.topic, "", true);
    await says(sensor, `${config.topic}: no value yet`);
    await eventually(async () => {
      await publish(config.topic, "?");
      return sensor.trouble();
    }).toMatch(/its message is no/);
    return sensor;
  };

  it("gives the newest value and when it came", async () => {
    const at = bench();
    const sensor = await subscribed(at, { topic: "home/room", path: "temperature" });
    await publish("home/room", '{"temperature":21.5,"battery":97}');
    await gives(sensor, { value: 21.5, at: start });
    expect(sensor.trouble()).toBeUndefined();
    await at.clock.advance(Seconds(30));
    await publish("home/room", '{"temperature":"21.25"}');
    await gives(sensor, { value: 21.25, at: start + 30_000 });
  });

  it("reads a bare number in degrees Fahrenheit", async () => {
    const sensor = await subscribed(bench(), { topic: "home/bare", unit: "°F" });
    await publish("home/bare", " 71.6 ");
    await gives(sensor, { value: expect.closeTo(22, 9) as number });
  });

  it("says what is wrong with a message and keeps the value before it", async () => {
    const sensor = await subscribed(bench(), { topic: "home/bad", path: "t" });
    await publish("home/bad", '{"t":20}');
    await gives(sensor, { value: 20 });
    await publish("home/bad", '{"t":"NaN"}');
    await says(sensor, 'home/bad: what lies at t is no number: "NaN"');
    expect(sensor.latest()?.value).toBe(20);
    await publish("home/bad", '{"t":21}');
    await says(sensor, undefined);
  });

  it("says so when it falls silent", async () => {
    const at = bench();
    const sensor = await subscribed(at, { topic: "home/silent" });
    await publish("home/silent", "20");
    await gives(sensor, { value: 20 });
    await at.clock.advance(Seconds(300));
    expect(sensor.trouble()).toBeUndefined();
    await at.clock.advance(Seconds(1));
    expect(sensor.trouble()).toBe("home/silent: no value for 301 s");
  });

  it("does not take a retained value for a fresh one", async () => {
    await publish("home/retained", "19.5", true);
    const sensor = await bench().open({ broker: broker.url, topic: "home/retained" });
    await says(sensor, "home/retained: only a retained value of unknown age so far: 19.5 °C");
    expect(sensor.latest()).toBeUndefined();
    await publish("home/retained", "19.75", true);
    await gives(sensor, { value: 19.75 });
  });

  it("takes a retained value whose time of measurement is told", async () => {
    await publish("home/dated", '{"t":19.5,"at":"2026-01-15T12:53:20+01:00"}', true);
    const config = { broker: broker.url, topic: "home/dated", path: "t", timePath: "$.at" };
    const sensor = await bench().open(config);
    await gives(sensor, { value: 19.5, at: start - 400_000 });
    expect(sensor.trouble()).toBe("home/dated: no value for 400 s");
  });

  it("drops a message of more than 64 KiB without losing the connection", async () => {
    const at = bench();
    const sensor = await subscribed(at, { topic: "home/large" });
    const neighbour = await subscribed(at, { topic: "home/neighbour" });
    await publish("home/large", Buffer.alloc(3_000_000, "1"));
    await says(sensor, expect.stringMatching(/^home\/large: its message of 30000\d\d bytes is too long$/));
    await publish("home/large", Buffer.alloc(65_535, " ").fill("7", 0, 1));
    await gives(sensor, { value: 7 });
    await publish("home/neighbour", "8");
    await gives(neighbour, { value: 8 });
  });

  it("gives the newest of many", async () => {
    const sensor = await subscribed(bench(), { topic: "home/many", path: "t" });
    for (let t = 0; t < 5000; t++) publisher.publish("home/many", JSON.stringify({ t }));
    await gives(sensor, { value: 4999 });
  });

  it("uses one connection for all sensors of a broker and ends it with the last", async () => {
    const at = bench();
    const door = await openDoor(broker.port);
    const [kitchen, hall] = [
      await at.open({ broker: door.url, topic: "home/kitchen" }),
      await at.open({ broker: door.url, topic: "home/hall" }),
    ];
    for (const [sensor, topic] of [
      [kitchen, "home/kitchen"],
      [hall, "home/hall"],
    ] as const) {
      await eventually(async () => {
        await publish(topic, "20");
        return sensor.latest()?.value;
      }).toBe(20);
    }
    expect(door.sockets.size).toBe(1);
    await kitchen.close();
    await publish("home/hall", "21");
    await gives(hall, { value: 21 });
    await hall.close();
    await eventually(() => door.sockets.size).toBe(0);
    expect(door.accepted()).toBe(1);
    await door.close();
  });
});

/** A way to a port that counts who goes through. */
async function openDoor(port: number) {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    const inner = connect({ host: "127.0.0.1", port });
    socket.pipe(inner).pipe(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      inner.destroy();
    });
    for (const end of [socket, inner]) end.on("error", () => socket.destroy());
  });
  return { url: await listening(server), sockets, accepted: () => accepted, close: () => closed(server) };
}
