/** A provider that is here, as the network sees it. */
export interface Presence {
  readonly kind: string;
  /** Tasks at once that it offers. */
  readonly slots: number;
  readonly running: number;
  /** Of a task of its, by what its last ones claimed; undefined while nothing is known. */
  readonly draw: TaskDraw | undefined;
}

/** What a task takes and gives while it runs, W. */
export interface TaskDraw {
  readonly watts: number;
  /** Of it, heat that is wanted where it comes to be. */
  readonly usefulWatts: number;
}

export interface NetworkSum {
  readonly providers: number;
  readonly slots: number;
  readonly running: number;
  /** Of the tasks that run now, as far as it is known, W. */
  readonly watts: number;
  readonly usefulWatts: number;
  /** Tasks that run of which nobody knows what they draw. */
  readonly unmeasured: number;
}

const nothing: NetworkSum = {
  providers: 0,
  slots: 0,
  running: 0,
  watts: 0,
  usefulWatts: 0,
  unmeasured: 0,
};

/** What providers together offer, do and draw. */
export const sumPresences = (presences: readonly Presence[]): NetworkSum =>
  presences.reduce(
    (sum, { slots, running, draw }) => ({
      providers: sum.providers + 1,
      slots: sum.slots + slots,
      running: sum.running + running,
      watts: sum.watts + running * (draw?.watts ?? 0),
      usefulWatts: sum.usefulWatts + running * (draw?.usefulWatts ?? 0),
      unmeasured: sum.unmeasured + (draw ? 0 : running),
    }),
    nothing,
  );

/** How much a newer task says beside the ones before it. */
const newest = 0.3;

/**
 * What a provider's tasks draw, once another of them has told.
 * @param told what it took in all and gave as wanted heat, J, and for how long it ran, s, above 0
 */
export function drawAfter(
  before: TaskDraw | undefined,
  told: { readonly joules: number; readonly usefulJoules: number; readonly seconds: number },
): TaskDraw {
  const now = { watts: told.joules / told.seconds, usefulWatts: told.usefulJoules / told.seconds };
  if (!before) return now;
  const between = (old: number, fresh: number) => old + newest * (fresh - old);
  return {
    watts: between(before.watts, now.watts),
    usefulWatts: between(before.usefulWatts, now.usefulWatts),
  };
}
