import { describe, expect, it } from "vitest";
import { rangeSearch, searchOf, spanOf } from "./rangeSearch.ts";

describe("the time in a page's address", () => {
  it.each([
    [{}, {}, { kind: "last", seconds: 86_400 }],
    [{ range: "24h" }, {}, { kind: "last", seconds: 86_400 }],
    [{ range: "7d" }, { range: "7d" }, { kind: "last", seconds: 7 * 86_400 }],
    [
      { range: "year", from: "1970-01-01T00:00:00Z" },
      { range: "year" },
      { kind: "last", seconds: 365 * 86_400 },
    ],
    [{ range: "century" }, {}, { kind: "last", seconds: 86_400 }],
    [
      { range: "7d", from: "1970-01-01T00:00:10Z", to: "1970-01-01T01:00:00+00:00" },
      { from: "1970-01-01T00:00:10Z", to: "1970-01-01T01:00:00Z" },
      { kind: "between", from: 10, to: 3600 },
    ],
    [{ from: "1970-01-02T00:00:00Z", to: "1970-01-01T00:00:00Z" }, {}, { kind: "last", seconds: 86_400 }],
    [{ from: "soon", to: 7 }, {}, { kind: "last", seconds: 86_400 }],
  ])("%j", (address, read, span) => {
    expect(rangeSearch(address)).toEqual(read);
    expect(spanOf(rangeSearch(address))).toEqual(span);
  });

  it("is written as it is read", () => {
    const written = searchOf({ from: 10, to: 3600 });
    expect(rangeSearch({ ...written })).toEqual(written);
  });
});
