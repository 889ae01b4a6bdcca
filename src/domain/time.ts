import { HearthworkError } from "./errors.ts";
import { type Brand, Seconds } from "./units.ts";

/** A point in time: epoch milliseconds, UTC. */
export type Instant = Brand<number, "Instant">;

/** @throws {HearthworkError} `time/not-an-instant` unless the value is finite. */
export function Instant(epochMs: number): Instant {
  if (Number.isFinite(epochMs)) return epochMs as Instant;
  throw new HearthworkError({
    code: "time/not-an-instant",
    message: `${epochMs} is no epoch time in milliseconds`,
    data: { value: String(epochMs) },
  });
}

export const plus = (at: Instant, duration: Seconds): Instant => Instant(at + duration * 1000);
/** From `earlier` to `later`, s; negative when they are the other way round. */
export const between = (earlier: Instant, later: Instant): Seconds => Seconds((later - earlier) / 1000);

export interface Clock {
  /** The wall clock; it may jump. */
  now(): Instant;
  /** Seconds since an arbitrary start; never goes back. */
  monotonic(): Seconds;
  /** Resolves after `duration`, or at once when `signal` aborts. Never rejects. */
  sleep(duration: Seconds, signal?: AbortSignal): Promise<void>;
}

/** What a clock needs of its host; `globalThis` of Node and of browsers has it all. */
export interface ClockHost {
  readonly Date: { now(): number };
  readonly performance: { now(): number };
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: never): void;
}

/** Timers of hosts ring so much too early at times. */
const earlyMs = 1;
const longestTimerMs = 2_147_483_647;

/** The real clock of a host. */
export function hostClock(host: ClockHost): Clock {
  return {
    now: () => Instant(host.Date.now()),
    monotonic: () => Seconds(host.performance.now() / 1000),
    sleep: (duration, signal) => hostSleep(host, duration * 1000, signal),
  };
}

export interface AcceleratedClock extends Clock {
  factor(): number;
  /**
   * From now on time runs `factor` times as fast as the host's; sleepers too.
   * @throws {HearthworkError} `time/bad-factor` unless the factor is above 0.
   */
  setFactor(factor: number): void;
}

/** A clock that stands at `start` now and runs `factor` times as fast as its host's. */
export function acceleratedClock(host: ClockHost, start: Instant, factor: number): AcceleratedClock {
  let rate = 1;
  let hostOriginMs = host.performance.now();
  let elapsedAtOriginMs = 0;
  let rateChange = new AbortController();
  const elapsedMs = () => elapsedAtOriginMs + (host.performance.now() - hostOriginMs) * rate;

  async function sleepUntil(wakeAtMs: number, signal?: AbortSignal): Promise<void> {
    const changed = rateChange.signal;
    await hostSleep(host, (wakeAtMs - elapsedMs()) / rate, changed, signal);
    const isEarly = elapsedMs() < wakeAtMs - earlyMs * rate;
    if ((changed.aborted || isEarly) && !signal?.aborted) await sleepUntil(wakeAtMs, signal);
  }

  const clock: AcceleratedClock = {
    now: () => Instant(start + elapsedMs()),
    monotonic: () => Seconds(elapsedMs() / 1000),
    sleep: (duration, signal) => sleepUntil(elapsedMs() + duration * 1000, signal),
    factor: () => rate,
    setFactor(next) {
      if (!(next > 0 && Number.isFinite(next))) {
        throw new HearthworkError({
          code: "time/bad-factor",
          message: `time cannot run ${next} times as fast; give a factor above 0`,
          data: { factor: String(next) },
        });
      }
      elapsedAtOriginMs = elapsedMs();
      hostOriginMs = host.performance.now();
      rate = next;
      rateChange.abort();
      rateChange = new AbortController();
    },
  };
  clock.setFactor(factor);
  return clock;
}

/** Listens to each signal by itself: one made of several would be remembered by those that last. */
function hostSleep(
  host: ClockHost,
  ms: number,
  ...signals: readonly (AbortSignal | undefined)[]
): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some((signal) => signal?.aborted)) return resolve();
    const finish = () => {
      host.clearTimeout(timer as never);
      for (const signal of signals) signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = host.setTimeout(finish, Math.min(longestTimerMs, Math.max(0, ms)));
    for (const signal of signals) signal?.addEventListener("abort", finish, { once: true });
  });
}

export interface SimulatedClock extends Clock {
  /** Moves time on, waking each sleeper at its own instant, in order. */
  advance(duration: Seconds): Promise<void>;
  /** Moves the wall clock alone, as NTP or an operator would. */
  jump(duration: Seconds): void;
}

/** A clock that stands still until it is advanced. */
export function simulatedClock(start: Instant): SimulatedClock {
  let elapsed = 0;
  let wallShiftMs = 0;
  let order = 0;
  const sleepers = new Set<{ wakeAt: number; order: number; wake: () => void }>();

  const nextSleeper = (until: number) => {
    let next: { wakeAt: number; order: number; wake: () => void } | undefined;
    for (const sleeper of sleepers) {
      if (sleeper.wakeAt > until) continue;
      if (
        !next ||
        sleeper.wakeAt < next.wakeAt ||
        (sleeper.wakeAt === next.wakeAt && sleeper.order < next.order)
      ) {
        next = sleeper;
      }
    }
    return next;
  };

  return {
    now: () => Instant(start + wallShiftMs + elapsed * 1000),
    monotonic: () => Seconds(elapsed),
    jump(duration) {
      wallShiftMs += duration * 1000;
    },
    sleep: (duration, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          wakeAt: elapsed + Math.max(0, duration),
          order: order++,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake, { once: true });
      }),
    async advance(duration) {
      await settled();
      const until = elapsed + duration;
      for (let sleeper = nextSleeper(until); sleeper; sleeper = nextSleeper(until)) {
        elapsed = Math.max(elapsed, sleeper.wakeAt);
        sleeper.wake();
        await settled();
      }
      elapsed = until;
      await settled();
    },
  };
}

/** Lets the promises that a wake-up released run on until they wait for something else. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
