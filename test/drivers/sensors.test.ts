import mqtt from "mqtt";
import { expect, it } from "vitest";
import { Seconds, type SimulatedClock } from "../../src/domain/index.ts";
import { sensorDrivers } from "../../src/drivers/index.ts";
import { describeSensor, type SensorBench } from "../../src/drivers/sensors/describeSensor.suite.ts";
import { startHttpTwin } from "../../src/lab/devices/httpTwin.ts";
import { startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";
import { testContext } from "./bench.ts";

const open = (driver: string, keys: object, context: ReturnType<typeof testContext>) => {
  const definition = sensorDrivers[driver] ?? expect.unreachable();
  return definition.open(definition.config.parse(keys), context);
};

/** In steps, with time for real sockets between them. */
async function pass(clock: SimulatedClock, duration: Seconds): Promise<void> {
  for (let passed = 0; passed < duration; passed += 10) {
    await clock.advance(Seconds(10));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A device that answers at `path` with what `written` makes of its temperature. */
async function asked(
  driver: string,
  keys: object,
  path: string,
  written: (celsius: number) => unknown,
): Promise<SensorBench> {
  const context = testContext();
  let body: unknown;
  const asks: string[] = [];
  const twin = await startHttpTwin({
    answer(request) {
      asks.push(request.path);
      return request.path === path && body !== undefined ? { body } : { status: 404 };
    },
  });
  const sensor = await open(driver, { address: `127.0.0.1:${twin.port}`, ...keys }, context);
  return {
    sensor,
    device: {
      async show(celsius) {
        await twin.suffer(undefined);
        body = written(celsius);
        asks.length = 0;
        for (let time = 0; asks.length === 0 && time < 20; time++) await pass(context.clock, Seconds(10));
      },
      babble() {
        body = { nothing: "here" };
        return Promise.resolve();
      },
      vanish: () => twin.suffer("unplugged"),
      pass: (duration) => pass(context.clock, duration),
    },
    async dispose() {
      await sensor.close();
      await twin.close();
    },
  };
}

describeSensor("http, a bare number in °F", () =>
  asked("http", { get: "/t", unit: "°F" }, "/t", (celsius) => String((celsius * 9) / 5 + 32)),
);
describeSensor("http, in JSON", () =>
  asked("http", { get: "/api/sensors?id=3", path: "$.sensors[0].t" }, "/api/sensors", (celsius) => ({
    sensors: [{ t: celsius }],
  })),
);
describeSensor("shelly", () =>
  asked("shelly", { sensor: 101 }, "/rpc/Temperature.GetStatus", (celsius) => ({
    id: 101,
    tC: celsius,
    tF: (celsius * 9) / 5 + 32,
  })),
);

describeWith("mosquitto", "sensors over a broker", () => {
  /** A device that publishes what `written` makes of its temperature. */
  async function telling(
    driver: string,
    keys: object,
    topic: string,
    written: (celsius: number) => unknown,
  ): Promise<SensorBench> {
    const context = testContext();
    const broker = await startMosquitto();
    const device = await mqtt.connectAsync(broker.url);
    const sensor = await open(driver, { broker: broker.url, ...keys }, context);
    const publish = (payload: unknown) => device.publishAsync(topic, JSON.stringify(payload));
    await expect.poll(() => sensor.trouble(), { timeout: 10_000 }).toContain("no value yet");
    return {
      sensor,
      device: {
        async show(celsius) {
          await context.clock.advance(Seconds(1));
          await publish(written(celsius));
        },
        babble: async () => void (await publish("what?")),
        vanish: () => Promise.resolve(),
        pass: (duration) => pass(context.clock, duration),
      },
      async dispose() {
        await sensor.close();
        await device.endAsync(true);
        await broker.close();
      },
    };
  }

  describeSensor("mqtt", () =>
    telling("mqtt", { topic: "room/t", path: "temperature" }, "room/t", (temperature) => ({ temperature })),
  );
  describeSensor("tasmota", () =>
    telling("tasmota", { topic: "cellar" }, "tele/cellar/SENSOR", (celsius) => ({
      Time: "2026-01-15T00:00:00",
      DS18B20: { Id: "0316A279C0FF", Temperature: celsius },
      TempUnit: "C",
    })),
  );
});

it("every kind of sensor was held to the contract", () => {
  expect(Object.keys(sensorDrivers)).toEqual(["mqtt", "http", "shelly", "tasmota"]);
});
