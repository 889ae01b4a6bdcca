import { type Weekday, weekdays } from "../../../src/domain/index.ts";
import type { Config, Json } from "../api.ts";
import { comfortRange } from "./comfortRange.ts";
import type { WeekEntry } from "./week.ts";

/** A room's comfort as hearth.yaml says it. */
export interface ComfortSettings {
  readonly setBackC: number;
  /** Undefined where the file leaves it to the default. */
  readonly bandK: number | undefined;
  readonly week: readonly WeekEntry[];
}

type Section = { readonly [key: string]: Json | undefined };

/** The comfort of a sink, of a tank with its set-back where the file leaves it out; undefined where the file does not say it rightly. */
export function comfortOf({ settings }: Config, sinkId: string): ComfortSettings | undefined {
  const sink = list(settings?.["sinks"]).find((one) => one["id"] === sinkId);
  const comfort = section(sink?.["comfort"] ?? (sink?.["kind"] === "tank" ? {} : undefined));
  if (comfort === undefined) return undefined;
  const isTank = sink?.["kind"] === "tank";
  const setBackC = comfort["setBackC"] ?? comfortRange({ kind: isTank ? "tank" : "room" }).setBackC;
  if (typeof setBackC !== "number") return undefined;
  const bandK = comfort["bandK"];
  const week = list(comfort["week"]).map(entryOf);
  if (week.some((entry) => entry === undefined)) return undefined;
  return {
    setBackC,
    bandK: typeof bandK === "number" ? bandK : undefined,
    week: week.filter((entry) => entry !== undefined),
  };
}

const isTime = (value: unknown): value is string =>
  typeof value === "string" && /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value);

function entryOf(entry: Section): WeekEntry | undefined {
  const { from, to, targetC, days } = entry;
  if (!isTime(from) || !isTime(to) || typeof targetC !== "number") return undefined;
  const named = Array.isArray(days) ? weekdays.filter((day) => days.includes(day)) : [...weekdays];
  return { days: named satisfies Weekday[], from, to, targetC };
}

const section = (value: Json | undefined): Section | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Section) : undefined;

const list = (value: Json | undefined): Section[] =>
  Array.isArray(value) ? value.map((item) => section(item as Json)).filter((item) => item !== undefined) : [];
