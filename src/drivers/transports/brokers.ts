import type { BrokerAddress } from "./brokerAddress.ts";
import { type BrokerConnection, type BrokerOptions, connectBroker } from "./brokerConnection.ts";
import type { TopicListener } from "./topicListener.ts";

export interface Subscription {
  /** Why nothing arrives, in words; undefined while the broker has granted the subscription. */
  trouble(): string | undefined;
  /**
   * Publishes to the same broker, once, not retained, as soon as it is connected.
   * @throws {HearthworkError} `broker/away` when it is not until the signal aborts; worth trying later
   */
  publish(topic: string, payload: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** MQTT connections, one for all topics of a broker; each closes with its last subscription. */
export interface Brokers {
  subscribe(broker: BrokerAddress, topic: string, listener: TopicListener): Subscription;
}

/** Connects when something subscribes, and again with growing pauses when a broker is lost. */
export function sharedBrokers(options: BrokerOptions): Brokers {
  const connections = new Map<string, BrokerConnection>();

  return {
    subscribe({ broker, username, password, caFile }, topic, listener) {
      const key = JSON.stringify([broker, username, password, caFile]);
      const connection =
        connections.get(key) ?? connectBroker({ broker, username, password, caFile }, options);
      connections.set(key, connection);
      const remove = connection.add(topic, listener);
      return {
        trouble: () => connection.trouble(topic),
        publish: (name, payload, signal) => connection.publish(name, payload, signal),
        async close() {
          remove();
          if (!connection.unused()) return;
          if (connections.get(key) === connection) connections.delete(key);
          await connection.close();
        },
      };
    },
  };
}
