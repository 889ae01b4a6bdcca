import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { MqttClient } from "mqtt";
import { messageOf, Seconds } from "../../domain/index.ts";
import type { BrokerAddress } from "./brokerAddress.ts";
import type { BrokersOptions, TopicListener } from "./brokers.ts";

const keepAliveSeconds = 30;
const connectTimeoutMs = 10_000;
const firstPause = 1;
const longestPause = 60;

/** One connection that is brought up again for as long as it is wanted. */
export interface BrokerConnection {
  /** Listens to a topic until the returned function is called. */
  add(topic: string, listener: TopicListener): () => void;
  unused(): boolean;
  trouble(topic: string): string | undefined;
  close(): Promise<void>;
}

/** Everything that one topic needs to know of itself. */
interface Topic {
  readonly listeners: Set<TopicListener>;
  state: "asked" | "granted" | { readonly refused: string };
}

/** Connects to the broker now and again whenever the connection is lost. */
export function connectBroker(address: BrokerAddress, options: BrokersOptions): BrokerConnection {
  const { clock, random } = options;
  const topics = new Map<string, Topic>();
  const closing = new AbortController();
  let client: MqttClient | undefined;
  let down: string | undefined = `connecting to ${address.broker}`;

  const ask = (name: string, topic: Topic) => {
    topic.state = "asked";
    client?.subscribe(name, { qos: 0 }, (error) => {
      topic.state = error
        ? { refused: `${address.broker} refuses the topic ${name}: ${error.message}; check its access list` }
        : "granted";
    });
  };

  const session = () =>
    new Promise<{ readonly lived: boolean }>((resolve) => {
      let lived = false;
      let why = "it closed the connection";
      const current = new MqttClient(() => openSocket(address), clientOptions(address));
      client = current;
      const end = () => current.end(true);
      closing.signal.addEventListener("abort", end, { once: true });
      current.on("connect", () => {
        lived = true;
        down = undefined;
        for (const [name, topic] of topics) ask(name, topic);
      });
      current.on("message", (name, payload, packet) => {
        const message = { payload, at: clock.now(), retained: packet.retain };
        for (const listener of topics.get(name)?.listeners ?? []) listener.onMessage(message);
      });
      current.on("error", (error) => (why = messageOf(error)));
      current.on("close", () => {
        closing.signal.removeEventListener("abort", end);
        down = `the broker ${address.broker} does not answer: ${why}`;
        current.end(true);
        resolve({ lived });
      });
    });

  const run = async () => {
    let pause = firstPause;
    while (!closing.signal.aborted) {
      const { lived } = await session();
      if (lived) pause = firstPause;
      await clock.sleep(Seconds(pause * (0.75 + random.next() / 2)), closing.signal);
      pause = Math.min(longestPause, pause * 2);
    }
  };
  const running = run();

  return {
    add(name, listener) {
      const topic = topics.get(name) ?? { listeners: new Set(), state: "asked" };
      topics.set(name, topic);
      topic.listeners.add(listener);
      if (client?.connected) ask(name, topic);
      return () => {
        topic.listeners.delete(listener);
        if (topic.listeners.size > 0 || topics.get(name) !== topic) return;
        topics.delete(name);
        if (client?.connected) client.unsubscribe(name);
      };
    },
    unused: () => topics.size === 0,
    trouble(name) {
      if (down !== undefined) return down;
      const state = topics.get(name)?.state;
      return typeof state === "object" ? state.refused : undefined;
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

const clientOptions = ({ username, password }: BrokerAddress) => ({
  clientId: `hearthwork-${randomBytes(6).toString("hex")}`,
  protocolVersion: 4 as const,
  clean: true,
  keepalive: keepAliveSeconds,
  connectTimeout: connectTimeoutMs,
  reconnectPeriod: 0,
  resubscribe: false,
  queueQoSZero: false,
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
});

function openSocket({ broker, caFile }: BrokerAddress): Socket {
  const url = new URL(broker);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "mqtt:") return connectTcp({ host, port: Number(url.port || 1883) });
  return connectTls({
    host,
    port: Number(url.port || 8883),
    servername: host,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
  });
}
