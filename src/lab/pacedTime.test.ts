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
    setTimeout: (run, ms) => timers.push({ at: now + ms, run }),
    clearTimeout: () => {},
  };
  const pass = (ms: number) => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
  };
  return { host, pass };
}

it("time runs at most 60 times as fast while any device is asked", async () => {
  const { host, pass } = handHost();
  const clock = acceleratedClock(host, Instant(0), 1);
  const time = pacedTime(clock);
  time.setSpeed(300);
  pass(1000);
  expect(clock.monotonic()).toBe(300);
  const calls = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const answers = calls.map(({ promise }) => time.whileAsked(promise));
  pass(1000);
  expect(clock.monotonic()).toBe(360);
  calls[0]?.resolve();
  await answers[0];
  pass(1000);
  expect([clock.monotonic(), time.speed()]).toEqual([420, 300]);
  calls[1]?.reject(new Error("no answer"));
  await expect(answers[1]).rejects.toThrow("no answer");
  pass(1000);
  expect(clock.monotonic()).toBe(720);
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
