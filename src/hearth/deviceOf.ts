/** The keys of a driver by which two devices of a kind are told apart. */
const telling = ["address", "broker", "topic", "model"];

interface Driven {
  readonly definition: { readonly name: string };
  readonly driverConfig: unknown;
}

/** A heater as hearth.yaml names it, as far as it says which device that is. */
interface DeviceEntry extends Driven {
  readonly ours: { readonly plug?: Driven | undefined };
}

/**
 * Which device a heater is, in a text: its driver, and where it is; of one that says of itself only its plug, where
 * that is. Other settings of the same device change nothing in it.
 */
export function deviceOf({ definition, driverConfig, ours: { plug } }: DeviceEntry): string {
  const own = placeIn(driverConfig);
  const place = own === "" && plug ? `${plug.definition.name} ${placeIn(plug.driverConfig)}` : own;
  return `${definition.name} ${place}`.trim();
}

function placeIn(config: unknown): string {
  if (typeof config !== "object" || config === null) return JSON.stringify(config) ?? "";
  const told = Object.entries(config).filter(([key, value]) => telling.includes(key) && value !== undefined);
  return told.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(" ");
}
