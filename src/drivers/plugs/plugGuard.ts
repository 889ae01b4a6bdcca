import { type Clock, messageOf, type Seconds } from "../../domain/index.ts";
import type { DriverEvent } from "../definition.ts";
import type { Plug, PlugReading } from "./plug.ts";
import { refusalIn } from "./refusals.ts";

export interface PlugGuardOptions {
  readonly plug: Plug;
  /** Its off-timer: so long after the hearth's last word it cuts. */
  readonly timer: Seconds;
  readonly clock: Clock;
  onEvent(event: DriverEvent): void;
}

/** What one look at the plug gave. */
export interface PlugView {
  /** Undefined when it did not answer. */
  readonly reading: PlugReading | undefined;
  /** What is wrong with it, in words. */
  readonly fault: string | undefined;
  /** What kept it from answering. */
  readonly error?: unknown;
  /** Why it would not cut if the hearth died now, in words. */
  readonly unguarded: string | undefined;
}

/** A plug as the guard of what hangs on it. */
export interface PlugGuard {
  readonly timer: Seconds;
  /** Looks at it; where it is on and has to stay so, starts its timer again. Never switches it on, and never throws. */
  look(keep: boolean, signal: AbortSignal): Promise<PlugView>;
  /** On, with its timer running. A text says why that must not be. @throws {HearthworkError} as a `Plug` does */
  hold(signal: AbortSignal): Promise<PlugReading | string>;
  /** Off by itself in so long, whatever becomes of the hearth. */
  cutIn(seconds: Seconds, signal: AbortSignal): Promise<void>;
  cut(signal: AbortSignal): Promise<PlugReading>;
  /** Whether its timer, as it was last started, has run out since. */
  ranOut(): boolean;
  close(): Promise<void>;
}

/** What it does at power-on is asked again after so long, s: an owner's app may have changed it either way. */
const checkedEvery = { safe: 600, unsafe: 60 };
/** A plug that has not answered for so long no longer counts as a guard; its own timer cuts later than that, s. */
const silenceBorne = 20;

export function plugGuard(options: PlugGuardOptions): PlugGuard {
  const { plug, timer, clock } = options;
  let checkedAt: number | undefined;
  let unsafe: string | undefined = "its plug has not been asked yet what it does after an outage";
  let silentSince: number | undefined;
  let cutsAt = -Infinity;

  /** Once, and now and then: whether it would switch on by itself. */
  async function secure(signal: AbortSignal): Promise<void> {
    const keeps = unsafe === undefined ? checkedEvery.safe : checkedEvery.unsafe;
    if (checkedAt !== undefined && clock.monotonic() - checkedAt < keeps) return;
    const safety = await plug.secure(signal);
    const wasUnsafe = checkedAt !== undefined && unsafe !== undefined;
    checkedAt = clock.monotonic();
    unsafe = safety.kind === "unsafe" ? `its plug is no guard: ${safety.why}` : undefined;
    if (safety.kind === "made safe") {
      const message = `its plug would have switched on by itself and was set not to: ${safety.was}`;
      options.onEvent({ level: "warning", code: "plug/made-safe", message });
    }
    if (unsafe !== undefined && !wasUnsafe)
      options.onEvent({ level: "alarm", code: "plug/unsafe", message: unsafe });
  }

  /** The timer that the last look found running was started by the one before: no second look is needed. */
  async function keepOn(reading: PlugReading, signal: AbortSignal): Promise<PlugReading> {
    const runs = reading.timer === undefined || reading.timer > 0;
    if (!runs) return start(signal);
    await plug.arm(timer, signal);
    cutsAt = clock.monotonic() + timer;
    return reading;
  }

  async function start(signal: AbortSignal): Promise<PlugReading> {
    const reading = await plug.hold(timer, signal);
    cutsAt = clock.monotonic() + timer;
    return reading;
  }

  return {
    timer,
    async look(keep, signal) {
      let reading: PlugReading | undefined;
      try {
        reading = await plug.read(signal);
        silentSince = undefined;
        await secure(signal);
        if (keep && reading.on) reading = await keepOn(reading, signal);
        return { reading, fault: unsafe, unguarded: unsafe };
      } catch (thrown) {
        const why = `its plug: ${messageOf(thrown)}`;
        if (reading) return { reading, fault: why, unguarded: why };
        silentSince ??= clock.monotonic();
        const isBorne = clock.monotonic() - silentSince < silenceBorne;
        return { reading, fault: why, error: thrown, unguarded: isBorne ? undefined : why };
      }
    },
    async hold(signal) {
      await secure(signal);
      if (unsafe !== undefined) return unsafe;
      try {
        return await start(signal);
      } catch (thrown) {
        const why = refusalIn(thrown);
        if (why === undefined) throw thrown;
        return `its plug: ${why}`;
      }
    },
    async cutIn(seconds, signal) {
      await plug.arm(seconds, signal);
      cutsAt = clock.monotonic() + seconds;
    },
    cut: (signal) => plug.cut(signal),
    ranOut: () => clock.monotonic() >= cutsAt,
    close: () => plug.close(),
  };
}
