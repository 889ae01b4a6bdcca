import { between, type Clock, Seconds } from "../../../domain/index.ts";
import type { SensorDriver, SensorReading } from "../../../heat/index.ts";
import type { SensorDefinition } from "../../definition.ts";
import type { TopicMessage } from "../../transports/brokers.ts";
import { type MqttSensorConfig, mqttSensorSchema } from "./config.ts";
import { readPayload } from "./readPayload.ts";

/** A timestamp may be this far ahead of our clock; it then counts as now. */
const clockSkew = Seconds(60);

/** A temperature that some device publishes over MQTT: zigbee2mqtt, ESPHome, Tasmota, a home's own. */
export const mqttSensor: SensorDefinition<MqttSensorConfig> = {
  name: "mqtt",
  summary: "A temperature from any MQTT topic, bare or in JSON",
  config: mqttSensorSchema,
  open: (config, { brokers, clock }) => {
    const values = newestValue(config, clock);
    const subscription = brokers.subscribe(config, config.topic, values);
    const driver: SensorDriver = {
      latest: values.latest,
      trouble: () => subscription.trouble() ?? values.trouble(),
      close: () => subscription.close(),
    };
    return Promise.resolve(driver);
  },
};

/** Keeps the newest good value and what was wrong since. */
function newestValue(config: MqttSensorConfig, clock: Clock) {
  const staleAfter = Seconds(config.staleAfterSeconds);
  const inCelsius = config.unit.endsWith("F") ? (value: number) => ((value - 32) * 5) / 9 : undefined;
  let newest: SensorReading | undefined;
  let wrong: string | undefined;

  const keep = ({ payload, at, retained }: TopicMessage) => {
    const read = readPayload(payload, config);
    if ("trouble" in read) return read.trouble;
    const { measuredAt } = read;
    const value = inCelsius?.(read.value) ?? read.value;
    if (measuredAt === undefined && retained) {
      return newest ? wrong : `only a retained value of unknown age so far: ${value.toFixed(1)} °C`;
    }
    if (measuredAt !== undefined && between(at, measuredAt) > clockSkew) {
      return `its clock is ${Math.round(between(at, measuredAt))} s ahead of ours`;
    }
    const reading = { at: measuredAt === undefined || measuredAt > at ? at : measuredAt, value };
    if (!(retained && newest && newest.at >= reading.at)) newest = reading;
    return undefined;
  };

  return {
    onMessage(message: TopicMessage) {
      wrong = keep(message);
    },
    onOversize(bytes: number) {
      wrong = `its message of ${bytes} bytes is too long`;
    },
    latest: () => newest,
    trouble(): string | undefined {
      if (wrong !== undefined) return `${config.topic}: ${wrong}`;
      if (!newest) return `${config.topic}: no value yet`;
      const age = between(newest.at, clock.now());
      return age > staleAfter ? `${config.topic}: no value for ${Math.round(age)} s` : undefined;
    },
  };
}
