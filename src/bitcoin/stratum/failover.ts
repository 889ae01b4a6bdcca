import { between, type Instant, plus, Seconds } from "../../domain/index.ts";

export interface FailoverSettings {
  /** How many pools there are, the preferred first. */
  readonly pools: number;
  /** How long a spare is used before the preferred ones are tried again. */
  readonly retryPreferredAfter: Seconds;
}

export type FailoverEvent =
  | { readonly kind: "start" }
  /** The pool took our user. */
  | { readonly kind: "authorized"; readonly pool: number }
  /** The connection could not be made, was lost, or was given up. */
  | { readonly kind: "failed"; readonly pool: number; readonly why: string }
  /** About once a second. */
  | { readonly kind: "tick" };

export type FailoverEffect =
  | { readonly kind: "connect"; readonly pool: number }
  | { readonly kind: "disconnect"; readonly pool: number }
  /** Take work from this pool from now on. */
  | { readonly kind: "use"; readonly pool: number };

export interface FailoverState {
  readonly settings: FailoverSettings;
  /** The pool in use, and since when. */
  readonly using: { readonly pool: number; readonly since: Instant } | undefined;
  /** The pool whose authorisation is awaited. */
  readonly trying: number | undefined;
  /** When the pools before the one in use are tried again. */
  readonly probeAt: Instant | undefined;
  /** Failures in a row, and when a pool may be tried again, by pool. */
  readonly failures: ReadonlyMap<number, { readonly count: number; readonly restsUntil: Instant }>;
}

export interface FailoverStep {
  readonly state: FailoverState;
  readonly effects: readonly FailoverEffect[];
}

/** A pool that was good for so long is tried again at once when it is lost. */
const provenAfter = Seconds(60);
const shortestRest = Seconds(5);
const longestRest = Seconds(60);

export const startFailover = (settings: FailoverSettings): FailoverState => ({
  settings,
  using: undefined,
  trying: undefined,
  probeAt: undefined,
  failures: new Map(),
});

/**
 * Which pool to mine at: the first that takes us. While a spare is used the ones before it are tried now and then,
 * and mined at only once one has taken us.
 * @param now of a clock that does not jump.
 */
export function stepFailover(state: FailoverState, event: FailoverEvent, now: Instant): FailoverStep {
  switch (event.kind) {
    case "authorized":
      return settle(state, event.pool, now);
    case "failed":
      return event.pool === state.using?.pool
        ? lose(state, state.using, now)
        : giveUp(state, event.pool, now);
    default:
      return state.trying === undefined ? seek(state, now) : { state, effects: [] };
  }
}

/** A pool took us: use it, unless a preferred one is in use by now. */
function settle(state: FailoverState, pool: number, now: Instant): FailoverStep {
  const { using, settings } = state;
  const trying = state.trying === pool ? undefined : state.trying;
  if (using?.pool === pool) return { state: { ...state, trying }, effects: [] };
  if (using && using.pool < pool) {
    return { state: { ...state, trying }, effects: [{ kind: "disconnect", pool }] };
  }
  const probeAt = pool === 0 ? undefined : plus(now, settings.retryPreferredAfter);
  const left: FailoverEffect[] = [using?.pool, trying].flatMap((other) =>
    other === undefined ? [] : [{ kind: "disconnect", pool: other }],
  );
  return {
    state: { ...state, trying: undefined, using: { pool, since: now }, probeAt },
    effects: [{ kind: "use", pool }, ...left],
  };
}

/** The pool in use is lost: a proven one gets another chance at once, else the next in line. */
function lose(
  state: FailoverState,
  { pool, since }: NonNullable<FailoverState["using"]>,
  now: Instant,
): FailoverStep {
  const without = { ...state, using: undefined, probeAt: undefined };
  if (between(since, now) < provenAfter) return seekUnlessTrying(rest(without, pool, now), now);
  const forgiven = new Map(state.failures);
  forgiven.delete(pool);
  const next = { ...without, failures: forgiven };
  return next.trying === undefined ? connect(next, pool) : { state: next, effects: [] };
}

function giveUp(state: FailoverState, pool: number, now: Instant): FailoverStep {
  const trying = state.trying === pool ? undefined : state.trying;
  const rested = rest({ ...state, trying }, pool, now);
  const { using, settings } = rested;
  if (!using) return seekUnlessTrying(rested, now);
  if (trying === undefined && pool + 1 < using.pool) return connect(rested, pool + 1);
  return { state: { ...rested, probeAt: plus(now, settings.retryPreferredAfter) }, effects: [] };
}

const seekUnlessTrying = (state: FailoverState, now: Instant): FailoverStep =>
  state.trying === undefined ? seek(state, now) : { state, effects: [] };

/** Tries a pool where that is due: any when none is in use, a preferred one now and then. */
function seek(state: FailoverState, now: Instant): FailoverStep {
  const { using, probeAt, settings } = state;
  if (using) return probeAt !== undefined && now >= probeAt ? connect(state, 0) : { state, effects: [] };
  for (let pool = 0; pool < settings.pools; pool++) {
    const restsUntil = state.failures.get(pool)?.restsUntil;
    if (restsUntil === undefined || now >= restsUntil) return connect(state, pool);
  }
  return { state, effects: [] };
}

const connect = (state: FailoverState, pool: number): FailoverStep => ({
  state: { ...state, trying: pool },
  effects: [{ kind: "connect", pool }],
});

/** The rest doubles with each failure in a row. */
function rest(state: FailoverState, pool: number, now: Instant): FailoverState {
  const count = (state.failures.get(pool)?.count ?? 0) + 1;
  const seconds = Math.min(longestRest, shortestRest * 2 ** Math.min(count - 1, 16));
  const restsUntil = plus(now, Seconds(seconds));
  return { ...state, failures: new Map(state.failures).set(pool, { count, restsUntil }) };
}
