import { expect, it } from "vitest";
import { acceleratedClock, type ClockHost, Instant } from "../domain/index.ts";
import { pacedTime } from "./pacedTime.ts";
import { steadyHost } from "./steadyHost.ts";

/** A host whose time is moved by hand, and whose timers ring when it is told to. */
function handHost() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const host: ClockHost = {
    Date: { now: () => now },
    performance: { now: () => now },
    setTimeout(run, ms) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      timers = timers.filter((one) => one !== timer);
    },
  };
  const pass = (ms: number) => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
  };
  return { host, pass };
}

/** Time of a host that is moved by hand, and of the clock that runs on it. */
function timeAt(speed: number) {
  const { host, pass } = handHost();
  const clock = acceleratedClock(host, Instant(0), 1);
  const time = pacedTime(clock, host);
  time.setSpeed(speed);
  let seen = 0;
  const secondsIn = (ms: number) => {
    pass(ms);
    const before = seen;
    seen = clock.monotonic();
    return seen - before;
  };
  return { time, secondsIn };
}

it("time runs at most 60 times as fast while any device is asked", async () => {
  const { time, secondsIn } = timeAt(300);
  expect(secondsIn(1000)).toBe(300);
  const calls = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const answers = calls.map(({ promise }) => time.whileAsked(promise));
  expect(secondsIn(50)).toBeCloseTo(3);
  calls[0]?.resolve();
  await answers[0];
  expect(secondsIn(40)).toBeCloseTo(2.4);
  expect(time.speed()).toBe(300);
  calls[1]?.reject(new Error("no answer"));
  await expect(answers[1]).rejects.toThrow("no answer");
  expect(secondsIn(1000)).toBeCloseTo(300);
});

it("a device that takes its time is waited for in real time", async () => {
  const { time, secondsIn } = timeAt(60);
  const call = Promise.withResolvers<void>();
  const answer = time.whileAsked(call.promise);
  expect(secondsIn(100)).toBeCloseTo(6);
  expect(secondsIn(8000)).toBeCloseTo(8);
  call.resolve();
  await answer;
  expect(secondsIn(1000)).toBeCloseTo(60);
});

it("time stands still while its process is held up", () => {
  const { host, pass } = handHost();
  const ended = new AbortController();
  const clock = acceleratedClock(steadyHost(host, ended.signal), Instant(0), 60);
  for (let beat = 0; beat < 40; beat++) pass(25);
  expect(clock.monotonic()).toBe(60);
  pass(5000);
  expect(clock.monotonic()).toBe(66);
  ended.abort();
});

it("time is the same for all that one piece of code asks", () => {
  const { host } = handHost();
  let now = 0;
  const moving: ClockHost = { ...host, performance: { now: () => (now += 90) } };
  const ended = new AbortController();
  const clock = acceleratedClock(steadyHost(moving, ended.signal), Instant(0), 60);
  const first = clock.monotonic();
  expect([clock.now(), clock.monotonic()]).toEqual([first * 1000, first]);
  ended.abort();
});
