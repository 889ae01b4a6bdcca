import { describe, expect, it } from "vitest";
import { trustSentences, uptimeOf } from "./providerWords.ts";

const standing = {
  isRevoked: false,
  isVouched: false,
  streak: 4,
  wrong: 0,
  checkShare: 1,
  probationLeft: 6,
  strikesLeft: 3,
};
const said = (change: Partial<typeof standing>) => trustSentences({ ...standing, ...change }).join(" ");

describe("how far a provider is believed", () => {
  it("is said on probation", () =>
    expect(said({})).toBe(
      "4 results in a row were found right by other machines. It is on probation: another machine does each of its tasks too, until 6 results more are right. None was found wrong.",
    ));

  it("is said after it, with what was wrong", () =>
    expect(said({ streak: 40, checkShare: 0.06, probationLeft: 0, wrong: 1, strikesLeft: 2 })).toBe(
      "40 results in a row were found right by other machines. About 6 in 100 of its results are checked, drawn when they are in. 1 result was found wrong; with 2 more it is banned.",
    ));

  it("is said of one that is vouched for, revoked or banned", () => {
    expect(said({ isVouched: true })).toContain("answers for it");
    expect(said({ isRevoked: true })).toContain("was revoked");
    expect(said({ isRevoked: true, wrong: 3, strikesLeft: 0 })).toContain("banned after 3 results");
  });
});

describe("how long it was here", () => {
  const from = "2026-11-27T00:00:00.000Z";
  const at = (hours: number) => Date.parse(from) + hours * 3_600_000;
  const long = "2026-01-01T00:00:00.000Z";
  it("is a share of the part of the day that has gone by", () => {
    expect(uptimeOf({ from, connectedSeconds: 3_600 }, long, at(2))).toBe(0.5);
    expect(uptimeOf({ from, connectedSeconds: 43_200 }, long, at(48))).toBe(0.5);
    expect(uptimeOf({ from, connectedSeconds: 120 }, long, at(0))).toBe(1);
  });

  it("begins when it joined", () =>
    expect(uptimeOf({ from, connectedSeconds: 3_600 }, "2026-11-27T10:00:00.000Z", at(12))).toBe(0.5));
});
