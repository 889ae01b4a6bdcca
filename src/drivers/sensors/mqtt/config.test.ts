import { describe, expect, it } from "vitest";
import { mqttSensor } from "./driver.ts";

describe("the mqtt sensor's configuration", () => {
  const good = { broker: "mqtt://192.168.1.10", topic: "zigbee2mqtt/living-room", path: "$.sensors[0].t" };
  const problem = (config: object) =>
    mqttSensor.config
      .safeParse(config)
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

  it("takes a broker, a topic and a path", () => {
    expect(mqttSensor.config.parse(good)).toEqual({
      ...good,
      path: ["sensors", 0, "t"],
      unit: "°C",
    });
  });

  it.each([
    [{ topic: "home/+/t" }, "topic: name one topic: the wildcards + and # are not allowed here"],
    [{ topic: "home/#" }, "topic: name one topic: the wildcards + and # are not allowed here"],
    [{ topic: "a\u0000b" }, "topic: a topic holds no control characters"],
    [{ topic: "ü".repeat(513) }, "topic: a topic has at most 1024 bytes"],
    [{ path: "a..b" }, 'path: "a..b" is no path; write it like temperature or $.sensors[0].t'],
    [{ broker: "http://a" }, "broker: write it like mqtt://192.168.1.10:1883, or mqtts:// for TLS"],
    [{ broker: "mqtt://me:secret@a" }, "broker: keep username and password as credentials, not in the URL"],
    [{ password: "secret" }, ': Unrecognized key: "password"'],
    [{ broker: "mqtt://a/b" }, "broker: end it after the port"],
    [{ colour: "red" }, ': Unrecognized key: "colour"'],
  ])("refuses %j", (change, message) => {
    expect(problem({ ...good, ...change })).toEqual([message]);
  });
});
