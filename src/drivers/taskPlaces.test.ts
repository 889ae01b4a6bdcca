import { describe, expect, it } from "vitest";
import { Digest, Seconds } from "../domain/index.ts";
import type { TaskEnd, TaskOrder, TaskRunner } from "../jobs/index.ts";
import { TaskPlaces } from "./taskPlaces.ts";

const order: TaskOrder = {
  module: { digest: Digest("0".repeat(64)), bytes: new Uint8Array() },
  input: new Uint8Array(),
  memoryMiB: 1,
  limitSeconds: 60,
  maxOutputBytes: 1,
};
const done: TaskEnd = { kind: "output", output: new Uint8Array(), seconds: 1 };
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Places on a clock that is set by hand, with tasks that end when they are told to. */
function bench() {
  let now = 0;
  const changes: number[] = [];
  const ends: (() => void)[] = [];
  const runner: TaskRunner = {
    run(_order, signal) {
      const { promise, resolve } = Promise.withResolvers<TaskEnd>();
      ends.push(() => resolve(done));
      signal.addEventListener("abort", () =>
        resolve({ kind: "failed", failure: "evicted", message: "it was stopped" }),
      );
      return promise;
    },
    close: async () => {},
  };
  const places: TaskPlaces = new TaskPlaces(
    runner,
    () => Seconds(now),
    () => changes.push(places.running),
  );
  const begin = (signal = new AbortController().signal) => places.run(order, signal, () => {});
  return { places, changes, ends, begin, pass: (seconds: number) => (now += seconds) };
}

describe("places for tasks on a heater", () => {
  it("have a task wait until there is one", async () => {
    const { places, begin, ends } = bench();
    const task = begin();
    await settled();
    expect(places.running).toBe(0);
    places.allow(1);
    await settled();
    expect(places.running).toBe(1);
    ends[0]?.();
    expect(await task).toEqual(done);
    expect(places.running).toBe(0);
  });

  it("are given on to who waits when a task ends", async () => {
    const { places, begin, ends, changes } = bench();
    places.allow(1);
    const [first, second] = [begin(), begin()];
    await settled();
    ends[0]?.();
    await first;
    await settled();
    ends[1]?.();
    expect(await second).toEqual(done);
    expect(changes).toEqual([1, 0, 1, 0]);
  });

  it("are taken from the newest tasks first, at once", async () => {
    const { places, begin } = bench();
    places.allow(2);
    const [older, newer] = [begin(), begin()];
    await settled();
    places.allow(1);
    expect(await newer).toMatchObject({ kind: "failed", failure: "evicted" });
    places.allow(0);
    expect(await older).toMatchObject({ kind: "failed", failure: "evicted" });
  });

  it("do not keep a task that nobody wants any more", async () => {
    const { begin } = bench();
    const stop = new AbortController();
    const task = begin(stop.signal);
    stop.abort();
    expect(await task).toMatchObject({ kind: "failed", failure: "evicted" });
  });

  it("count the time of all that run", async () => {
    const { places, begin, pass } = bench();
    places.allow(2);
    void begin();
    await settled();
    pass(5);
    void begin();
    await settled();
    pass(10);
    expect(places.busy).toBe(25);
  });
});
