import { describe, expect, it } from "vitest";
import { Digest } from "../domain/index.ts";
import { verdictOn } from "./verdict.ts";

const claims = (says: string) =>
  says.split("").map((letter, i) => ({ lease: i + 1, digest: Digest(letter.repeat(64)) }));

describe("a verdict", () => {
  it.each([
    ["a", { kind: "undecided" }],
    ["ab", { kind: "undecided" }],
    ["abc", { kind: "undecided" }],
    ["abcd", { kind: "hopeless" }],
    ["aa", { kind: "agreed", stands: 1, confirms: [2], wrong: [] }],
    ["aba", { kind: "agreed", stands: 1, confirms: [3], wrong: [2] }],
    ["abcb", { kind: "agreed", stands: 2, confirms: [4], wrong: [1, 3] }],
  ])("on %s is as it should be, in whichever order they lie", (says, verdict) => {
    expect(verdictOn(claims(says))).toEqual(verdict);
    expect(verdictOn(claims(says).toReversed())).toEqual(verdict);
  });
});
