import { describe, expect, it } from "vitest";
import { Digest } from "../domain/index.ts";
import { agreementOf, verdictOn } from "./verdict.ts";

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

  it("takes what is near for the same where a job wishes it, and not what is far", () => {
    const claim = (lease: number, value: number) => ({
      lease,
      digest: Digest(`${lease}`.repeat(64)),
      output: new Uint8Array(new Float64Array([value]).buffer),
    });
    const near = agreementOf({ tolerance: { absolute: 0, relative: 1e-9 } });
    expect(verdictOn([claim(1, 1), claim(2, 2), claim(3, 1 + 1e-10)], near)).toEqual({
      kind: "agreed",
      stands: 1,
      confirms: [3],
      wrong: [2],
    });
    expect(verdictOn([claim(1, 1), claim(2, 1 + 1e-10)])).toEqual({ kind: "undecided" });
  });
});
