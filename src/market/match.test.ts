import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, JobId, Micros, ProviderId } from "../domain/index.ts";
import type { Ask, Bid } from "./book.ts";
import { match } from "./match.ts";
import { priceOf } from "./price.ts";

const ask = (provider: string, change: Partial<Ask> = {}): Ask => ({
  provider: ProviderId(provider),
  steps: [{ slots: 1, perClassHour: Micros(3600n) }],
  memoryMiB: 64,
  trust: 0,
  ...change,
});
const bid = (job: string, change: Partial<Bid> = {}): Bid => ({
  job: JobId(job),
  consumer: "c",
  tasks: 1,
  doers: [],
  classSeconds: 10,
  memoryMiB: 64,
  ceiling: Micros(1000n),
  deadline: Instant(1),
  ...change,
});
const step = (slots: number, perClassHour: bigint) => ({ slots, perClassHour: Micros(perClassHour) });
const placed = (asks: Ask[], bids: Bid[], shares?: Map<string, number>) =>
  match(asks, bids, shares).map(
    ({ job, provider, tasks, price }) => `${tasks} of ${job} on ${provider} at ${price}`,
  );

describe("matching", () => {
  it("takes the lowest ask first, at the price asked", () => {
    const asks = [ask("a", { steps: [step(2, 7200n)] }), ask("b", { steps: [step(2, 3600n)] })];
    expect(placed(asks, [bid("j", { tasks: 3 })])).toEqual(["2 of j on b at 10", "1 of j on a at 20"]);
  });

  it("climbs a provider's curve only as far as the bid goes", () => {
    const asks = [ask("a", { steps: [step(1, 3600n), step(1, 7200n), step(5, 36_000n)] })];
    const bids = [bid("j", { tasks: 9, ceiling: Micros(20n) })];
    expect(placed(asks, bids)).toEqual(["1 of j on a at 10", "1 of j on a at 20"]);
  });

  it("takes the more trusted of two that ask the same", () => {
    expect(placed([ask("a"), ask("b", { trust: 0.5 })], [bid("j")])).toEqual(["1 of j on b at 10"]);
  });

  it("goes past who has too little memory, for this job alone", () => {
    const asks = [ask("a", { memoryMiB: 32 }), ask("b", { steps: [step(1, 7200n)] })];
    expect(placed(asks, [bid("big"), bid("small", { memoryMiB: 16, deadline: Instant(2) })])).toEqual([
      "1 of big on b at 20",
      "1 of small on a at 10",
    ]);
  });

  it("serves the earliest deadline of a consumer first", () => {
    const bids = [bid("late", { deadline: Instant(9) }), bid("soon", { deadline: Instant(3) })];
    expect(placed([ask("a")], bids)).toEqual(["1 of soon on a at 10"]);
  });

  it("has nobody check himself, and what is to be checked done first", () => {
    const asks = [ask("a", { steps: [step(1, 3600n)] }), ask("b", { steps: [step(1, 7200n)] })];
    const bids = [bid("j"), bid("j", { doers: [ProviderId("a")] })];
    expect(placed(asks, bids)).toEqual(["1 of j on b at 20", "1 of j on a at 10"]);
    expect(placed([ask("a")], bids)).toEqual(["1 of j on a at 10"]);
  });

  it("lets nobody crowd out another", () => {
    const asks = [ask("a", { steps: [step(4, 3600n)] })];
    const bids = [
      bid("flood", { consumer: "a", tasks: 1000 }),
      bid("few", { consumer: "b", tasks: 2, deadline: Instant(9) }),
    ];
    const tasksOf = (job: string, shares?: Map<string, number>) =>
      match(asks, bids, shares)
        .filter((placement) => placement.job === job)
        .reduce((sum, { tasks }) => sum + tasks, 0);
    expect([tasksOf("flood"), tasksOf("few")]).toEqual([2, 2]);
    expect(tasksOf("flood", new Map([["b", 20]]))).toBe(3);
  });

  it("takes nobody who emits more than the bid allows, or does not say", () => {
    const asks = [
      ask("silent"),
      ask("dirty", { steps: [step(9, 3601n)], gramsPerClassHour: 100 }),
      ask("clean", { steps: [step(1, 7200n)], gramsPerClassHour: 10 }),
    ];
    expect(placed(asks, [bid("j", { tasks: 9, gramsCeiling: 0.1 })])).toEqual(["1 of j on clean at 20"]);
  });

  it("takes machines of one class alone where that is asked", () => {
    const asks = [ask("a"), ask("b", { machine: "linux" }), ask("c", { machine: "other" })];
    expect(placed(asks, [bid("j", { tasks: 3, machine: "linux" })])).toEqual(["1 of j on b at 10"]);
    expect(placed(asks, [bid("j", { tasks: 3, machine: "" })])).toEqual(["1 of j on a at 10"]);
  });

  it("takes nobody who is believed less than is asked", () => {
    const asks = [ask("a", { trust: 0.9 }), ask("b", { steps: [step(1, 7200n)], trust: 1 })];
    expect(placed(asks, [bid("j", { tasks: 2, leastTrust: 1 })])).toEqual(["1 of j on b at 20"]);
  });

  it("takes of two that ask and are trusted alike the one that has the data", () => {
    const asks = [ask("a"), ask("b", { holds: new Set(["module"]) }), ask("c", { trust: 0.1 })];
    expect(placed(asks, [bid("j", { tasks: 3, data: "module" })])).toEqual([
      "1 of j on c at 10",
      "1 of j on b at 10",
      "1 of j on a at 10",
    ]);
  });

  it("rounds a price up, and gives nothing away", () => {
    expect(priceOf(Micros(1n), 1)).toBe(1n);
    expect(priceOf(Micros(3601n), 1)).toBe(2n);
    expect(priceOf(Micros(20_000n), 1800)).toBe(10_000n);
  });
});

