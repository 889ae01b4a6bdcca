import { type Instant, localDay, periodsOf, type Watts, type WeeklySpan } from "../domain/index.ts";

/** A time of the week in which a heater is to be less noisy. */
export interface QuietHours extends WeeklySpan {
  /** The most that it is set to meanwhile, W; 0: it is off. */
  readonly maxWatts: Watts;
}

export interface Hush {
  readonly maxWatts: Watts;
  readonly until: Instant;
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
