/** One entity of a device, as Home Assistant's discovery wants it described. */
export interface Entity {
  /** Unique within its device, and the end of its unique id. */
  readonly key: string;
  readonly platform: "sensor" | "binary_sensor" | "switch" | "number" | "button" | "climate" | "water_heater";
  /** Whether it is unavailable while its heater does not answer. */
  readonly needsAnswer?: boolean;
  readonly config: Readonly<Record<string, unknown>>;
}

interface SensorOptions {
  readonly key: string;
  readonly name: string;
  /** Of the state's JSON. */
  readonly value: string;
  readonly unit: string;
  /** Shown; all that there are without it. */
  readonly decimals?: number;
  readonly needsAnswer?: boolean;
}

const sensor =
  (classes: Readonly<Record<string, string>>) =>
  ({ key, name, value, unit, decimals, needsAnswer = false }: SensorOptions): Entity => ({
    key,
    platform: "sensor",
    needsAnswer,
    config: {
      name,
      value_template: `{{ value_json.${value} }}`,
      unit_of_measurement: unit,
      ...(decimals === undefined ? {} : { suggested_display_precision: decimals }),
      ...classes,
    },
  });

const power = sensor({ device_class: "power", state_class: "measurement" });
const energy = sensor({ device_class: "energy", state_class: "total_increasing" });
const temperature = sensor({ device_class: "temperature", state_class: "measurement" });
/** Home Assistant takes no other state class for money. */
const money = sensor({ device_class: "monetary", state_class: "total" });
const rate = sensor({ state_class: "measurement" });
const count = sensor({ state_class: "total_increasing" });

export const powerSensor = (key: string, name: string, value: string, needsAnswer = false) =>
  power({ key, name, value, unit: "W", decimals: 0, needsAnswer });
export const energySensor = (key: string, name: string, value: string) =>
  energy({ key, name, value, unit: "kWh", decimals: 2 });
export const temperatureSensor = (value: string, needsAnswer = false) =>
  temperature({ key: "temperature", name: "Temperature", value, unit: "°C", decimals: 1, needsAnswer });
export const costSensor = (value: string, currency: string) =>
  money({ key: "cost", name: "Cost", value, unit: currency, decimals: 2 });
export const satsSensor = (value: string) =>
  count({ key: "sats", name: "Expected sats", value, unit: "sat", decimals: 0 });
export const hashRateSensor = (value: string) =>
  rate({ key: "hash_rate", name: "Hash rate", value, unit: "TH/s", needsAnswer: true });
