import { describe, expect, it } from "vitest";
import { Instant, plus, seededRandom, Seconds } from "../../../domain/index.ts";
import { hashesPerDifficulty } from "../../difficulty.ts";
import { countShare, judge, startVardiff, tidy, type Vardiff, type VardiffLimits } from "./vardiff.ts";

const limits: VardiffLimits = { shareEvery: Seconds(5), floor: 0.001, ceiling: 1e9 };
const opened = Instant(0);

/** A miner that finds shares as chance has it, at the difficulty that it has at the moment; judged every second, too. */
function mine(hashesPerSecond: number, seconds: number, start: number, seed: number) {
  const random = seededRandom(seed);
  let vardiff = startVardiff(start, limits, opened);
  const changes: { readonly second: number; readonly difficulty: number }[] = [];
  for (let at = 0, tick = 1; tick <= seconds;) {
    const sharesPerSecond = hashesPerSecond / (vardiff.difficulty * hashesPerDifficulty);
    const found = at - Math.log(1 - random.next()) / sharesPerSecond;
    const isFound = found < tick;
    at = isFound ? found : tick++;
    const next = judge(isFound ? countShare(vardiff) : vardiff, limits, plus(opened, Seconds(at)));
    if (next.difficulty !== vardiff.difficulty) changes.push({ second: at, difficulty: next.difficulty });
    vardiff = next;
  }
  return { difficulty: vardiff.difficulty, changes };
}

describe("difficulty follows the miner", () => {
  it.each([
    ["this computer", 10e6, 1024],
    ["a Bitaxe", 1.1e12, 1024],
    ["an S21", 200e12, 1024],
    ["an S21 that starts at a trifle", 200e12, 1],
    ["a farm", 20e15, 1024],
  ])("%s (%d H/s from %d): a share every 5 s, within a factor of two", (_, hashrate, start) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const wanted = Math.max(limits.floor, (hashrate * 5) / hashesPerDifficulty);
      const { difficulty, changes } = mine(hashrate, 3600, start, seed);
      expect(Math.abs(Math.log2(difficulty / wanted))).toBeLessThanOrEqual(1.2);
      expect(changes.length).toBeLessThanOrEqual(8);
    }
  });

  it("is right within ten minutes from a thousand times too hard, within seconds from as much too easy", () => {
    const right = (1e12 * 5) / hashesPerDifficulty;
    const isRight = ({ difficulty }: { difficulty: number }) => Math.abs(Math.log2(difficulty / right)) < 1.5;
    const fromAbove = mine(1e12, 1200, right * 1000, 7).changes.find(isRight);
    const fromBelow = mine(1e12, 1200, right / 1000, 7).changes.find(isRight);
    expect(fromAbove?.second).toBeLessThan(600);
    expect(fromBelow?.second).toBeLessThan(10);
  });

  it("is not lost over a long pause: a big miner that comes back does not drown us", () => {
    const before = mine(200e12, 3600, 1024, 3);
    let vardiff: Vardiff = {
      difficulty: before.difficulty,
      since: opened,
      shares: 0,
      proven: before.difficulty,
    };
    for (let second = 0; second < 36_000; second++) {
      vardiff = judge(vardiff, limits, plus(opened, Seconds(second)));
    }
    expect(vardiff.difficulty / before.difficulty).toBeCloseTo(1 / 16, 2);
    // A share now and then proves that it has become slow, and not paused.
    for (let second = 36_000; second < 72_000; second += 100) {
      vardiff = judge(countShare(vardiff), limits, plus(opened, Seconds(second)));
    }
    expect(vardiff.difficulty).toBeLessThan(before.difficulty / 64);
  });

  it("stays put for a steady miner: seldom a change an hour", () => {
    const right = (1e12 * 5) / hashesPerDifficulty;
    const changes = [1, 2, 3, 4].flatMap((seed) => mine(1e12, 6 * 3600, right, seed).changes);
    expect(changes.length).toBeLessThan(24);
  });
});

describe("a judgement", () => {
  const at = (seconds: number) => Instant(seconds * 1000);
  const found = (shares: number): Vardiff => ({ difficulty: 100, since: opened, shares, proven: undefined });

  it.each([
    ["too little to judge by", 23, 99, 100, 23],
    ["four times too many", 24, 30, 400, 0],
    ["just tolerable: twice as many", 24, 60, 100, 0],
    ["just tolerable: half as many", 10, 100, 100, 0],
    ["a quarter", 5, 100, 25, 0],
    ["none at all: a fortieth", 0, 100, 3, 0],
  ])("%s", (_, shares, seconds, difficulty, left) => {
    const judged = judge(found(shares), limits, at(seconds));
    expect(judged.shares).toBe(left);
    expect(judged.difficulty).toBeCloseTo(difficulty, 0);
  });

  it("copes with shares that come all at once", () => {
    expect(judge(found(24), limits, opened).difficulty).toBeGreaterThan(100);
    expect(judge(found(24), limits, opened).difficulty).toBeLessThanOrEqual(limits.ceiling);
  });
});

describe("a difficulty is a number that any miner reads the same", () => {
  it.each([
    [1234.567, 1230],
    [1.4, 1],
    [12.34, 12],
    [0.123456, 0.123],
    [1e12, 1e9],
    [1e-9, 0.001],
  ])("%d becomes %d", (difficulty, told) => {
    expect(tidy(difficulty, limits)).toBe(told);
  });
  it("is the floor where the ceiling lies below it", () => {
    expect(tidy(5, { ...limits, floor: 10, ceiling: 1 })).toBe(10);
  });
});
