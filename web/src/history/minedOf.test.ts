import { expect, it } from "vitest";
import { minedOf } from "./minedOf.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" as const });

it("is what was earned less what tasks earned", () => {
  expect(minedOf({ revenue: eur("1.500000"), jobRevenue: eur("0.400000") })).toEqual(eur("1.100000"));
});
