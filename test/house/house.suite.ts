import { expect } from "vitest";
import type { HouseLife } from "./liveHouse.ts";

/** What has to hold of every life in the virtual house, with whatever faults. */
export function expectGoodLife(life: HouseLife): void {
  expect(life.loopFaults).toEqual([]);
  expect(life.comfortable / life.judged).toBeGreaterThanOrEqual(0.95);
  expect(life.hottestRoomC).toBeLessThan(26.3);
  expect(life.coldestRoomC).toBeGreaterThan(8);
  expect(life.mostWatts).toBeLessThanOrEqual(2500);
  expect(life.mostStartsPerHour).toBeLessThanOrEqual(6);
}
