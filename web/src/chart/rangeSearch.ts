import type { TimeRange } from "./timeRange.ts";
import type { Span } from "./useSeries.ts";

/** Stretches up to now that are offered. */
export const presets = [
  { key: "24h", label: "24 h", seconds: 86_400 },
  { key: "7d", label: "7 d", seconds: 7 * 86_400 },
  { key: "30d", label: "30 d", seconds: 30 * 86_400 },
  { key: "year", label: "Year", seconds: 365 * 86_400 },
] as const;

type PresetKey = (typeof presets)[number]["key"];

/** The time that a page shows, as its address says it: one of the presets, or two times, ISO 8601. */
export interface RangeSearch {
  readonly range?: Exclude<PresetKey, "24h">;
  readonly from?: string;
  readonly to?: string;
}

/** Reads the address; what it may not say is left out, and the last 24 hours are shown. */
export function rangeSearch(search: Readonly<Record<string, unknown>>): RangeSearch {
  const [from, to] = [secondsOf(search["from"]), secondsOf(search["to"])];
  if (from !== undefined && to !== undefined && from < to) return searchOf({ from, to });
  const preset = presets.find(({ key }) => key === search["range"]);
  return preset && preset.key !== "24h" ? { range: preset.key } : {};
}

export function spanOf({ range, from, to }: RangeSearch): Span {
  if (from !== undefined && to !== undefined) {
    return { kind: "between", from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 };
  }
  const preset = presets.find(({ key }) => key === range) ?? presets[0];
  return { kind: "last", seconds: preset.seconds };
}

export const searchOf = ({ from, to }: TimeRange): RangeSearch => ({ from: iso(from), to: iso(to) });

function secondsOf(value: unknown): number | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? ms / 1000 : undefined;
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "Z");
