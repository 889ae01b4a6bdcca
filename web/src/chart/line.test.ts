import { describe, expect, it } from "vitest";
import { noLine, since, summaryOf, valueAt, withLive } from "./line.ts";

describe("live points", () => {
  const recorded = { times: [80, 90], values: [18, 19] };
  const point = (time: number) => ({ time, value: 20 });

  it("follow what is recorded, and what is older is left out", () => {
    expect(withLive(recorded, [point(90), point(100)], 120)).toEqual({
      times: [80, 90, 100],
      values: [18, 19, 20],
    });
  });

  it("leave a gap open where nothing was seen", () => {
    expect(withLive(recorded, [point(300)], 120)).toEqual({
      times: [80, 90, 150, 300],
      values: [18, 19, null, 20],
    });
  });
});

describe("a part of a line", () => {
  it("begins with the value that held there", () => {
    expect(since({ times: [1, 2, 3], values: [10, 20, 30] }, 2.5)).toEqual({
      times: [2, 3],
      values: [20, 30],
    });
    expect(since({ times: [1, 2], values: [10, 20] }, 0)).toEqual({ times: [1, 2], values: [10, 20] });
    expect(since({ times: [1], values: [10] }, 5)).toBe(noLine);
  });
});

describe("the value of a line", () => {
  const line = { times: [10, 20, 30], values: [1, null, 3] };
  it.each([
    [undefined, 3],
    [5, null],
    [10, 1],
    [19, 1],
    [25, null],
    [99, 3],
  ])("at %s is %s", (at, value) => expect(valueAt(line, at)).toBe(value));
});

describe("a line in numbers", () => {
  it("weighs by time and leaves gaps out", () => {
    const line = { times: [0, 10, 20, 21, 100, 110], values: [100, 200, 200, null, 400, 400] };
    expect(summaryOf(line)).toEqual({ min: 100, max: 400, mean: 7000 / 30, last: 400, gaps: 1 });
    expect(summaryOf({ times: [1], values: [null] })).toBeUndefined();
  });
});
