import {
  type Instant,
  localDay,
  type Period,
  periodsOf,
  type Seconds,
  type Watts,
  type WeeklySpan,
} from "../../domain/index.ts";
import type { HeaterInput } from "../controlInput.ts";

/** How much a load has to do within each of its windows: energy, J, or time of running, s. */
export type LoadNeed =
  | { readonly kind: "energy"; readonly joules: number }
  | { readonly kind: "time"; readonly seconds: Seconds };

/** What may run at any time within a window and is done by its end: a car, a washing boiler, a pool's pump. */
export interface LoadConfig {
  readonly id: string;
  /** What it draws while it runs. */
  readonly watts: Watts;
  readonly need: LoadNeed;
  /** From its earliest start to its deadline. */
  readonly window: WeeklySpan;
  readonly minOn: Seconds;
  /** What it is worth that it runs, in money: it runs where a plan finds that it costs less. Undefined: it has to. */
  readonly worth?: number | undefined;
  /** Without the hearth its plug has cut it off after so long. */
  readonly cutsWithin: Seconds;
}

/** What is remembered of a load from round to round. Plain data. */
export interface LoadMemory {
  /** The deadline that its progress counts for; null before the first. */
  readonly until: number | null;
  /** Done of its need, J or s. */
  readonly done: number;
  readonly on: boolean;
  /** Since it was last switched, s. */
  readonly sinceSwitch: number;
  /** Since its plug last answered, s. */
  readonly silentFor: number;
  /** Its plug has answered, and was its guard then. */
  readonly guarded: boolean;
  /** What is wrong with it, as it was told. */
  readonly trouble: string | null;
}

export const newLoad: LoadMemory = {
  until: null,
  done: 0,
  on: false,
  sinceSwitch: 86_400,
  silentFor: 0,
  guarded: false,
  trouble: null,
};

export const needOf = ({ need }: LoadConfig): number => (need.kind === "energy" ? need.joules : need.seconds);

/** How long it has yet to run, s. */
export const leftToRun = (config: LoadConfig, { done }: LoadMemory): number => {
  const left = Math.max(0, needOf(config) - done);
  return config.need.kind === "energy" ? left / Math.max(1, config.watts) : left;
};

/** The window that runs, or else the next one; undefined where none comes within a week. */
export function windowAt(
  { window }: Pick<LoadConfig, "window">,
  at: Instant,
  timezone: string,
): Period | undefined {
  const periods = periodsOf(window, localDay(timezone, at) - 1, 9, timezone);
  return periods
    .filter(({ from, to }) => to > at && to > from)
    .toSorted((one, other) => one.from - other.from)[0];
}

/** A reading that is older says nothing of now, ms. */
const freshMs = 60_000;

/** Drawn now by the plug's word, W; 0 where it says nothing. */
export const drawnByLoad = (input: HeaterInput | undefined, at: Instant): number =>
  input?.reading && at - input.reading.at <= freshMs ? input.reading.watts : 0;

/**
 * What a load may draw until the next round, W. A plug that is not heard may be on, until its own timer has surely cut
 * it off.
 */
export function mayLoadDraw(
  config: LoadConfig,
  memory: LoadMemory,
  input: HeaterInput | undefined,
  at: Instant,
): number {
  const isHeard = input?.reading !== undefined && input.answers && at - input.reading.at <= freshMs;
  if (!isHeard) {
    const isCut = memory.guarded && memory.silentFor > config.cutsWithin + freshMs / 1000;
    return isCut ? 0 : config.watts;
  }
  const isOn = memory.on || (input.held?.watts ?? 0) > 0 || input.reading.workload !== "idle";
  return Math.max(input.reading.watts, isOn ? config.watts : 0);
}
