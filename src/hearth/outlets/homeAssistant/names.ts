import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";

/** What Home Assistant may be asked to set, and of what. */
export type Commanded = "run" | "power" | "thermostat" | "mode" | "temperature" | "preset";

/** Topics and ids, all made from the prefixes and the ids in hearth.yaml, so that they outlive a loss of data. */
export interface Names {
  /** Home Assistant says `online` there when it has started. */
  readonly birth: string;
  /** `online` or `offline`: whether the hearth is there. */
  readonly status: string;
  /** Where the device's values lie, as JSON. */
  state(device: DeviceName): string;
  /** `online` or `offline`: whether a heater answers. */
  availability(heaterId: string): string;
  command(device: DeviceName, what: Commanded): string;
  /** The device's id in Home Assistant, and the beginning of those of its entities. */
  node(device: DeviceName): string;
  /** Where a whole device is described. */
  deviceConfig(device: DeviceName): string;
  /** Where one entity is described, in the older form. */
  componentConfig(device: DeviceName, platform: string, key: string): string;
}

export type DeviceName =
  | { readonly kind: "site" }
  | { readonly kind: "sink" | "heater"; readonly id: string };

export function namesOf({ prefix, topicPrefix }: Pick<HomeAssistantConfig, "prefix" | "topicPrefix">): Names {
  const path = (device: DeviceName) =>
    device.kind === "site" ? `${topicPrefix}/site` : `${topicPrefix}/${device.kind}/${device.id}`;
  const root = topicPrefix.replaceAll("/", "_");
  const node = (device: DeviceName) =>
    device.kind === "site" ? root : `${root}_${device.kind}_${device.id}`;
  return {
    birth: `${prefix}/status`,
    status: `${topicPrefix}/status`,
    state: (device) => `${path(device)}/state`,
    availability: (id) => `${path({ kind: "heater", id })}/status`,
    command: (device, what) => `${path(device)}/${what}/set`,
    node,
    deviceConfig: (device) => `${prefix}/device/${node(device)}/config`,
    componentConfig: (device, platform, key) => `${prefix}/${platform}/${node(device)}/${key}/config`,
  };
}
