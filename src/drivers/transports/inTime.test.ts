import { setFlagsFromString } from "node:v8";
import { setTimeout as sleepHost } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { inTime } from "./inTime.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const longMs = 60_000;
const whenAborted = (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    if (signal.aborted) resolve("aborted");
    else signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
const lasting = () => new AbortController().signal;

it("tells the work when its time is over", async () => {
  expect(await inTime(5, lasting(), whenAborted)).toBe("aborted");
});

it("tells the work at once when the caller gives up", async () => {
  const caller = new AbortController();
  const work = inTime(longMs, caller.signal, whenAborted);
  caller.abort();
  expect(await work).toBe("aborted");
});

it("tells the work from the start that the caller has given up before", async () => {
  expect(await inTime(longMs, AbortSignal.abort(), whenAborted)).toBe("aborted");
});

it("gives what the work gives, or throws what it throws", async () => {
  expect(await inTime(longMs, lasting(), () => Promise.resolve(3))).toBe(3);
  const thrown = new Error("no");
  await expect(inTime(longMs, lasting(), () => Promise.reject(thrown))).rejects.toBe(thrown);
});

it("leaves nothing behind, one within another and under a signal that lasts", async () => {
  const caller = lasting();
  const seen: WeakRef<AbortSignal>[] = [];
  const see = (signal: AbortSignal) => void seen.push(new WeakRef(signal));
  for (let call = 0; call < 20; call++) {
    await inTime(longMs, caller, async (outer) => {
      see(outer);
      await inTime(longMs, outer, async (inner) => {
        see(inner);
        inner.addEventListener("abort", () => {}, { once: true });
      });
    });
  }
  for (let round = 0; round < 20 && seen.some((ref) => ref.deref()); round++) {
    await sleepHost(1);
    collectGarbage();
  }
  expect(seen.filter((ref) => ref.deref())).toEqual([]);
});
