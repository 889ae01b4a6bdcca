import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";
import type { Device } from "./devices.ts";
import type { Entity } from "./entity.ts";
import type { Names } from "./names.ts";

interface DiscoveryOptions {
  readonly names: Names;
  readonly form: HomeAssistantConfig["form"];
  readonly version: string;
}

/**
 * What describes a device to Home Assistant, by topic: one message in the form of 2024.11 and later, one for each
 * entity in the older form.
 */
export function discoveryOf(device: Device, options: DiscoveryOptions): ReadonlyMap<string, unknown> {
  const { names, form, version } = options;
  const origin = { name: "Hearthwork", sw_version: version };
  const deviceInfo = infoOf(device, options);
  const whole = device.entities.map((entity) => [entity, configOf(device, entity, names)] as const);
  if (form === "device") {
    const components = Object.fromEntries(
      whole.map(([{ key, platform }, config]) => [key, { platform, ...config }]),
    );
    return new Map([[names.deviceConfig(device.name), { device: deviceInfo, origin, components }]]);
  }
  return new Map(
    whole.map(([{ key, platform }, config]) => [
      names.componentConfig(device.name, platform, key),
      { ...config, device: deviceInfo, origin },
    ]),
  );
}

const infoOf = ({ name, title, model }: Device, { names, version }: DiscoveryOptions) => ({
  identifiers: [names.node(name)],
  name: title,
  manufacturer: "Hearthwork",
  model,
  ...(name.kind === "site" ? { sw_version: version } : { via_device: names.node({ kind: "site" }) }),
});

/** A climate and a water heater name a topic for each of their values, and a button has none. */
const stateless = new Set<Entity["platform"]>(["climate", "water_heater", "button"]);

function configOf({ name }: Device, { key, platform, needsAnswer, config }: Entity, names: Names) {
  const topics = [names.status];
  if (needsAnswer && name.kind === "heater") topics.push(names.availability(name.id));
  return {
    unique_id: `${names.node(name)}_${key}`,
    ...(stateless.has(platform) ? {} : { state_topic: names.state(name) }),
    ...config,
    availability: topics.map((topic) => ({ topic })),
    availability_mode: "all",
  };
}
