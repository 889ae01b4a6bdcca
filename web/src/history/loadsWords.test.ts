import { expect, it } from "vitest";
import { loadsWords } from "./loadsWords.ts";

it("tells what loads drew and what it cost, and nothing where they drew nothing", () => {
  const loads = (energyKwh: number) => ({
    energyKwh,
    cost: { amount: "0.420000", currency: "EUR" as const },
  });
  expect(loadsWords({ loads: loads(2) })).toMatch(/^2\.00\skWh, \D*0\.42\D*$/);
  expect([loadsWords({ loads: loads(0) }), loadsWords({ loads: null })]).toEqual(["–", "–"]);
});
