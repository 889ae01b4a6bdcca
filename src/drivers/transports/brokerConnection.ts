import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { MqttClient } from "mqtt";
import { type Clock, HearthworkError, messageOf, type Random, Seconds } from "../../domain/index.ts";
import type { Credentials } from "../credentials.ts";
import type { BrokerAddress } from "./brokerAddress.ts";
import { type DroppedFrame, limitFrames } from "./mqttFrames.ts";
import type { TopicListener } from "./topicListener.ts";

const keepAliveSeconds = 30;
const connectTimeoutMs = 10_000;
const longestPayload = 65_536;
/** A PUBLISH carries its topic before its payload. */
const longestFrame = longestPayload + 1024 + 4;
/** SUBACK's failure code (MQTT 3.1.1, section 3.9.3); those of MQTT 5 lie above it. */
const firstRefusal = 0x80;
const firstPause = 1;
const longestPause = 60;
/** A connection that lasted this long was a good one, s: the next pause is short again. */
const goodFor = 30;

export interface BrokerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Asked before each connection, where the address holds no login; what it throws is the connection's trouble. */
  readonly login?: () => Credentials | undefined;
  /** What the broker publishes and retains for us when the connection ends, however it ends. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** Each time the broker has let us in. */
  readonly onUp?: () => void;
}

/** One connection that is brought up again for as long as it is wanted. */
export interface BrokerConnection {
  /** Listens to a topic until the returned function is called. */
  add(topic: string, listener: TopicListener): () => void;
  /**
   * Publishes once, not retained, as soon as there is a connection.
   * @throws {HearthworkError} `broker/away` when there is none until the signal aborts; worth trying later
   */
  publish(topic: string, payload: string, signal: AbortSignal): Promise<void>;
  unused(): boolean;
  /**
   * Resolves with whether the broker has confirmed the message; never rejects. What it is not connected for is not
   * kept: whoever needs it sends it again.
   */
  deliver(topic: string, payload: string, options: { readonly retain: boolean }): Promise<boolean>;
  /** Why nothing comes from a topic, or from any; undefined while the connection is up. */
  trouble(topic?: string): string | undefined;
  close(): Promise<void>;
}

interface Topic {
  readonly listeners: Set<TopicListener>;
  /** Why nothing arrives on it, in words; undefined once the broker has granted it. */
  notGranted: string | undefined;
}

