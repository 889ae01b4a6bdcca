import { expect, it } from "vitest";
import { Hashes, Seconds } from "../../domain/index.ts";
import { createRateWindow } from "./rateWindow.ts";

const sample = (at: number, hashes: number) => ({ at: Seconds(at), hashes: Hashes(hashes) });

it("has no rate before there are two counts", () => {
  const rate = createRateWindow();
  expect(rate.rateUntil(sample(0, 0))).toBe(0);
  rate.add(sample(0, 0));
  expect(rate.rateUntil(sample(0, 0))).toBe(0);
});

it("is the mean since the first count, then over the last ten seconds", () => {
  const rate = createRateWindow();
  for (let at = 0; at <= 60; at++) rate.add(sample(at, at <= 30 ? 100 * at : 3000 + 500 * (at - 30)));
  expect(rate.rateUntil(sample(60, 18_000))).toBe(500);

  const young = createRateWindow();
  young.add(sample(0, 0));
  young.add(sample(1, 100));
  expect(young.rateUntil(sample(2, 300))).toBe(150);
});

it("falls to zero when nothing is hashed", () => {
  const rate = createRateWindow();
  for (let at = 0; at <= 30; at++) rate.add(sample(at, Math.min(at, 15) * 100));
  expect(rate.rateUntil(sample(30.5, 1500))).toBe(0);
});
