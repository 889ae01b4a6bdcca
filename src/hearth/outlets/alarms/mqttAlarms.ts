import { connectBroker, credentialsNamed } from "../../../drivers/index.ts";
import type { MqttAlarmsConfig } from "../../config/outletsConfig.ts";
import type { OutletContext } from "../outlet.ts";
import { retainedTopics } from "../retainedTopics.ts";
import type { Places } from "../homeAssistant/places.ts";
import type { AlarmWay } from "./alarmOutlet.ts";

/**
 * Alarms on an MQTT broker: `TOPIC/open` holds those that are open, `TOPIC/event` gets each notice, and `TOPIC/status`
 * holds `online`, or `offline` once the hearth or its connection is gone. What it retained there under another topic
 * before is removed.
 */
export function mqttAlarms(
  config: MqttAlarmsConfig,
  context: OutletContext,
  places: Places,
  onUp: () => void,
): AlarmWay {
  const { clock, random } = context;
  const { credentials } = config;
  const status = `${config.topic}/status`;
  const connection = connectBroker(config, {
    clock,
    random,
    login: () => (credentials === undefined ? undefined : credentialsNamed(context, credentials)),
    will: { topic: status, payload: "offline" },
    onUp: () => {
      retained.again();
      onUp();
    },
  });
  const held = [status, `${config.topic}/open`];
  const old = new Set(places.of(config.broker)?.topics.filter((topic) => !held.includes(topic)));
  const keep = () =>
    places.keep({
      broker: config.broker,
      credentials: credentials ?? null,
      caFile: config.caFile ?? null,
      topics: [...held, ...old],
    });
  const retained = retainedTopics(connection, (topic) => {
    old.delete(topic);
    void keep();
  });
  void keep();
  for (const topic of old) retained.set(topic, "");
  retained.set(status, "online");
  return {
    async deliver(notice) {
      const payload = JSON.stringify(notice);
      const isConfirmed = await connection.deliver(`${config.topic}/event`, payload, { retain: false });
      if (isConfirmed) return { outcome: "delivered" };
      return { outcome: "later", why: connection.trouble() ?? "the broker did not confirm it" };
    },
    show: (open) => retained.set(`${config.topic}/open`, JSON.stringify(open)),
    trouble: () => connection.trouble(),
    close: () => connection.close(),
  };
}
