import mqtt from "mqtt";
import type { Celsius, Clock, Random, Seconds } from "../domain/index.ts";

export interface VirtualThermometerOptions {
  readonly brokerUrl: string;
  readonly topic: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly period: Seconds;
  /** Standard deviation of what it reports, K. */
  readonly noise: number;
  temperature(): Celsius;
  /** What it publishes. Default `{"temperature": 20.31}`, as Zigbee bridges do. */
  readonly payload?: (temperature: number) => unknown;
}

export interface VirtualThermometer {
  /** Publishes nothing until it resumes. */
  pause(): void;
  resume(): void;
  /** From now on it says this, °C; the truth again with undefined. */
  say(value: number | undefined): void;
  /** From now on it says what it said last. */
  stick(): void;
  close(): Promise<void>;
}

/** A thermometer that publishes over MQTT. */
export async function startVirtualThermometer(
  options: VirtualThermometerOptions,
): Promise<VirtualThermometer> {
  const { payload = (temperature) => ({ temperature }) } = options;
  const client = await mqtt.connectAsync(options.brokerUrl, { reconnectPeriod: 1000 });
  const ended = new AbortController();
  let isPaused = false;
  let forced: number | undefined;
  let said = 0;

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      const noisy = options.temperature() + options.noise * options.random.normal();
      said = forced ?? Math.round(noisy * 100) / 100;
      const message = JSON.stringify(payload(said));
      if (client.connected && !isPaused) client.publish(options.topic, message, { qos: 0 });
      await options.clock.sleep(options.period, ended.signal);
    }
  }
  const running = run();

  return {
    pause: () => (isPaused = true),
    resume: () => (isPaused = false),
    say: (value) => (forced = value),
    stick: () => (forced = said),
    async close() {
      ended.abort();
      await running;
      await client.endAsync(true);
    },
  };
}
