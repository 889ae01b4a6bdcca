import type { HeaterView, SinkView, SiteView } from "../../../wire/index.ts";
import {
  costSensor,
  energySensor,
  type Entity,
  hashRateSensor,
  powerSensor,
  satsSensor,
  temperatureSensor,
} from "./entity.ts";
import type { DeviceName, Names } from "./names.ts";
import { presets } from "./presets.ts";

/** What Home Assistant is told that there is. */
export interface Device {
  readonly name: DeviceName;
  /** For people. */
  readonly title: string;
  readonly model: string;
  readonly entities: readonly Entity[];
}

/** The site, each of its rooms and tanks and each of its heaters. */
export const devicesOf = (view: SiteView, names: Names): readonly Device[] => [
  siteDevice(view, names),
  ...view.sinks.map((sink) => sinkDevice(sink, names)),
  ...view.heaters.map((heater) => heaterDevice(heater, names)),
];

function siteDevice(view: SiteView, names: Names): Device {
  const problem: Entity = {
    key: "problem",
    platform: "binary_sensor",
    config: {
      name: "Problem",
      device_class: "problem",
      entity_category: "diagnostic",
      value_template: "{{ value_json.problem }}",
      json_attributes_topic: names.state({ kind: "site" }),
      json_attributes_template: "{{ {'alarms': value_json.alarms} | tojson }}",
    },
  };
  return {
    name: { kind: "site" },
    title: view.name,
    model: "Site",
    entities: [
      powerSensor("power", "Power", "watts"),
      energySensor("energy", "Energy", "energyKwh"),
      energySensor("heat", "Heat", "heatKwh"),
      costSensor("cost", view.total.cost.currency),
      satsSensor("sats"),
      problem,
    ],
  };
}

/** Of what is set and what is measured; half a degree is what a thermostat's wheel moves by. */
const stepK = 0.5;
const precisionK = 0.1;

function sinkDevice({ id, name, kind, comfort }: SinkView, names: Names): Device {
  const device = { kind: "sink", id } as const;
  const state = names.state(device);
  const shared = {
    name: null,
    mode_state_topic: state,
    mode_command_topic: names.command(device, "mode"),
    current_temperature_topic: state,
    current_temperature_template: "{{ value_json.temperatureC }}",
    temperature_state_topic: state,
    temperature_state_template: "{{ value_json.targetC }}",
    temperature_command_topic: names.command(device, "temperature"),
    temperature_unit: "C",
    precision: precisionK,
    min_temp: comfort.minC,
    max_temp: comfort.maxC,
  };
  const climate: Entity = {
    key: "climate",
    platform: "climate",
    config: {
      ...shared,
      modes: ["off", "heat"],
      mode_state_template: "{{ value_json.mode }}",
      action_topic: state,
      action_template: "{{ value_json.action }}",
      temp_step: stepK,
      preset_modes: presets,
      preset_mode_state_topic: state,
      preset_mode_value_template: "{{ value_json.preset }}",
      preset_mode_command_topic: names.command(device, "preset"),
    },
  };
  const waterHeater: Entity = {
    key: "water_heater",
    platform: "water_heater",
    config: {
      ...shared,
      modes: ["off", "electric"],
      mode_state_template: "{{ value_json.operation }}",
    },
  };
  const isTank = kind === "tank";
  return {
    name: device,
    title: name,
    model: isTank ? "Tank" : "Room",
    entities: [
      isTank ? waterHeater : climate,
      temperatureSensor("temperatureC"),
      powerSensor("heating", "Heating", "heatingWatts"),
    ],
  };
}

function heaterDevice({ id, name, driver, maxWatts, total, onlyHeats }: HeaterView, names: Names): Device {
  const device = { kind: "heater", id } as const;
  const run: Entity = {
    key: "run",
    platform: "switch",
    config: {
      name: "Run",
      value_template: "{{ value_json.run }}",
      command_topic: names.command(device, "run"),
    },
  };
  const power: Entity = {
    key: "power_wanted",
    platform: "number",
    config: {
      name: "Power wanted",
      device_class: "power",
      unit_of_measurement: "W",
      min: 0,
      max: maxWatts,
      step: 1,
      mode: "box",
      value_template: "{{ value_json.wantedWatts }}",
      command_topic: names.command(device, "power"),
    },
  };
  const thermostat: Entity = {
    key: "thermostat",
    platform: "button",
    config: { name: "Power by the thermostat", command_topic: names.command(device, "thermostat") },
  };
  const state: Entity = {
    key: "state",
    platform: "sensor",
    config: {
      name: "State",
      entity_category: "diagnostic",
      value_template: "{{ value_json.state }}",
      json_attributes_topic: names.state(device),
      json_attributes_template: "{{ {'reason': value_json.reason, 'faults': value_json.faults} | tojson }}",
    },
  };
  return {
    name: device,
    title: name,
    model: driver,
    entities: [
      powerSensor("power", "Power", "watts", true),
      energySensor("energy", "Energy", "energyKwh"),
      energySensor("heat", "Heat", "heatKwh"),
      costSensor("cost", total.cost.currency),
      ...(onlyHeats ? [] : [hashRateSensor("terahashesPerSecond"), temperatureSensor("temperatureC", true)]),
      state,
      run,
      power,
      thermostat,
    ],
  };
}
