import { expect, it } from "vitest";
import { Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import { allowance } from "./allowance.ts";

it("an allowance is spent at once and comes back one by one, never above its burst", async () => {
  const clock = simulatedClock(Instant(0));
  const mayTell = allowance(clock, 3, Seconds(20));
  await clock.advance(Seconds(1000));
  expect(mayTell.left()).toBe(3);
  mayTell.spend(2);
  await clock.advance(Seconds(5));
  mayTell.spend(1);
  expect(mayTell.left()).toBe(0);
  await clock.advance(Seconds(14.9));
  expect(mayTell.left()).toBe(0);
  await clock.advance(Seconds(0.2));
  expect(mayTell.left()).toBe(1);
  await clock.advance(Seconds(20));
  expect(mayTell.left()).toBe(2);
  mayTell.spend(5);
  expect(mayTell.left()).toBe(0);
  await clock.advance(Seconds(86_400));
  expect(mayTell.left()).toBe(3);
});
