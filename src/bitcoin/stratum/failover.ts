import type { Instant, Seconds } from "../../domain/index.ts";

export type FailoverEvent =
  | { readonly kind: "start" }
  /** The pool took our user. */
  | { readonly kind: "authorized"; readonly pool: number }
  /** The connection could not be made, was lost, or was given up. */
  | { readonly kind: "failed"; readonly pool: number; readonly why: string }
  | { readonly kind: "tick" };

export type FailoverEffect =
  | { readonly kind: "connect"; readonly pool: number }
  | { readonly kind: "disconnect"; readonly pool: number }
  /** Take work from this pool from now on. */
  | { readonly kind: "use"; readonly pool: number };

export interface FailoverSettings {
  /** How many pools there are, the preferred first. */
  readonly pools: number;
  /** How long a spare is used before the preferred ones are tried again. */
  readonly retryPreferredAfter: Seconds;
}

export interface FailoverState {
  /** The pool in use. */
  readonly using: number | undefined;
}

export interface FailoverStep {
  readonly state: FailoverState;
  readonly effects: readonly FailoverEffect[];
}

export type StepFailover = (state: FailoverState, event: FailoverEvent, now: Instant) => FailoverStep;