/** Connects to the broker now and again whenever the connection is lost. */
export function connectBroker(address: BrokerAddress, options: BrokerOptions): BrokerConnection {
  const { clock, random } = options;
  const topics = new Map<string, Topic>();
  const unconfirmed = new Set<(isConfirmed: boolean) => void>();
  const closing = new AbortController();
  let client: MqttClient | undefined;
  let down: string | undefined = `connecting to the broker ${address.broker}`;
  let connected = new AbortController();

  const ask = (current: MqttClient, name: string, topic: Topic) => {
    topic.notGranted = `the broker ${address.broker} has not granted the topic ${name} yet`;
    current.subscribe(name, { qos: 0 }, (_error, _topics, suback) => {
      if (!suback) return;
      topic.notGranted = undefined;
      if (!suback.granted.some((code) => Number(code) >= firstRefusal)) return;
      topic.notGranted = `the broker ${address.broker} refuses the topic ${name}; check its access list`;
    });
  };
  const onDropped = ({ bytes, topic = "" }: DroppedFrame) => {
    for (const listener of topics.get(topic)?.listeners ?? []) listener.onOversize(bytes);
  };

  /** Resolves with why it ended. */
  const session = async (): Promise<unknown> => {
    const login = options.login?.();
    const tls = await tlsOptions(address);
    return new Promise((resolve) => {
      let why: unknown;
      const current = new MqttClient(
        () => limitFrames(openSocket(address, tls), { longest: longestFrame, onDropped }),
        clientOptions({ ...address, ...login }, options),
      );
      client = current;
      const end = () => current.end(true);
      closing.signal.addEventListener("abort", end, { once: true });
      current.on("connect", () => {
        down = undefined;
        connected.abort();
        for (const [name, topic] of topics) ask(current, name, topic);
        options.onUp?.();
      });
      current.on("message", (name, payload, packet) => {
        const message = { payload, at: clock.now(), retained: packet.retain };
        for (const listener of topics.get(name)?.listeners ?? []) listener.onMessage(message);
      });
      current.on("error", (error) => {
        why ??= error;
        end();
      });
      current.on("close", () => {
        connected = new AbortController();
        closing.signal.removeEventListener("abort", end);
        end();
        for (const settle of unconfirmed) settle(false);
        resolve(why);
      });
    });
  };

  const run = async () => {
    let pause = firstPause;
    while (!closing.signal.aborted) {
      const startedAt = clock.monotonic();
      down = inWords(address, await session().catch((error: unknown) => error));
      if (clock.monotonic() - startedAt >= goodFor) pause = firstPause;
      await clock.sleep(Seconds(pause * (0.75 + random.next() / 2)), closing.signal);
      pause = Math.min(longestPause, pause * 2);
    }
  };
  const running = run();

  return {
    add(name, listener) {
      const topic = topics.get(name) ?? { listeners: new Set(), notGranted: undefined };
      topics.set(name, topic);
      topic.listeners.add(listener);
      if (client?.connected) ask(client, name, topic);
      return () => {
        topic.listeners.delete(listener);
        if (topic.listeners.size > 0 || topics.get(name) !== topic) return;
        topics.delete(name);
        if (client?.connected) client.unsubscribe(name);
      };
    },
    async publish(name, payload, signal) {
      if (!client?.connected) await oneAborted([connected.signal, signal, closing.signal]);
      if (signal.aborted || !client?.connected)
        throw away(down ?? `no connection to the broker ${address.broker}`);
      client.publish(name, payload, { qos: 0, retain: false });
    },
    unused: () => topics.size === 0,
    async deliver(topic, payload, { retain }) {
      const current = client;
      if (down !== undefined || !current?.connected) return false;
      return new Promise((resolve) => {
        const settle = (isConfirmed: boolean) => {
          unconfirmed.delete(settle);
          resolve(isConfirmed);
        };
        unconfirmed.add(settle);
        current.publish(topic, payload, { qos: 1, retain }, (error) => settle(!error));
      });
    },
    trouble: (name) => down ?? (name === undefined ? undefined : topics.get(name)?.notGranted),
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** Listens to each by itself: one made of several would be remembered by those that last. */
const oneAborted = (signals: readonly AbortSignal[]) =>
  new Promise<void>((resolve) => {
    const finish = () => {
      for (const signal of signals) signal.removeEventListener("abort", finish);
      resolve();
    };
    for (const signal of signals) signal.addEventListener("abort", finish, { once: true });
    if (signals.some((signal) => signal.aborted)) finish();
  });

const away = (message: string) => new HearthworkError({ code: "broker/away", message, retry: "later" });

const clientOptions = ({ username, password }: BrokerAddress, { will }: BrokerOptions) => ({
  clientId: `hearthwork-${randomBytes(6).toString("hex")}`,
  protocolVersion: 4 as const,
  clean: true,
  keepalive: keepAliveSeconds,
  connectTimeout: connectTimeoutMs,
  reconnectPeriod: 0,
  resubscribe: false,
  queueQoSZero: false,
  ...(will ? { will: { ...will, payload: Buffer.from(will.payload), qos: 1 as const, retain: true } } : {}),
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
});

const tlsOptions = async ({ caFile }: BrokerAddress) =>
  caFile === undefined ? {} : { ca: await readFile(caFile) };

function openSocket({ broker }: BrokerAddress, tls: { readonly ca?: Buffer }): Socket {
  const url = new URL(broker);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "mqtt:") return connectTcp({ host, port: Number(url.port || 1883) });
  return connectTls({
    host,
    port: Number(url.port || 8883),
    ...(isIP(host) ? {} : { servername: host }),
    ...tls,
  });
}

function inWords({ broker }: BrokerAddress, why: unknown): string {
  if (why === undefined) return `the broker ${broker} closed the connection`;
  const code = typeof why === "object" && why !== null && "code" in why ? why.code : undefined;
  if (code === 4 || code === 5) return `the broker ${broker} refuses the login; check its credentials`;
  return `no connection to the broker ${broker}: ${messageOf(why)}`;
}
