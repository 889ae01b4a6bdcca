import { expect, it } from "vitest";
import { marginalWords } from "./levelWords.ts";

it.each([
  [["told", "told", null], "goes by what one kWh more makes the grid emit."],
  [["told", "mean"], "where it was not told, the mean kWh stands for it."],
  [["partly"], "where it was not told, the mean kWh stands for it."],
  [["mean", null], "nothing tells that here, so the mean kWh stands for it."],
] as const)("says of days by %j which kWh the ledger of what changed goes by", (days, words) => {
  expect(marginalWords(days.map((marginal) => ({ marginal }))).endsWith(words)).toBe(true);
});
