import type { SensorDriver } from "../../../heat/index.ts";
import type { SensorDefinition } from "../../definition.ts";
import { brokerAddress } from "../../transports/brokerAddress.ts";
import { type MqttSensorConfig, mqttSensorSchema } from "./config.ts";
import { keepNewest } from "./keepNewest.ts";

/** A temperature that some device publishes over MQTT: zigbee2mqtt, ESPHome, Tasmota, a home's own. */
export const mqttSensor: SensorDefinition<MqttSensorConfig> = {
  name: "mqtt",
  summary: "A temperature from any MQTT topic, bare or in JSON",
  config: mqttSensorSchema,
  async open(config, context) {
    const { brokers, clock } = context;
    const newest = keepNewest(config, clock);
    const subscription = brokers.subscribe(brokerAddress(config, context), config.topic, newest);
    const driver: SensorDriver = {
      latest: () => newest.latest(),
      drain: () => newest.drain(),
      trouble() {
        const trouble = subscription.trouble() ?? newest.trouble();
        return trouble === undefined ? undefined : `${config.topic}: ${trouble}`;
      },
      close: () => subscription.close(),
    };
    return driver;
  },
};