describe("matching holds, whatever the book", () => {
  const memory = fc.constantFrom(16, 64, 256);
  const asks = fc
    .array(
      fc.record({
        steps: fc.array(fc.record({ slots: fc.nat(4), perClassHour: fc.bigInt({ min: 1n, max: 50_000n }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        memoryMiB: memory,
        trust: fc.constantFrom(0, 0.5, 1),
        gramsPerClassHour: fc.option(fc.constantFrom(10, 100), { nil: undefined }),
        holds: fc.subarray(["m", "n"]).map((data) => new Set(data)),
      }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ steps, ...rest }, i): Ask => {
        const rising = steps.toSorted((a, b) => Number(a.perClassHour - b.perClassHour));
        return {
          ...rest,
          provider: ProviderId(`p${i}`),
          steps: rising.map((one) => step(one.slots, one.perClassHour)),
        };
      }),
    );
  const bids = fc
    .array(
      fc.record({
        tasks: fc.nat(6),
        doers: fc.subarray(["p0", "p1", "p2"]).map((ids) => ids.map((id) => ProviderId(id))),
        consumer: fc.constantFrom("a", "b", "c"),
        classSeconds: fc.integer({ min: 1, max: 30 }),
        memoryMiB: memory,
        ceiling: fc.bigInt({ min: 1n, max: 300n }).map((amount) => Micros(amount)),
        gramsCeiling: fc.option(fc.constantFrom(0.01, 0.5), { nil: undefined }),
        data: fc.constantFrom("m", "n", undefined),
        deadline: fc.nat(5).map((at) => Instant(at)),
      }),
      { maxLength: 10 },
    )
    .map((all) => all.map((one, i): Bid => ({ ...one, job: JobId(`j${i}`) })));

  it("no task costs more than its bid, or lies on who cannot run it, and nobody gets more than he offers", () => {
    fc.assert(
      fc.property(asks, bids, (book, wanted) => {
        const placements = match(book, wanted);
        for (const { job, provider, price } of placements) {
          const its = wanted.find((one) => one.job === job);
          const who = book.find((one) => one.provider === provider);
          expect(price <= (its?.ceiling ?? 0n)).toBe(true);
          expect(who?.memoryMiB).toBeGreaterThanOrEqual(its?.memoryMiB ?? Infinity);
          expect(its?.doers).not.toContain(provider);
          const grams = ((who?.gramsPerClassHour ?? Infinity) * (its?.classSeconds ?? 0)) / 3600;
          expect(grams <= (its?.gramsCeiling ?? Infinity)).toBe(true);
        }
        const sum = (of: (placement: (typeof placements)[number]) => boolean) =>
          placements.filter(of).reduce((total, { tasks }) => total + tasks, 0);
        for (const { provider, steps } of book)
          expect(sum((one) => one.provider === provider)).toBeLessThanOrEqual(
            steps.reduce((slots, one) => slots + one.slots, 0),
          );
        for (const { job, tasks } of wanted) expect(sum((one) => one.job === job)).toBeLessThanOrEqual(tasks);
      }),
    );
  });

  it("nothing waits that a free slot could do within its bid", () => {
    fc.assert(
      fc.property(asks, bids, (book, wanted) => {
        const placements = match(book, wanted);
        const taken = (by: (placement: (typeof placements)[number]) => boolean) =>
          placements.filter(by).reduce((total, { tasks }) => total + tasks, 0);
        for (const one of wanted) {
          if (taken(({ job }) => job === one.job) === one.tasks) continue;
          for (const who of book) {
            const used = taken(({ provider }) => provider === who.provider);
            const units = who.steps.flatMap(({ slots, perClassHour }) =>
              Array.from({ length: slots }, () => perClassHour),
            );
            const next = units[used];
            if (next === undefined || who.memoryMiB < one.memoryMiB) continue;
            if (one.doers.includes(who.provider)) continue;
            const grams = ((who.gramsPerClassHour ?? Infinity) * one.classSeconds) / 3600;
            if (grams > (one.gramsCeiling ?? Infinity)) continue;
            expect(priceOf(next, one.classSeconds) > one.ceiling).toBe(true);
          }
        }
      }),
    );
  });

  it("the outcome is the same in whichever order asks and bids come", () => {
    fc.assert(
      fc.property(asks, bids, fc.infiniteStream(fc.nat()), (book, wanted, chance) => {
        const shuffled = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, rank: chance.next().value as number }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        expect(match(shuffled(book), shuffled(wanted))).toEqual(match(book, wanted));
      }),
    );
  });
});
