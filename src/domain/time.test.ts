import { describe, expect, it } from "vitest";
import { HearthworkError } from "./errors.ts";
import {
  acceleratedClock,
  between,
  type Clock,
  type ClockHost,
  hostClock,
  Instant,
  plus,
  simulatedClock,
} from "./time.ts";
import { Seconds } from "./units.ts";

const start = Instant(Date.UTC(2026, 0, 5));

describe("Instant", () => {
  it.each([Number.NaN, Infinity, -Infinity])("refuses %d", (value) => {
    expect(() => Instant(value)).toThrow(HearthworkError);
  });

  it("adds and subtracts seconds", () => {
    expect(plus(start, Seconds(1.5)) - start).toBe(1500);
    expect(between(start, plus(start, Seconds(90)))).toBe(90);
    expect(between(plus(start, Seconds(90)), start)).toBe(-90);
  });
});

/** A host whose time and timers are moved by hand. */
function manualHost() {
  let now = 0;
  let ids = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const host: ClockHost = {
    Date: { now: () => start + now },
    performance: { now: () => now },
    setTimeout(callback, ms) {
      timers.set(++ids, { at: now + ms, callback });
      return ids;
    },
    clearTimeout: (timer) => void timers.delete(timer),
  };
  return {
    host,
    timers,
    pass: (ms: number) => {
      now += ms;
      for (const [id, { at, callback }] of timers) {
        if (at > now) continue;
        timers.delete(id);
        callback();
      }
    },
  };
}

/** Whether a promise has been resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol("pending");
  return (
    (await Promise.race([promise.then(() => "done"), Promise.resolve().then(() => pending)])) !== pending
  );
}

describe.each<[string, (host: ClockHost) => Clock]>([
  ["hostClock", hostClock],
  ["acceleratedClock at 1", (host) => acceleratedClock(host, start, 1)],
])("%s", (_name, make) => {
  it("tells the host's time", () => {
    const { host, pass } = manualHost();
    const clock = make(host);
    pass(2500);
    expect([clock.now() - start, clock.monotonic()]).toEqual([2500, 2.5]);
  });

  it("sleeps as long as it was told, and leaves no timer", async () => {
    const { host, pass, timers } = manualHost();
    const sleep = make(host).sleep(Seconds(3));
    pass(2999);
    expect(await isDone(sleep)).toBe(false);
    pass(1);
    await sleep;
    expect(timers.size).toBe(0);
  });

  it("wakes at once by its signal, and leaves neither timer nor listener", async () => {
    const { host, timers } = manualHost();
    const aborter = new AbortController();
    const sleep = make(host).sleep(Seconds(3600), aborter.signal);
    aborter.abort();
    await sleep;
    expect(timers.size).toBe(0);
    await make(host).sleep(Seconds(3600), aborter.signal);
    expect(timers.size).toBe(0);
  });

  it("sleeps no negative time, and no longer than a timer can", () => {
    const { host, timers } = manualHost();
    void make(host).sleep(Seconds(-5));
    void make(host).sleep(Seconds(1e12));
    expect([...timers.values()].map(({ at }) => at)).toEqual([0, 2_147_483_647]);
  });
});

describe("acceleratedClock", () => {
  it("runs its factor times as fast and changes it without a jump", () => {
    const { host, pass } = manualHost();
    const clock = acceleratedClock(host, start, 60);
    pass(1000);
    expect([clock.now() - start, clock.monotonic()]).toEqual([60_000, 60]);
    clock.setFactor(2);
    expect([clock.monotonic(), clock.factor()]).toEqual([60, 2]);
    pass(1000);
    expect(clock.monotonic()).toBe(62);
  });

  it("sleeps shorter by its factor", async () => {
    const { host, pass } = manualHost();
    const sleep = acceleratedClock(host, start, 60).sleep(Seconds(60));
    pass(999);
    expect(await isDone(sleep)).toBe(false);
    pass(1);
    await sleep;
  });

  it("begins at its start whenever the host began", () => {
    const { host, pass } = manualHost();
    pass(123_456);
    const clock = acceleratedClock(host, start, 10);
    expect([clock.now(), clock.monotonic()]).toEqual([start, 0]);
  });

  it.each([0, -1, Number.NaN, Infinity])("refuses to run %d times as fast", (factor) => {
    const { host } = manualHost();
    expect(() => acceleratedClock(host, start, factor)).toThrow(/factor above 0/);
  });
});

describe("simulatedClock", () => {
  it("stands still until it is advanced", async () => {
    const clock = simulatedClock(start);
    expect([clock.now(), clock.monotonic()]).toEqual([start, 0]);
    await clock.advance(Seconds(10));
    expect([clock.now() - start, clock.monotonic()]).toEqual([10_000, 10]);
  });

  it("wakes each sleeper at its own time, in order, the earlier asleep first", async () => {
    const clock = simulatedClock(start);
    const woken: string[] = [];
    const sleeper = async (name: string, seconds: number) => {
      await clock.sleep(Seconds(seconds));
      woken.push(`${name} at ${clock.monotonic()}`);
    };
    const all = [sleeper("c", 5), sleeper("a", 1), sleeper("b", 3), sleeper("d", 5), sleeper("late", 11)];
    await clock.advance(Seconds(10));
    expect(woken).toEqual(["a at 1", "b at 3", "c at 5", "d at 5"]);
    await clock.advance(Seconds(1));
    expect(woken.at(-1)).toBe("late at 11");
    await Promise.all(all);
  });

  it("lets a sleeper that sleeps again wake again in the same advance", async () => {
    const clock = simulatedClock(start);
    const rounds: number[] = [];
    const loop = (async () => {
      while (rounds.length < 5) {
        await clock.sleep(Seconds(10));
        rounds.push(clock.monotonic());
      }
    })();
    await clock.advance(Seconds(100));
    await loop;
    expect(rounds).toEqual([10, 20, 30, 40, 50]);
  });

  it("moves its wall clock alone when it jumps", async () => {
    const clock = simulatedClock(start);
    const sleep = clock.sleep(Seconds(10));
    clock.jump(Seconds(-3600));
    expect([clock.now() - start, clock.monotonic()]).toEqual([-3_600_000, 0]);
    expect(await isDone(sleep)).toBe(false);
    await clock.advance(Seconds(10));
    await sleep;
    expect([clock.now() - start, clock.monotonic()]).toEqual([-3_590_000, 10]);
  });

  it("wakes a sleeper by its signal without moving time", async () => {
    const clock = simulatedClock(start);
    const aborter = new AbortController();
    const sleep = clock.sleep(Seconds(10), aborter.signal);
    aborter.abort();
    await sleep;
    await clock.sleep(Seconds(10), aborter.signal);
    expect(clock.monotonic()).toBe(0);
  });
});
