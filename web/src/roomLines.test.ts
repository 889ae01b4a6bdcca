import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Site } from "./api.ts";
import { chartWords } from "./chartWords.ts";
import { noLine } from "./chart/line.ts";
import { linesOf, seriesOf, sumOf } from "./roomLines.ts";

const site = {
  sinks: [{ id: "room" }],
  heaters: [
    { id: "one", sinkId: "room" },
    { id: "two", sinkId: "room" },
    { id: "far", sinkId: "study" },
  ],
} as unknown as Site;

describe("a room's lines", () => {
  it("need the room's own series", () => {
    expect(seriesOf(site, "room")).toEqual([
      "sink/room/temperature",
      "sink/room/target",
      "heater/one/power",
      "heater/two/power",
    ]);
  });

  it("ask for no more series than the hearth gives", () => {
    const heaters = Array.from({ length: 40 }, (_, index) => ({ id: `h${index}`, sinkId: "room" }));
    expect(seriesOf({ ...site, heaters } as Site, "room")).toHaveLength(16);
  });

  it("are read from the history", () => {
    const lines = linesOf(
      new Map([
        ["sink/room/target", { times: [1], values: [21] }],
        ["sink/room/temperature", { times: [1], values: [20] }],
        ["heater/one/power", { times: [1, 3], values: [100, 200] }],
        ["heater/two/power", { times: [2], values: [10] }],
      ]),
    );
    expect(lines.temperature.values).toEqual([20]);
    expect(lines.target.values).toEqual([21]);
    expect(lines.power).toEqual({ times: [1, 2, 3], values: [100, 110, 210] });
  });
});

describe("the sum of lines", () => {
  it("is unknown where one of them is", () => {
    const one = { times: [1, 2, 4], values: [100, null, 50] };
    const other = { times: [1, 3], values: [1, 2] };
    expect(sumOf([one, other])).toEqual({ times: [1, 2, 3, 4], values: [101, null, null, 52] });
  });

  it("of none is empty, of one is that one", () => {
    expect(sumOf([])).toBe(noLine);
    const only = { times: [1], values: [5] };
    expect(sumOf([only])).toBe(only);
  });

  it("is the sum at each time that they share, for any lines", () => {
    const values = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 2, maxLength: 5 }), (rows) => {
        const lines = rows.map((row) => ({ times: [10, 20, 30], values: row }));
        const total = [0, 1, 2].map((index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0));
        expect(sumOf(lines)).toEqual({ times: [10, 20, 30], values: total });
      }),
    );
  });
});

describe("the chart in words", () => {
  it("says what is seen", () => {
    const words = chartWords("Living room", "last 3 hours", {
      temperature: { times: [0, 10, 11, 30], values: [18, 21, null, 20] },
      target: { times: [0, 30], values: [21, 21] },
      power: { times: [0, 30], values: [500, 1500] },
    });
    expect(words.replaceAll("\u00a0", " ")).toBe(
      "Living room in the last 3 hours: it was between 18.0 and 21.0 °C, 20.0 °C at the end; 21.0 °C was wanted; " +
        "the heaters drew 500 W on average and 1.50 kW at most. Readings are missing once.",
    );
    expect(chartWords("Den", "last 7 days", linesOf(new Map()))).toBe(
      "Nothing is recorded for Den in the last 7 days.",
    );
  });
});
