import { describe, expect, it } from "vitest";
import { parseEpw } from "./epw.ts";
import { sampleEpw } from "./sampleEpw.suite.ts";

describe("an EPW file", () => {
  it("gives place, hours and ground", () => {
    const year = parseEpw(sampleEpw());
    expect(year.place).toEqual({
      name: "Sampletown, XX, XXX",
      latitude: 52.5,
      longitude: 13.4,
      hoursFromUtc: 1,
      altitudeM: 34,
    });
    expect(year.hours).toBe(8760);
    expect(year.outdoorC[0]).toBe(5);
    expect(year.relativeHumidity[0]).toBeCloseTo(0.8);
    expect(year.directNormal[12]).toBe(500);
    expect(year.groundC).toHaveLength(12);
    expect(year.groundC[0]).toBe(9);
  });

  it("may have CRLF line ends, a byte order mark and empty last lines", () => {
    const text = `\uFEFF${sampleEpw().replaceAll("\n", "\r\n")}\r\n\r\n`;
    expect(parseEpw(text).hours).toBe(8760);
  });

  it("computes the sky's long waves where nobody measured them", () => {
    const year = parseEpw(sampleEpw({ skyInfrared: "9999" }));
    expect(year.skyInfrared[0]).toBeGreaterThan(200);
    expect(year.skyInfrared[0]).toBeLessThan(400);
  });

  it.each([
    ["is no EPW", "hello\n", 1],
    ["has too few hours", sampleEpw().split("\n").slice(0, 500).join("\n"), 500],
    ["has a temperature missing", sampleEpw({ outdoorC: "99.9" }), 9],
    ["has letters for radiation", sampleEpw({ directNormal: "sunny" }), 9],
    ["has no latitude", sampleEpw().replace("52.5", "north"), 1],
    ["is too long", "x".repeat(9 * 1024 * 1024), 1],
  ])("is refused by its line when it %s", (_what, text, line) => {
    expect(() => parseEpw(text)).toThrow(
      expect.objectContaining({ code: "weather/not-epw", data: { line } }) as Error,
    );
  });
});
