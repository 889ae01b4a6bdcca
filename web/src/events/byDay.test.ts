import { describe, expect, it } from "vitest";
import { byDay } from "./byDay.ts";

const at = (text: string) => ({ at: `${text}Z` });

describe("entries by day", () => {
  it("turn at the site's midnight, newest first", () => {
    const entries = [
      at("2026-11-23T23:30:00"),
      at("2026-11-23T22:59:59"),
      at("2026-11-22T23:00:00"),
      at("2026-11-20T12:00:00"),
    ];
    expect(byDay(entries, "Europe/Berlin")).toEqual([
      { at: Date.parse("2026-11-23T23:30:00Z"), entries: [entries[0]] },
      { at: Date.parse("2026-11-23T22:59:59Z"), entries: [entries[1], entries[2]] },
      { at: Date.parse("2026-11-20T12:00:00Z"), entries: [entries[3]] },
    ]);
  });

  it("are none when there are none", () => expect(byDay([], "Europe/Berlin")).toEqual([]));
});
