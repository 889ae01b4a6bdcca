import { expect, it } from "vitest";
import { Digest, Instant, Seconds, simulatedClock, Watts } from "../../domain/index.ts";
import type { TaskEnd, TaskOrder, TaskRunner } from "../../jobs/index.ts";
import { virtualJobHost } from "./virtualJobHost.ts";

const order: TaskOrder = {
  module: { digest: Digest("0".repeat(64)), bytes: new Uint8Array() },
  input: new Uint8Array(),
  memoryMiB: 1,
  limitSeconds: 60,
  maxOutputBytes: 1,
};
const done: TaskEnd = { kind: "output", output: new Uint8Array(), seconds: 1 };
const { signal } = new AbortController();
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it("draws what it is set to by its own meter, and runs as many tasks as that leaves places for", async () => {
  const ends: (() => void)[] = [];
  const runner: TaskRunner = {
    run: (_order, stop) =>
      new Promise((resolve) => {
        ends.push(() => resolve(done));
        stop.addEventListener("abort", () =>
          resolve({ kind: "failed", failure: "evicted", message: "it was stopped" }),
        );
      }),
    close: async () => {},
  };
  const host = virtualJobHost({ clock: simulatedClock(Instant(0)), runner });
  const run = () => host.tasks?.run(order, signal, () => {});
  expect(await host.read(signal)).toMatchObject({ watts: 60, provenance: "metered", workload: "idle" });
  await host.apply({ watts: Watts(1500), workload: "mining" }, signal);
  const tasks = [run(), run(), run()];
  await turn();
  expect(host.running()).toBe(0);
  expect(await host.read(signal)).toMatchObject({ watts: 1500, workload: "mining", hashrate: 144e6 });
  await host.apply({ watts: Watts(780), workload: "job" }, signal);
  await turn();
  expect([host.running(), host.watts()]).toEqual([2, 780]);
  expect(await host.read(signal)).toMatchObject({ watts: 780, workload: "job", hashrate: 0 });
  ends[0]?.();
  expect(await tasks[0]).toBe(done);
  await turn();
  expect(host.running()).toBe(2);
  await host.close();
  expect(await tasks[2]).toMatchObject({ failure: "evicted" });
  expect([host.running(), host.watts()]).toEqual([0, 60]);
});

it("is refused as a mere heater", async () => {
  const runner: TaskRunner = { run: () => Promise.resolve(done), close: async () => {} };
  const host = virtualJobHost({ clock: simulatedClock(Instant(0)), runner });
  expect(await host.apply({ watts: Watts(500), workload: "heating" }, signal)).toMatchObject({
    outcome: "refused",
  });
  expect(host.traits.settle).toBe(Seconds(3));
});
