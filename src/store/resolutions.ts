import { hourMs } from "./readings.ts";

/** How means are kept: intervals of `stepMs`, `perRow` of them in a row of the table. */
export interface MeanLayer {
  readonly resolution: "5min" | "hour";
  readonly stepMs: number;
  readonly perRow: number;
}

export const fiveMinutes: MeanLayer = { resolution: "5min", stepMs: 300_000, perRow: 288 };
export const hours: MeanLayer = { resolution: "hour", stepMs: hourMs, perRow: 240 };
export const meanLayers: readonly MeanLayer[] = [fiveMinutes, hours];

const dayMs = 24 * hourMs;
/** How long readings and 5-min means are kept; hourly means are kept for ever. */
export const rawKeepMs = 7 * dayMs;
export const fiveMinutesKeepMs = 731 * dayMs;
/** How many events, and how many decisions, are kept: the newest. */
export const journalKeep = 200_000;
