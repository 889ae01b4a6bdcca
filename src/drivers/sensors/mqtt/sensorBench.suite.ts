import type { Server } from "node:net";
import { expect } from "vitest";
import { Instant, seededRandom, type SimulatedClock, simulatedClock } from "../../../domain/index.ts";
import type { SensorDriver } from "../../../heat/index.ts";
import type { Credentials } from "../../credentials.ts";
import { type Brokers, sharedBrokers } from "../../transports/brokers.ts";
import { mqttSensor } from "./driver.ts";

export const start = Instant(Date.UTC(2026, 0, 15, 12));
const opened: SensorDriver[] = [];
/** Closes those that the test opened. */
export const closeSensors = async () => {
  for (const sensor of opened.splice(0)) await sensor.close();
};

/** Sensors that share a clock, which stands still, and their connections. */
export interface Bench {
  readonly clock: SimulatedClock;
  open(config: object, login?: Credentials): Promise<SensorDriver>;
}

export function bench(): Bench {
  const clock = simulatedClock(start);
  const random = seededRandom(1);
  const brokers: Brokers = sharedBrokers({ clock, random });
  return {
    clock,
    async open(config, login) {
      const startMiner = () => Promise.reject(new Error("no miner here"));
      const context = { clock, random, brokers, startMiner, secret: () => login, onEvent: () => {} };
      const sensor = await mqttSensor.open(mqttSensor.config.parse(config), context);
      opened.push(sensor);
      return sensor;
    },
  };
}

/** Until the sensor says so; what comes in is real, so it takes its time. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });
export const says = (sensor: SensorDriver, trouble: unknown) =>
  eventually(() => sensor.trouble()).toEqual(trouble);
export const gives = (sensor: SensorDriver, reading: object) =>
  eventually(() => sensor.latest()).toMatchObject(reading);

export function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(`mqtt://127.0.0.1:${address.port}`);
    });
  });
}

export const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
