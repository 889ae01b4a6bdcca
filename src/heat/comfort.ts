import {
  type Celsius,
  type Instant,
  localDay,
  type LocalDay,
  localInstant,
  periodsOf,
  type WeeklySpan,
} from "../domain/index.ts";

/** A wish for a temperature at a time of the week. */
export interface ComfortEntry extends WeeklySpan {
  readonly targetC: Celsius;
}

export interface ComfortSchedule {
  /** Where two entries overlap, the one that began later counts; of two that began together, the later in the list. */
  readonly entries: readonly ComfortEntry[];
  /** Wanted outside all entries. */
  readonly setBackC: Celsius;
  /** Half the width of the comfort band, K. */
  readonly bandK: number;
}

/** Another wish than the schedule's. A boost outranks a hold, a hold outranks an absence. */
export type ComfortOverride =
  /** Holds until the schedule changes next after `since`. */
  | { readonly kind: "hold"; readonly targetC: Celsius; readonly since: Instant }
  | { readonly kind: "boost"; readonly targetC: Celsius; readonly until: Instant }
  /** `until` null: until it is cleared. */
  | { readonly kind: "away"; readonly targetC: Celsius; readonly until: Instant | null };

export interface Comfort {
  readonly target: Celsius;
  /** Half the width of the comfort band, K. */
  readonly band: number;
  readonly source: "schedule" | "set-back" | "away" | "boost" | "hold" | "disinfection";
  /** When the target changes next; undefined when it never does. */
  readonly until: Instant | undefined;
  readonly nextTarget: Celsius | undefined;
}

interface Stretch {
  readonly from: Instant;
  readonly target: Celsius;
  readonly source: "schedule" | "set-back";
}

const rank = { boost: 0, hold: 1, away: 2 } as const;

/** What is wanted at an instant, and when that changes. */
export function comfortAt(
  schedule: ComfortSchedule,
  overrides: readonly ComfortOverride[],
  at: Instant,
  timezone: string,
): Comfort {
  const valid = validOverrides(schedule, overrides, at, timezone).toSorted(
    (one, other) => rank[one.kind] - rank[other.kind],
  );
  const [first, ...others] = valid;
  if (!first) return scheduledComfort(schedule, at, timezone);
  const until = endOf(schedule, first, timezone);
  const next = until === undefined ? undefined : comfortAt(schedule, others, until, timezone);
  return {
    target: first.targetC,
    band: schedule.bandK,
    source: first.kind,
    until,
    nextTarget: next?.target,
  };
}

/** The overrides that have not ended. */
export function validOverrides(
  schedule: ComfortSchedule,
  overrides: readonly ComfortOverride[],
  at: Instant,
  timezone: string,
): readonly ComfortOverride[] {
  return overrides.filter((override) => {
    const end = endOf(schedule, override, timezone);
    return end === undefined || end > at;
  });
}

function endOf(schedule: ComfortSchedule, override: ComfortOverride, timezone: string): Instant | undefined {
  if (override.kind !== "hold") return override.until ?? undefined;
  return scheduledComfort(schedule, override.since, timezone).until;
}

function scheduledComfort(schedule: ComfortSchedule, at: Instant, timezone: string): Comfort {
  const stretches = stretchesAround(schedule, at, timezone);
  let now = 0;
  while ((stretches[now + 1]?.from ?? Infinity) <= at) now++;
  const current = stretches[now];
  const next = stretches[now + 1];
  return {
    target: current?.target ?? schedule.setBackC,
    band: schedule.bandK,
    source: current?.source ?? "set-back",
    until: next?.from,
    nextTarget: next?.target,
  };
}

interface Remembered {
  readonly timezone: string;
  readonly day: LocalDay;
  readonly stretches: readonly Stretch[];
}
const remembered = new WeakMap<ComfortSchedule, Remembered>();

function stretchesAround(schedule: ComfortSchedule, at: Instant, timezone: string): readonly Stretch[] {
  const day = localDay(timezone, at);
  const known = remembered.get(schedule);
  if (known?.day === day && known.timezone === timezone) return known.stretches;
  const stretches = unroll(schedule, day, timezone);
  remembered.set(schedule, { timezone, day, stretches });
  return stretches;
}

/** The stretches of one target each, from the day before `day` to the eighth after it, so that a whole week is seen. */
function unroll(schedule: ComfortSchedule, day: LocalDay, timezone: string): readonly Stretch[] {
  const wishes = schedule.entries.flatMap((entry, order) =>
    periodsOf(entry, day - 2, 12, timezone).map((period) => ({ ...period, order, target: entry.targetC })),
  );
  const [first, end] = [localInstant(timezone, day - 1, 0), localInstant(timezone, day + 9, 0)];
  const edges = new Set([first, ...wishes.flatMap(({ from, to }) => [from, to])]);
  const stretches: Stretch[] = [];
  for (const from of [...edges]
    .filter((edge) => edge >= first && edge < end)
    .toSorted((one, other) => one - other)) {
    const [wish] = wishes
      .filter((wish) => wish.from <= from && from < wish.to)
      .toSorted((one, other) => other.from - one.from || other.order - one.order);
    const target = wish?.target ?? schedule.setBackC;
    const source = wish ? "schedule" : "set-back";
    const last = stretches.at(-1);
    if (last?.target !== target || last.source !== source) stretches.push({ from, target, source });
  }
  return stretches;
}
