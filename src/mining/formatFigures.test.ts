import { expect, it } from "vitest";
import { Hashes, HashesPerSecond, Seconds } from "../domain/index.ts";
import { formatDifficulty, formatDuration, formatHashes, formatHashrate } from "./formatFigures.ts";

it.each([
  [0, "0 H/s"],
  [999, "999 H/s"],
  [999.9, "1 kH/s"],
  [4_213_000, "4.21 MH/s"],
  [1.5e14, "150 TH/s"],
])("writes %d H/s as %s", (rate, text) => {
  expect(formatHashrate(HashesPerSecond(rate))).toBe(text);
});

it.each([
  [0, "0"],
  [4.6565423739069247e-10, "4.66e-10"],
  [0.001254, "0.00125"],
  [1, "1"],
  [65_536, "65.5k"],
  [141e12, "141T"],
])("writes a difficulty of %d as %s", (difficulty, text) => {
  expect(formatDifficulty(difficulty)).toBe(text);
});

it.each([
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [725, "12 min 5 s"],
  [3600, "1 h"],
  [3605, "1 h"],
  [100_000, "1 d 3 h"],
  [-3, "0 s"],
])("writes %d s as %s", (duration, text) => {
  expect(formatDuration(Seconds(duration))).toBe(text);
});

it("writes hashes as 12.4 GH", () => {
  expect(formatHashes(Hashes(12_400_000_000))).toBe("12.4 GH");
});
