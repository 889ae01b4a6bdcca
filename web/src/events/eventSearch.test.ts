import { describe, expect, it } from "vitest";
import { eventSearch } from "./eventSearch.ts";

describe("the address of the page of events", () => {
  it.each([
    [{}, {}],
    [
      { show: "decisions", level: "alarm" },
      { show: "decisions", level: "alarm" },
    ],
    [{ show: "jokes", level: "info", other: 1 }, {}],
    [
      { subject: "study", text: " late " },
      { subject: "study", text: "late" },
    ],
    [{ text: 2026 }, { text: "2026" }],
    [{ text: "  ", subject: null }, {}],
    [{ text: "x".repeat(200) }, { text: "x".repeat(100) }],
    [{ text: { toString: "no" } }, {}],
  ])("%j shows %j", (address, shown) => expect(eventSearch(address)).toEqual(shown));
});
