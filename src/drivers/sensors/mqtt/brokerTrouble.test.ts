import { rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Aedes } from "aedes";
import { connectAsync } from "mqtt";
import { afterEach, describe, expect, it } from "vitest";
import { startMosquitto } from "../../../../test/mosquitto.ts";
import { describeWith } from "../../../../test/parts.ts";
import { selfSignedCertificate } from "../../../../test/selfSignedCertificate.ts";
import { Seconds } from "../../../domain/index.ts";
import { bench, closed, closeSensors, eventually, gives, listening, says } from "./sensorBench.suite.ts";

afterEach(closeSensors);

describeWith("mosquitto", "the mqtt sensor and a broker that comes and goes", () => {
  it("says that the broker is lost, and goes on when it is back", async () => {
    const at = bench();
    const broker = await startMosquitto();
    const sensor = await at.open({ broker: broker.url, topic: "home/room" });
    const arrives = async (value: number) => {
      const publisher = await connectAsync(broker.url);
      await eventually(async () => {
        await publisher.publishAsync("home/room", String(value));
        return sensor.latest()?.value;
      }).toBe(value);
      await publisher.endAsync(true);
    };
    await arrives(20);
    await broker.stop();
    await says(sensor, `home/room: the broker ${broker.url} closed the connection`);
    await at.clock.advance(Seconds(2));
    await says(sensor, noConnectionTo("home/room"));
    expect(sensor.latest()?.value).toBe(20);
    await broker.restart();
    await eventually(async () => {
      await at.clock.advance(Seconds(75));
      return sensor.trouble();
    }).not.toContain("broker");
    await arrives(21);
    expect(sensor.trouble()).toBeUndefined();
    await sensor.close();
    await broker.close();
  });

  it("logs in, and says so when it may not", async () => {
    const login = { username: "hearth", password: "warm: 1" };
    const broker = await startMosquitto({ login });
    const at = bench();
    const config = { broker: broker.url, topic: "t", credentials: "broker" };
    const refused = await at.open(config, { ...login, password: "cold" });
    await says(refused, `t: the broker ${broker.url} refuses the login; check its credentials`);
    const sensor = await at.open(config, login);
    await says(sensor, "t: no value yet");
    await refused.close();
    await sensor.close();
    await broker.close();
  });

  it("says how to enter credentials that are missing", async () => {
    const opening = bench().open({ broker: "mqtt://127.0.0.1:1", topic: "t", credentials: "broker" });
    await expect(opening).rejects.toThrow(/hearthwork credentials set broker/);
  });

  it("speaks TLS and believes only who can prove to be the broker", async () => {
    const { certificate, key } = selfSignedCertificate();
    const files = { certificate: join(tmpdir(), `hearthwork-${process.pid}.crt`), key: "" };
    files.key = files.certificate.replace("crt", "key");
    await writeFile(files.certificate, certificate);
    await writeFile(files.key, key, { mode: 0o600 });
    const lines = [`certfile ${files.certificate}`, `keyfile ${files.key}`];
    const broker = await startMosquitto({ lines });
    const url = broker.url.replace("mqtt:", "mqtts:");
    const at = bench();
    const doubting = await at.open({ broker: url, topic: "t" });
    await says(doubting, expect.stringMatching(/no connection to the broker .*: self-signed certificate/));
    const sensor = await at.open({ broker: url, topic: "t", caFile: files.certificate });
    await says(sensor, "t: no value yet");
    const lost = await at.open({ broker: url, topic: "t", caFile: "/nowhere.pem" });
    await says(lost, expect.stringContaining("ENOENT"));
    await closeSensors();
    await broker.close();
    await rm(files.certificate);
    await rm(files.key);
  });
});

const noConnectionTo = (topic: string) =>
  expect.stringMatching(`^${topic}: no connection to the broker`) as unknown;

describe("the mqtt sensor and a broker that is none", () => {
  it.each([
    ["garbage", Buffer.from([0x05, 0x00]), /no connection to the broker/],
    ["another protocol", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), /connecting to the broker/],
    ["a length without end", Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]), /: it speaks no MQTT/],
    ["a message before its consent", Buffer.from([0x30, 4, 0, 1, 0x74, 0x37]), /connecting to the broker/],
    ["nothing", undefined, /connecting to the broker/],
  ])("says that there is no connection when it sends %s", async (_, bytes, trouble) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      if (bytes) socket.write(bytes);
    });
    const at = bench();
    const sensor = await at.open({ broker: await listening(server), topic: "t" });
    await says(sensor, expect.stringMatching(trouble));
    expect(sensor.latest()).toBeUndefined();
    await eventually(() => sockets.size).toBeGreaterThan(0);
    await sensor.close();
    for (const socket of sockets) socket.destroy();
    await closed(server);
  });

  it("keeps only the newest of a flood of 320 MB", async () => {
    const padding = "x".repeat(16_000);
    const message = (t: number) => publishFrame("t", JSON.stringify({ padding, t }));
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.write(Buffer.from([0x20, 2, 0, 0]));
        socket.once("data", () => {
          socket.write(Buffer.from([0x90, 3, 0, 1, 0]));
          Readable.from(flood(message(1), 20_000, message(2))).pipe(socket);
        });
      });
    });
    const before = process.memoryUsage().rss;
    const sensor = await bench().open({ broker: await listening(server), topic: "t", path: "t" });
    await gives(sensor, { value: 1 });
    let peak = 0;
    await eventually(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
      return sensor.latest();
    }).toMatchObject({ value: 2 });
    expect(peak - before).toBeLessThan(160e6);
    await sensor.close();
    await closed(server);
  });

  it("says that a topic is refused until it is granted", async () => {
    let allowed = false;
    const aedes = await Aedes.createBroker({
      authorizeSubscribe: (_client, subscription, done) => done(null, allowed ? subscription : null),
    });
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      aedes.handle(socket);
    });
    const broker = await listening(server);
    const at = bench();
    const sensor = await at.open({ broker, topic: "secret" });
    await says(sensor, `secret: the broker ${broker} refuses the topic secret; check its access list`);
    allowed = true;
    for (const socket of sockets) socket.destroy();
    await says(sensor, expect.stringMatching(/^secret: (?:the broker .* closed|no connection)/));
    await at.clock.advance(Seconds(2));
    await says(sensor, "secret: no value yet");
    await sensor.close();
    await new Promise<void>((resolve) => aedes.close(resolve));
    await closed(server);
  });
});

function publishFrame(topic: string, payload: string): Buffer {
  const body = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic), Buffer.from(payload)]);
  const { length } = body;
  const head = [0x30, (length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14];
  return Buffer.concat([Buffer.from(head), body]);
}

function* flood(message: Buffer, times: number, last: Buffer) {
  for (let sent = 0; sent < times; sent++) yield message;
  yield last;
}
