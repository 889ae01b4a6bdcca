import { describe, expect, it } from "vitest";
import { seededRandom } from "./random.ts";

const many = 100_000;
const draw = (seed: number, count = many) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's chi-squared against equal counts. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("seededRandom", () => {
  it("gives the same for the same seed, and another for another", () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    expect(draw(7, 50)).not.toEqual(draw(8, 50));
  });

  it("keeps its first numbers from release to release, so that a failing seed can be replayed", () => {
    const random = seededRandom(1);
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toMatchInlineSnapshot(`
      [
        568,
        889,
        470,
      ]
    `);
    expect(random.fork("devices").integer(1000)).toMatchInlineSnapshot(`564`);
  });

  it.each([0, 1, 42, -1, 0xffffffff])("is uniform in [0, 1) from the seed %i", (seed) => {
    const values = draw(seed);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const counts = Array.from({ length: 100 }, () => 0);
    for (const value of values) counts[Math.floor(value * 100)] = (counts[Math.floor(value * 100)] ?? 0) + 1;
    expect(chiSquared(counts)).toBeLessThan(160);
    expect(mean(values)).toBeCloseTo(0.5, 2);
  });

  it("does not tell the next number by the last", () => {
    const values = draw(3);
    const products = values.slice(1).map((value, index) => (value - 0.5) * ((values[index] ?? 0) - 0.5));
    expect(Math.abs(mean(products)) * 12).toBeLessThan(0.015);
  });

  it("fills 53 bits", () => {
    const low = draw(5, 4000).map((value) => (value * 2 ** 53) % 2);
    expect(low.every(Number.isInteger)).toBe(true);
    expect(mean(low)).toBeCloseTo(0.5, 1);
  });

  it.each([1, 2, 6, 1000])("gives each integer below %i equally often", (below) => {
    const random = seededRandom(9);
    const counts = Array.from({ length: below }, () => 0);
    for (let turn = 0; turn < many; turn++) {
      const value = random.integer(below);
      expect(Number.isInteger(value) && value >= 0 && value < below).toBe(true);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(chiSquared(counts)).toBeLessThan(below + 5 * Math.sqrt(2 * below));
  });

  it("gives normal numbers of mean 0 and deviation 1", () => {
    const random = seededRandom(11);
    const values = Array.from({ length: many }, () => random.normal());
    expect(values.every(Number.isFinite)).toBe(true);
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    const within = values.filter((value) => Math.abs(value) < 1).length / many;
    expect(within).toBeCloseTo(0.6827, 2);
    expect(mean(values.map((value) => value ** 4))).toBeCloseTo(3, 0);
  });

  it("forks streams by name that do not depend on what was drawn before", () => {
    const [drawn, fresh] = [seededRandom(4), seededRandom(4)];
    drawn.next();
    const first = (random: ReturnType<typeof seededRandom>) =>
      Array.from({ length: 10 }, () => random.next());
    expect(first(drawn.fork("a"))).toEqual(first(fresh.fork("a")));
    expect(first(fresh.fork("a"))).not.toEqual(first(fresh.fork("b")));
    expect(first(fresh.fork("a"))).not.toEqual(first(seededRandom(5).fork("a")));
    const names = new Set(Array.from({ length: 2000 }, (_, index) => fresh.fork(`device-${index}`).next()));
    expect(names.size).toBe(2000);
  });
});
