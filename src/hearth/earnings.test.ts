import { expect, it } from "vitest";
import { HashesPerSecond, Instant, Micros, Seconds, Watts } from "../domain/index.ts";
import type { HeaterReading } from "../heat/index.ts";
import { earn, noEarnings } from "./earnings.ts";

const at = Instant(Date.UTC(2026, 0, 14, 12));
const day = Instant(Date.UTC(2026, 0, 14));
const reading = (terahashes: number, over: Partial<HeaterReading> = {}): HeaterReading => ({
  at,
  watts: Watts(1000),
  provenance: "metered",
  workload: "mining",
  hashrate: HashesPerSecond(terahashes * 1e12),
  faults: [],
  ...over,
});
const minute = (readings: readonly HeaterReading[], before = noEarnings) =>
  earn(before, { at, elapsed: Seconds(60), dayStart: day, readings });
/** At 1.4e14: 3.125 BTC · 60 s · 1 TH/s / (difficulty · 2³²), sats. */
const satsOfTerahash = (3.125e8 * 60e12) / (1.4e14 * 2 ** 32);

it("counts hashes at the difficulty that a device tells", () => {
  const { sats, toldDifficulty } = minute([reading(100, { networkDifficulty: 0.7e14 })]);
  expect(sats).toBeCloseTo(200 * satsOfTerahash, 9);
  expect(toldDifficulty).toBe(0.7e14);
});

it("takes a device that tells none to mine what the others do, also later", () => {
  const first = minute([reading(1, { networkDifficulty: 0.7e14 }), reading(100)]);
  expect(first.sats).toBeCloseTo(202 * satsOfTerahash, 9);
  expect(minute([reading(100)], first).sats).toBeCloseTo(402 * satsOfTerahash, 9);
});

it("goes by a dated figure where nobody tells it", () => {
  expect(minute([reading(100)]).sats).toBeCloseTo(100 * satsOfTerahash, 9);
});

it("counts every hash, whatever it is worth", () => {
  const { everHashes } = minute([reading(100), reading(5, { networkDifficulty: 1 })]);
  expect(minute([reading(1)], { ...noEarnings, everHashes }).everHashes).toBeCloseTo(106 * 60e12, -9);
});

it("counts the coins of a test's chain as nothing, and old readings neither", () => {
  expect(minute([reading(100, { networkDifficulty: 1 })]).sats).toBe(0);
  expect(minute([reading(100, { at: Instant(at - 61_000) })]).sats).toBe(0);
});

it("adds what tasks were settled for, of the day and of ever", () => {
  const jobs = { micros: Micros(57n), tasks: 2 };
  const elapsed = Seconds(60);
  const morning = earn(noEarnings, { at, elapsed, dayStart: at, readings: [], jobs });
  expect(earn(morning, { at, elapsed, dayStart: at, readings: [], jobs })).toMatchObject({
    jobs: "114",
    tasks: 4,
    everJobs: "114",
    everTasks: 4,
  });
  const nextDay = Instant(at + 86_400_000);
  expect(earn(morning, { at: nextDay, elapsed, dayStart: nextDay, readings: [] })).toMatchObject({
    jobs: "0",
    tasks: 0,
    everJobs: "57",
    everTasks: 2,
  });
});
