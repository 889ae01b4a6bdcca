import { expect, it } from "vitest";
import { Digest } from "../../domain/index.ts";
import type { TaskEnd, TaskOrder, TaskRunner } from "../../jobs/index.ts";
import { boundedRunner } from "./boundedRunner.ts";

const order: TaskOrder = {
  module: { digest: Digest("0".repeat(64)), bytes: new Uint8Array() },
  input: new Uint8Array(),
  memoryMiB: 1,
  limitSeconds: 60,
  maxOutputBytes: 1,
};
const done: TaskEnd = { kind: "output", output: new Uint8Array(), seconds: 1 };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it("lets tasks in as there is room, in their order, and forgets those that are not wanted any more", async () => {
  const ends: (() => void)[] = [];
  const inner: TaskRunner = {
    run: () => new Promise((resolve) => ends.push(() => resolve(done))),
    close: async () => {},
  };
  const runner = boundedRunner(inner, { atOnce: 1 });
  const stop = new AbortController();
  const run = (signal = new AbortController().signal) => runner.run(order, signal, () => {});
  const [first, unwanted, third] = [run(), run(stop.signal), run()];
  await turn();
  expect(ends).toHaveLength(1);
  stop.abort();
  expect(await unwanted).toMatchObject({ kind: "failed", failure: "evicted" });
  ends[0]?.();
  expect(await first).toBe(done);
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  expect(await third).toBe(done);
});
