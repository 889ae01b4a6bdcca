import type { Instant } from "./time.ts";

/** Where a number comes from: a meter, the device's own word, or our model. */
export type Provenance = "metered" | "reported" | "estimated";

/** What a recorded series measures; each has one unit. */
export const quantityUnits = {
  temperature: "°C",
  power: "W",
  hashrate: "H/s",
  setpoint: "W",
  target: "°C",
  /** What a plan foresaw. */
  foreseen: "°C",
  /** What a plan has for a heater. */
  planned: "W",
  /** What a sensor said and no room has. */
  doubted: "°C",
  /** Of a kWh, in the tariff's currency. */
  price: "per kWh",
  /** Of the grid's electricity, CO₂. */
  carbon: "g/kWh",
  /** Of the sun on the horizontal. */
  irradiance: "W/m²",
} as const;
export type Quantity = keyof typeof quantityUnits;

/** A series of readings of one quantity: `sink/living-room/temperature`, `heater/this-computer/power`. */
export type SeriesId = `${"sink" | "heater" | "site"}/${string}/${Quantity}`;

/** What was measured, in the quantity's unit. */
export interface Reading {
  readonly series: SeriesId;
  readonly at: Instant;
  readonly value: number;
  readonly provenance: Provenance;
}

/** Something that happened at a site and that its owner may want to know. */
export interface SiteEvent {
  readonly at: Instant;
  readonly level: "info" | "warning" | "alarm";
  /** `area/what`, stable. */
  readonly code: string;
  /** The id of the sink or heater, or `site`. */
  readonly subject: string;
  readonly message: string;
}
