import { describe, it } from "vitest";
import { liveThrough } from "./control.invariants.suite.ts";

const homes = Math.ceil(Number(process.env["HEARTHWORK_FUZZ"] ?? 200_000) / 500);

describe("the laws of the hearth", () => {
  it(`hold through the lives of ${homes} homes`, () => {
    for (let seed = 1000; seed < 1000 + homes; seed++) liveThrough(seed, 5000);
  });
});
