import { expect, it } from "vitest";
import { Instant, Seconds, simulatedClock } from "../domain/index.ts";
import { followHours, hoursOf } from "./offeredHours.ts";

it("reads hours of the day, over midnight as well, and refuses what is none", () => {
  expect(hoursOf("22:00-06:00")).toMatchObject({ from: "22:00", to: "06:00" });
  for (const text of ["22-6", "22:00", "25:00-26:00", "22:00-22:00", "22:00-06:00-08:00"]) {
    expect(() => hoursOf(text)).toThrow(/22:00-06:00/);
  }
});

it("tells when they begin and when they are over", async () => {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 14, 21, 59)));
  const told: boolean[] = [];
  const tell = (isTime: boolean) => void told.push(isTime);
  const hours = followHours(hoursOf("22:00-22:02"), { clock, timezone: "UTC", tell });
  expect(hours.isTime()).toBe(false);
  await clock.advance(Seconds(240));
  hours.close();
  await clock.advance(Seconds(60));
  expect(told).toEqual([false, true, true, true, true, false, false, false]);
  expect(followHours(undefined, { clock, timezone: "UTC", tell }).isTime()).toBe(true);
});
