import type { Random } from "../../domain/index.ts";

/** By how much forecasts are wrong. Hours count from some beginning. */
export interface ForecastErrors {
  /** Of the temperature outside in an hour, K, in the forecast that was made in another. */
  readonly outdoorK: (issued: number, hour: number) => number;
  /** Of the sun that comes, what is foreseen; one error for each day. */
  readonly sunShare: (hour: number) => number;
}

/** K outside: half a kelvin wrong for the hours at hand, two a day later; one forecast errs like the one before it. */
export function forecastErrors(random: Random, issues: number, hours: number): ForecastErrors {
  const steady = 0.5 * random.normal();
  const moods = new Float64Array(issues);
  let mood = random.normal();
  for (let issued = 0; issued < issues; issued++) {
    mood = 0.95 * mood + Math.sqrt(1 - 0.95 ** 2) * random.normal();
    moods[issued] = mood;
  }
  const days = new Float64Array(Math.ceil(hours / 24) + 1).map(() => random.normal());
  return {
    outdoorK: (issued, hour) => steady + (moods[issued] ?? 0) * Math.min(2, 0.5 + (hour - issued) / 16),
    sunShare: (hour) => Math.max(0.2, 1 + 0.35 * (days[Math.floor(hour / 24)] ?? 0)),
  };
}
