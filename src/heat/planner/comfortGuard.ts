/** Whether a sink is left to the plan, or is colder or hotter than a plan may make it. */
export type ComfortGuard = "plan" | "too-cold" | "too-hot";

export interface GuardedSink {
  /** As it is believed, °C; undefined while nothing is known. */
  readonly temperature: number | undefined;
  /** Wanted at least and at most, °C. */
  readonly least: number;
  readonly most: number;
  /** How far beyond either it may go before the plan is overruled, K. */
  readonly tolerance: number;
  /** How far within either it has to be before the plan is heeded again, K. */
  readonly back: { readonly fromCold: number; readonly fromHot: number };
}

/**
 * What of a plan is heeded: it is overruled beyond the tolerance, by a thermostat alone, until the sink is well back
 * within what is wanted. A sink of which nothing is known counts as too cold: no plan may let it rest.
 */
export function guardComfort(before: ComfortGuard, sink: GuardedSink): ComfortGuard {
  const { temperature, least, most, tolerance, back } = sink;
  if (temperature === undefined) return "too-cold";
  if (temperature < least - tolerance) return "too-cold";
  if (temperature > most + tolerance) return "too-hot";
  if (before === "too-cold" && temperature < least + back.fromCold) return before;
  if (before === "too-hot" && temperature > most - back.fromHot) return before;
  return "plan";
}
