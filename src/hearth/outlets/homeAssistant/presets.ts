import { type Celsius, plus, Instant, Seconds } from "../../../domain/index.ts";
import type { ComfortSchedule } from "../../../heat/index.ts";
import type { OverrideRequest, SinkView } from "../../../wire/index.ts";
import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";

/** `none`, which Home Assistant adds itself, is the schedule. */
export const presets = ["away", "boost", "comfort"] as const;
export type Preset = (typeof presets)[number];

/** The temperatures that presets of a room stand for. */
export interface PresetPlan {
  readonly awayC: number;
  readonly comfortC: number;
  readonly boostK: number;
  readonly boostFor: Seconds;
}

export const planOf = (
  { setBackC, entries }: ComfortSchedule,
  { awayC, boostK, boostMinutes }: HomeAssistantConfig["presets"],
): PresetPlan => ({
  awayC: awayC ?? setBackC,
  comfortC: Math.max(setBackC, ...entries.map((entry): Celsius => entry.targetC)),
  boostK,
  boostFor: Seconds(boostMinutes * 60),
});

type Comfort = SinkView["comfort"];

const within = (value: number, { minC, maxC }: Comfort) => Math.min(maxC, Math.max(minC, value));

/**
 * What is asked for by a preset: away until it is cleared, the warmest temperature of the week until the schedule
 * changes, or somewhat more than is wanted now for a while.
 */
export function overrideOfPreset(
  preset: Preset,
  plan: PresetPlan,
  comfort: Comfort,
  now: string,
): OverrideRequest {
  if (preset === "away") return { kind: "away", targetC: within(plan.awayC, comfort), until: null };
  if (preset === "comfort") return { kind: "hold", targetC: within(plan.comfortC, comfort) };
  const until = plus(Instant(Date.parse(now)), plan.boostFor);
  const targetC = within(comfort.targetC + plan.boostK, comfort);
  return { kind: "boost", targetC, until: new Date(until).toISOString() };
}

/** Off: away at the lowest temperature that a room may have, so that nothing freezes. */
export const overrideOfOff = ({ minC }: Comfort): OverrideRequest => ({
  kind: "away",
  targetC: minC,
  until: null,
});

export const isOff = ({ source, targetC, minC }: Comfort): boolean => source === "away" && targetC <= minC;

/** The preset that a room is in; Home Assistant's word for no preset is `none`. */
export function presetOf(comfort: Comfort, plan: PresetPlan): Preset | "none" {
  if (isOff(comfort)) return "none";
  if (comfort.source === "away" || comfort.source === "boost") return comfort.source;
  return comfort.source === "hold" && comfort.targetC === within(plan.comfortC, comfort) ? "comfort" : "none";
}
