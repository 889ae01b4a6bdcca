import type { HearthworkError, HeaterId, Instant, Reading, SeriesId, SiteEvent } from "../domain/index.ts";

/** Anything that JSON carries. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface DecisionRecord {
  readonly at: Instant;
  readonly heaterId: HeaterId;
  readonly setpointWatts: number;
  readonly workload: "mining" | "job" | "heating" | "idle";
  readonly reason: string;
}

/** All that one round of the loop leaves behind; kept whole or not at all. */
export interface TickRecord {
  readonly at: Instant;
  readonly readings: readonly Reading[];
  /** Those that changed the setpoint or the reason. */
  readonly decisions: readonly DecisionRecord[];
  readonly events: readonly SiteEvent[];
  /** The controller's state, from which a restart goes on. */
  readonly state: Json;
}

export type Resolution = "raw" | "5min" | "hour";

export interface StoredSeries {
  readonly id: SeriesId;
  /** Ascending. */
  readonly at: readonly Instant[];
  /** As many as `at`; null marks the end of a run of readings, so that a plot shows the gap. */
  readonly values: readonly (number | null)[];
}

/** Newest first. */
export interface Page {
  /** Only what is older than this. */
  readonly before?: Instant;
  /** Only of this sink or heater, or of the `site`. */
  readonly subject?: string;
  /** Only what says this somewhere, in capitals or not. */
  readonly text?: string;
  readonly limit: number;
}

export interface EventPage extends Page {
  /** Only of these levels. */
  readonly levels?: readonly SiteEvent["level"][];
}

/** The site's memory: PostgreSQL, or PGlite in the data directory. Faults are HearthworkErrors `store/…`. */
export interface Store {
  /** Resolves with `store/in-use` when another hearth has taken the database while this one could not reach it. */
  readonly lost: Promise<HearthworkError>;
  /**
   * Resolves once the tick will survive a power failure. Recording it again, as after a fault that leaves open whether
   * it was kept, changes nothing.
   */
  recordTick(tick: TickRecord): Promise<void>;
  /** Many ticks at once, for history that was computed ahead. */
  recordHistory(ticks: readonly TickRecord[]): Promise<void>;
  /** The state of the newest tick. */
  latestState(): Promise<{ readonly at: Instant; readonly state: Json } | undefined>;
  /** The finest resolution that still covers `from` and stays under 2,000 points a series. */
  history(
    series: readonly SeriesId[],
    from: Instant,
    to: Instant,
  ): Promise<{ readonly resolution: Resolution; readonly series: readonly StoredSeries[] }>;
  /**
   * All that is kept at one resolution, however much: the caller keeps the window short. Readings and means whose
   * time is past their keep are not there.
   */
  recorded(
    series: readonly SeriesId[],
    from: Instant,
    to: Instant,
    resolution: Resolution,
  ): Promise<readonly StoredSeries[]>;
  /** Every series that anything was ever recorded of. */
  series(): Promise<readonly SeriesId[]>;
  events(page: EventPage): Promise<readonly SiteEvent[]>;
  decisions(page: Page): Promise<readonly DecisionRecord[]>;
  /** Keeps a value under a name in the place of the one before; null keeps nothing there. */
  remember(name: string, value: Json): Promise<void>;
  /** What was remembered last under a name; null when nothing was, or what was there cannot be read. */
  recall(name: string): Promise<Json>;
  /**
   * Makes means of what is complete and drops what is past its keep: raw after 7 days, 5-min means after 2 years.
   * Does a bounded part of that, to be called every few minutes; "more" when there is more to do now.
   */
  condense(now: Instant): Promise<"done" | "more">;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** PostgreSQL's URL; without it PGlite in `dataDir`; without both PGlite in memory. */
  readonly url?: string;
  readonly dataDir?: string;
}
