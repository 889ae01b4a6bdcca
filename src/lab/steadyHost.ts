import type { ClockHost } from "../domain/index.ts";

/** A host that was held up for longer than that does not let the time pass in which it did nothing, ms. */
const mostStallMs = 100;
const beatMs = 25;

/**
 * A host whose time stands still while its process is held up, so that accelerated time does not leap by minutes when it
 * is for a second; and while one piece of code runs, which may ask for it twice.
 */
export function steadyHost(host: ClockHost, signal: AbortSignal): ClockHost {
  let seen = host.performance.now();
  let passed = seen;
  let isRead = false;
  const move = () => {
    const next = host.performance.now();
    passed += Math.min(mostStallMs, next - seen);
    seen = next;
  };
  const now = () => {
    if (!isRead) {
      isRead = true;
      move();
      host.setTimeout(() => (isRead = false), 0);
    }
    return passed;
  };
  const beat = () => {
    if (signal.aborted) return;
    move();
    host.setTimeout(beat, beatMs);
  };
  beat();
  return {
    Date: host.Date,
    performance: { now },
    setTimeout: (callback, ms) => host.setTimeout(callback, ms),
    clearTimeout: (timer) => host.clearTimeout(timer),
  };
}
