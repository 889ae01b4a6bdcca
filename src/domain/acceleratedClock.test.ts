import { describe, expect, it } from "vitest";
import { acceleratedClock, Instant } from "./time.ts";
import { Seconds } from "./units.ts";

/** A host whose time is moved by hand. */
function handHost() {
  let now = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  let count = 0;
  const host = {
    Date: { now: () => now },
    performance: { now: () => now },
    setTimeout(run: () => void, ms: number) {
      timers.set(++count, { at: now + ms, run });
      return count;
    },
    clearTimeout: (timer: never) => void timers.delete(timer),
  };
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    host,
    pass: async (ms: number) => {
      for (const end = now + ms; ;) {
        const [id, next] = [...timers].toSorted(([, a], [, b]) => a.at - b.at)[0] ?? [];
        if (id === undefined || !next || next.at > end) {
          now = end;
          return settle();
        }
        now = next.at;
        timers.delete(id);
        next.run();
        await settle();
      }
    },
    timers,
  };
}

describe("an accelerated clock", () => {
  it("runs as many times as fast as its host", async () => {
    const { host, pass } = handHost();
    const clock = acceleratedClock(host, Instant(5000), 60);
    await pass(1000);
    expect(clock.now()).toBe(65_000);
    expect(clock.monotonic()).toBe(60);
  });

  it("wakes sleepers on its own time, also when its speed changes meanwhile", async () => {
    const { host, pass, timers } = handHost();
    const clock = acceleratedClock(host, Instant(0), 1);
    let wokenAt: number | undefined;
    void clock.sleep(Seconds(100)).then(() => (wokenAt = clock.monotonic()));
    await pass(10_000);
    clock.setFactor(90);
    await pass(900);
    expect(wokenAt).toBeUndefined();
    await pass(100);
    expect(wokenAt).toBeCloseTo(100, 6);
    expect(timers.size).toBe(0);
  });

  it("lets a sleeper go when its signal aborts", async () => {
    const { host, pass, timers } = handHost();
    const clock = acceleratedClock(host, Instant(0), 1);
    const aborter = new AbortController();
    let isAwake = false;
    void clock.sleep(Seconds(100), aborter.signal).then(() => (isAwake = true));
    clock.setFactor(2);
    await pass(1);
    aborter.abort();
    await pass(0);
    expect(isAwake).toBe(true);
    expect(timers.size).toBe(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses the speed %s", (factor) => {
    expect(() => acceleratedClock(handHost().host, Instant(0), factor)).toThrow("give a factor above 0");
  });
});
