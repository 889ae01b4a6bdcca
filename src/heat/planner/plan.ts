import type { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";

/** What a device is to do in a step. */
export interface PlannedPower {
  readonly id: string;
  readonly watts: Watts;
  /** Into each sink, W of heat; none where it is 0. */
  readonly heat: Readonly<Record<string, number>>;
}

/** What a cooler is to do in a step. */
export interface PlannedCooling {
  readonly id: string;
  readonly watts: Watts;
  readonly room: string;
  /** That it takes from the room, W. */
  readonly cold: number;
}

export interface PlannedStep {
  readonly from: Instant;
  readonly duration: Seconds;
  readonly heaters: readonly PlannedPower[];
  readonly backups: readonly PlannedPower[];
  readonly coolers?: readonly PlannedCooling[] | undefined;
  readonly loads: readonly { readonly id: string; readonly watts: Watts }[];
  /** By sink, at the end of the step, as predicted. */
  readonly temperatures: Readonly<Record<string, Celsius>>;
  readonly importedWatts: Watts;
  readonly exportedWatts: Watts;
  /** Of the energy drawn, less what is exported and earned, in money. */
  readonly netCost: number;
}

/** Setpoints by step over the horizon, and what is expected to come of them. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** Energy and fuel less what is earned and exported, in money; starts, discomfort and what is left stored are apart. */
  readonly netCost: number;
  /** Of the energy alone, before anything is earned. */
  readonly energyCost: number;
  /** Below and above what is wanted, K·h, of all sinks. */
  readonly discomfort: number;
  /**
   * How it was found: proven to be within `gap` of the best, as a share of the energy's cost; the best that was found in
   * time; or by plain rules, since nothing was found or they cost less than that.
   */
  readonly origin: "proven" | "best in time" | "rules";
  readonly gap: number | null;
  /** Why it is not proven, in words. */
  readonly reason: string | null;
  /** Of the search, s. */
  readonly seconds: number;
}

/** What a sink takes in a step, less what coolers take from it, W. */
export function heatInto(
  { heaters, backups, coolers = [] }: Pick<PlannedStep, "heaters" | "backups" | "coolers">,
  sink: string,
): number {
  const given = [...heaters, ...backups].reduce((sum, { heat }) => sum + (heat[sink] ?? 0), 0);
  return coolers.reduce((sum, { room, cold }) => sum - (room === sink ? cold : 0), given);
}
