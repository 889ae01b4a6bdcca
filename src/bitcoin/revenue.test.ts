import { describe, expect, it } from "vitest";
import { Hashes, parseMicros, Sats } from "../domain/index.ts";
import { bitcoinPerTerahashDay, expectedSats, revenuePerKwh, subsidyAt, worthOf } from "./revenue.ts";

const block = { difficulty: 141.67e12, reward: Sats(312_500_000n) };

it("agrees with the published hash price: $34.88 a PH/s and day at 141.67 T, 3.125 BTC, $78,600", () => {
  expect(bitcoinPerTerahashDay(block) * 1000 * 78_600).toBeCloseTo(34.88, 2);
});

it.each([
  [12, 0.121],
  [17.5, 0.083],
  [20, 0.0725],
  [28.2, 0.051],
  [40, 0.036],
])("at $34.8 a PH/s and day and %d J/TH a kWh earns $%d", (joulesPerTerahash, dollars) => {
  const revenue = revenuePerKwh({ perTerahashDay: 0.0348, joulesPerTerahash, poolFee: 0 });
  expect(revenue).toBeCloseTo(dollars, 3);
});

it("takes off the pool's fee", () => {
  const at = (poolFee: number) => revenuePerKwh({ perTerahashDay: 0.0348, joulesPerTerahash: 20, poolFee });
  expect(at(0.02) / at(0)).toBeCloseTo(0.98, 12);
});

it("expects of a day at 1 TH/s what the formula for a day says", () => {
  const day = expectedSats(Hashes(86_400 * 1e12), block);
  expect(day).toBeCloseTo(bitcoinPerTerahashDay(block) * 1e8, 9);
  expect(day).toBeCloseTo(44.37, 2);
});

it("expects one block's reward of the hashes that a block takes", () => {
  expect(expectedSats(Hashes(block.difficulty * 2 ** 32), block)).toBeCloseTo(312_500_000, 3);
});

describe("subsidy", () => {
  it.each([
    [0, 5_000_000_000n],
    [209_999, 5_000_000_000n],
    [210_000, 2_500_000_000n],
    [840_000, 312_500_000n],
    [1_050_000, 156_250_000n],
    [210_000 * 32, 1n],
    [210_000 * 33, 0n],
    [210_000 * 100, 0n],
  ])("at height %i: %i sats", (height, sats) => {
    expect(subsidyAt(height)).toBe(sats);
  });
  it("halves every 150 blocks in regtest", () => {
    expect(subsidyAt(150, 150)).toBe(2_500_000_000n);
  });
});

it.each([
  [100_000_000, "85000"],
  [1000, "0.85"],
  [0.5, "0.000425"],
])("gives %d sats their worth at 85,000 a bitcoin", (sats, worth) => {
  expect(worthOf(sats, parseMicros("85000"))).toBe(parseMicros(worth));
});
