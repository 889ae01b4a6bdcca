import { expect, it } from "vitest";
import { earnedWords } from "./earnedWords.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" as const });

it("tells what was earned, and of it what tasks earned where there were any", () => {
  expect(earnedWords({ revenue: eur("1.500000"), jobRevenue: eur("0.000000") })).toMatch(/^\D*1.50\D*$/);
  expect(earnedWords({ revenue: eur("1.500000"), jobRevenue: eur("0.500000") })).toMatch(
    /1.50.*, .*0.50.* of it by tasks$/,
  );
});
