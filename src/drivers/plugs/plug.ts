import type { Instant, Joules, Seconds, Watts } from "../../domain/index.ts";

/** What a plug says of itself. */
export interface PlugReading {
  readonly at: Instant;
  readonly on: boolean;
  readonly watts: Watts;
  /** Metered since some day of the past, where it keeps count. */
  readonly energy?: Joules;
  /**
   * By its off-timer: undefined where the plug tells nothing of it, 0 when it is not armed, else a time above 0, which
   * some plugs tell as what is left and others as what it was set to.
   */
  readonly timer?: Seconds;
}

/**
 * Whether it stays off when the mains come back, and is off soon when a hand switches it on; and whether that had to be
 * set. In words where it is not so.
 */
export type PlugSafety =
  | { readonly kind: "safe" }
  | { readonly kind: "made safe"; readonly was: string }
  | { readonly kind: "unsafe"; readonly why: string };

/**
 * A switched and metered socket with an off-timer of its own. Every call ends, by itself or by its signal.
 * All throw HearthworkErrors: `device/…` and `broker/…` as their transports do, `plug/not-applied` when it does not do
 * as told, `plug/not-armed` when its off-timer does not run; all worth trying later.
 */
export interface Plug {
  /** Looks, and changes nothing. */
  read(signal: AbortSignal): Promise<PlugReading>;
  /** On, and off by itself in `seconds` from now. Not read back. */
  arm(seconds: Seconds, signal: AbortSignal): Promise<void>;
  /** As `arm`, and reads back that it is on and that its timer runs. */
  hold(seconds: Seconds, signal: AbortSignal): Promise<PlugReading>;
  /** Off at once, read back. */
  cut(signal: AbortSignal): Promise<PlugReading>;
  /** Asks what it would do by itself, sets it where that is not safe, and reads that back. */
  secure(signal: AbortSignal): Promise<PlugSafety>;
  close(): Promise<void>;
}
