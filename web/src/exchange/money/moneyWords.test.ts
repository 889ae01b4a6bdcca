import { expect, it } from "vitest";
import { causeWords } from "./moneyWords.ts";

it.each([
  ["reserve/j1", "escrow/j1", "Set aside for a job", "j1"],
  ["refund/j1", "escrow/j1", "Back from a job that ended", "j1"],
  ["deposit/operator/first", "outside", "Deposit", undefined],
  ["claw/7", "provider/p1", "claw 7", undefined],
])("says what moved an account: %s", (cause, other, words, job) =>
  expect(causeWords({ cause, other })).toEqual({ words, job }),
);
