import { describe, expect, it } from "vitest";
import { taskShares, taskWords } from "./jobWords.ts";

const tasks = { count: 64, done: 12, running: 2, waiting: 50, failed: 0 };

describe("the words of a job", () => {
  it("tell how its tasks stand, and leave out what is nothing", () => {
    expect(taskWords(tasks)).toBe("12 of 64 tasks done, 2 running, 50 waiting");
    expect(taskWords({ count: 1, done: 0, running: 0, waiting: 0, failed: 1 })).toBe(
      "0 of 1 task done, 1 failed",
    );
  });

  it("give shares of all tasks", () =>
    expect(taskShares({ ...tasks, failed: 16 })).toEqual({ done: 18.75, running: 3.125, failed: 25 }));
});
