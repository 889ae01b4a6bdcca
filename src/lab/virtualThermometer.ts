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
  close(): Promise<void>;
}

/** A thermometer that publishes over MQTT. */
export async function startVirtualThermometer(
  options: VirtualThermometerOptions,
): Promise<VirtualThermometer> {
  const { payload = (temperature) => ({ temperature }) } = options;
  const client = await mqtt.connectAsync(options.brokerUrl, { reconnectPeriod: 1000 });
  const ended = new AbortController();

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      const reported = options.temperature() + options.noise * options.random.normal();
      const message = JSON.stringify(payload(Math.round(reported * 100) / 100));
      if (client.connected) client.publish(options.topic, message, { qos: 0 });
      await options.clock.sleep(options.period, ended.signal);
    }
  }
  const running = run();

  return {
    async close() {
      ended.abort();
      await running;
      await client.endAsync(true);
    },
  };
}
