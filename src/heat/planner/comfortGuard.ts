/** Whether a sink is left to the plan, or is colder or hotter than a plan may make it. */
export type ComfortGuard = "plan" | "too-cold" | "too-hot";

export interface GuardedSink {
  /** As it is believed, °C; undefined while nothing is known. */
  readonly temperature: number | undefined;
  /** Wanted at least and at most, °C. */
  readonly least: number;
  readonly most: number;
  /** How far beyond it may go before the plan is overruled, K. */
  readonly tolerance: number;
}

/** Overrules the plan beyond the tolerance, until the sink is back within what is wanted by a third of it. */
export function guardComfort(before: ComfortGuard, sink: GuardedSink): ComfortGuard {
  const { temperature, least, most, tolerance } = sink;
  if (temperature === undefined) return "too-cold";
  if (temperature < least - tolerance) return "too-cold";
  if (temperature > most + tolerance) return "too-hot";
  if (before === "too-cold" && temperature < least + tolerance / 3) return before;
  if (before === "too-hot" && temperature > most - tolerance / 3) return before;
  return "plan";
}
