import { expect, it } from "vitest";
import { Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import type { Json } from "../../store/index.ts";
import { rememberedExpectation } from "./rememberedExpectation.ts";

const hour = { seconds: 3600, watts: 1000, settled: 0.06 };

it("goes on after a restart, faded by the time between", async () => {
  const memos = new Map<string, Json>();
  const memory = {
    remember: async (name: string, value: Json) => void memos.set(name, value),
    recall: async (name: string) => memos.get(name) ?? null,
  };
  const clock = simulatedClock(Instant(0));
  const before = rememberedExpectation(memory, clock);
  for (const _ of [1, 2, 3]) before.watch(hour);
  await before.keep();
  await clock.advance(Seconds(6 * 3600));
  const after = rememberedExpectation(memory, clock);
  await after.keep();
  expect(after.perKwh()).toBeCloseTo(0.06, 9);
  after.watch({ seconds: 3600, watts: 1000, settled: 0 });
  expect(after.perKwh()).toBeGreaterThan(0.02);
  expect(after.perKwh()).toBeLessThan(0.04);
});

it("begins anew where the memory cannot be read", async () => {
  const memory = {
    remember: () => Promise.reject(new Error("away")),
    recall: async () => "nonsense" as Json,
  };
  const expectation = rememberedExpectation(memory, simulatedClock(Instant(0)));
  expectation.watch(hour);
  await expectation.keep();
  expect(expectation.perKwh()).toBeCloseTo(0.06, 9);
});
