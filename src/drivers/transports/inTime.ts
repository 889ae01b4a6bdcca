/**
 * Gives work a signal that aborts with `signal`, or after so many ms of the host, and forgets both once the work is
 * done.
 *
 * Not `AbortSignal.any` with `AbortSignal.timeout`: Node 24 never frees such a signal once another is made of it in the
 * same way (`any` in its `lib/internal/abort_controller.js`), and each read of a heater behind a plug makes one.
 */
export async function inTime<T>(
  ms: number,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = new AbortController();
  const end = () => limited.abort();
  const timer = setTimeout(end, ms).unref();
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}
