import { describe, expect, it } from "vitest";
import { failureWords, secondsWords, shortened } from "./taskWords.ts";

describe("the words of a task", () => {
  it.each([
    ["bad-job", "unreachable", "by the module’s fault: unreachable"],
    ["network", null, "as the machine was lost"],
    [null, "the job ended", "the job ended"],
    [null, null, ""],
  ] as const)("say why it failed: %s, %s", (failure, message, words) =>
    expect(failureWords({ failure, message })).toBe(words),
  );

  it("shorten what is long", () =>
    expect([shortened("a".repeat(64)), shortened("operator")]).toEqual(["aaaaaaaa…aaaa", "operator"]));

  it("tell how long it ran", () =>
    expect([secondsWords(0.4), secondsWords(63.2), secondsWords(null)]).toEqual([
      "0.40\u00a0s",
      "63\u00a0s",
      "–",
    ]));
});
