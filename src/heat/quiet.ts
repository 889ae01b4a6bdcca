import { type Instant, localDay, periodsOf, Watts, type WeeklySpan } from "../domain/index.ts";

/** A time of the week in which a heater is to be less noisy. */
export interface QuietHours extends WeeklySpan {
  /** The most that it is set to meanwhile, W; 0: it is off. */
  readonly maxWatts: Watts;
}

export interface Hush {
  readonly maxWatts: Watts;
  readonly until: Instant;
}

/** Energy that costs more than a heater may cost: it is as if it had to be quiet. */
export interface Dearness {
  readonly maxWatts: Watts;
  /** In words. */
  readonly why: string;
}

/** Prices are in money per kWh. */
export function dearnessOf(
  priceCeiling: number | undefined,
  price: number | undefined,
): Dearness | undefined {
  if (priceCeiling === undefined || price === undefined || price <= priceCeiling) return undefined;
  const why = `energy costs ${price.toFixed(2)}, above its ceiling of ${priceCeiling.toFixed(2)}`;
  return { maxWatts: Watts(0), why };
}

/** The cap that quiet hours set at an instant: the lowest where several overlap. */
export function hushAt(quiet: readonly QuietHours[], at: Instant, timezone: string): Hush | undefined {
  if (quiet.length === 0) return undefined;
  const yesterday = localDay(timezone, at) - 1;
  return quiet
    .flatMap((hours) =>
      periodsOf(hours, yesterday, 2, timezone)
        .filter(({ from, to }) => from <= at && at < to)
        .map(({ to }): Hush => ({ maxWatts: hours.maxWatts, until: to })),
    )
    .toSorted((one, other) => one.maxWatts - other.maxWatts || other.until - one.until)[0];
}
