import { expect, it } from "vitest";
import { Instant, Micros, ProviderId } from "../domain/index.ts";
import { quoteFromBook } from "./bookQuote.ts";

const step = (slots: number, perClassHour: bigint) => ({ slots, perClassHour: Micros(perClassHour) });
const asks = [
  { provider: ProviderId("a"), steps: [step(1, 3600n), step(2, 7200n)], memoryMiB: 64, trust: 0 },
  { provider: ProviderId("b"), steps: [step(5, 360_000n)], memoryMiB: 64, trust: 0 },
];
const wanted = {
  tasks: 5,
  classSeconds: 10,
  memoryMiB: 64,
  ceiling: Micros(20n),
  deadline: Instant(1),
};

it("tells how many of a job's tasks would begin at once, and at which prices", () => {
  expect(quoteFromBook(asks, wanted)).toEqual({ tasks: 3, least: 10n, most: 20n, cheapest: 10n });
});

it("tells what a task would cost where the bid is too low for any", () => {
  const bid = { ...wanted, ceiling: Micros(1n) };
  expect(quoteFromBook(asks, bid)).toEqual({
    tasks: 0,
    least: undefined,
    most: undefined,
    cheapest: 10n,
  });
});

it("tells nothing where nobody can run it", () => {
  expect(quoteFromBook(asks, { ...wanted, memoryMiB: 128 }).cheapest).toBeUndefined();
});
