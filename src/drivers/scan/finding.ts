/** A device that was found in the network. */
export interface Finding {
  readonly kind: "heater" | "plug" | "unknown";
  /** What it calls itself, for people. */
  readonly title: string;
  /** The driver that handles it; undefined where there is none. */
  readonly driver?: string;
  /** Keys for its entry in hearth.yaml, beside `driver` and `address`; what only the owner knows is missing. */
  readonly keys?: Readonly<Record<string, string | number | boolean>>;
  /** It wants a login. */
  readonly needsCredentials?: boolean;
  /** What else is worth knowing. */
  readonly note?: string;
}

/**
 * A way to recognize a kind of device. It asks and never writes: GET, or the report `version`. Undefined when it is
 * another device; it may throw whatever the transports throw.
 */
export interface Probe {
  readonly name: string;
  readonly speaks: "http" | "cgminer";
  look(host: string, port: number, signal: AbortSignal): Promise<Finding | undefined>;
}
