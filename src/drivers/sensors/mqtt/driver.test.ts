import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Mosquitto, startMosquitto } from "../../../../test/mosquitto.ts";
import { describeWith } from "../../../../test/parts.ts";
import { hostClock, seededRandom } from "../../../domain/index.ts";
import type { SensorDriver } from "../../../heat/index.ts";
import { type Brokers, sharedBrokers } from "../../transports/brokers.ts";
import { mqttSensor } from "./driver.ts";

describeWith("mosquitto", "the mqtt sensor at a real broker", () => {
  let broker: Mosquitto;
  let publisher: MqttClient;
  let brokers: Brokers;
  beforeAll(async () => {
    broker = await startMosquitto();
    publisher = await connectAsync(broker.url);
    brokers = sharedBrokers({ clock: hostClock(globalThis), random: seededRandom(1) });
  });
  afterAll(async () => {
    await publisher.endAsync(true);
    await broker.close();
  });

  const open = (rest: object): Promise<SensorDriver> =>
    mqttSensor.open(mqttSensor.config.parse({ broker: broker.url, ...rest }), {
      clock: hostClock(globalThis),
      random: seededRandom(1),
      onEvent: () => {},
      brokers,
      startMiner: () => Promise.reject(new Error("no miner here")),
    });

  it("gives the newest value", async () => {
    const sensor = await open({ topic: "home/room", path: "temperature" });
    await expect.poll(() => sensor.trouble()).toBe("home/room: no value yet");
    await expect
      .poll(async () => {
        await publisher.publishAsync("home/room", '{"temperature":21.5}');
        return sensor.latest()?.value;
      })
      .toBe(21.5);
    expect(sensor.trouble()).toBeUndefined();
    await sensor.close();
  });
});
