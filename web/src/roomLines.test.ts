import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { History, Site } from "./api.ts";
import { chartWords } from "./chartWords.ts";
import {
  linesOf,
  livePointOf,
  noLine,
  noLines,
  seriesOf,
  since,
  sumOf,
  summaryOf,
  withLive,
} from "./roomLines.ts";

const site = {
  now: "1970-01-01T00:01:40.000Z",
  sinks: [{ id: "room", temperatureC: 20.5, comfort: { targetC: 21 } }],
  heaters: [
    { id: "one", sinkId: "room", watts: 90 },
    { id: "two", sinkId: "room", watts: 10 },
    { id: "far", sinkId: "study", watts: 500 },
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
    const history = {
      resolution: "raw",
      series: [
        { id: "sink/room/target", unit: "°C", times: [1], values: [21] },
        { id: "sink/room/temperature", unit: "°C", times: [1], values: [20] },
        { id: "heater/one/power", unit: "W", times: [1, 3], values: [100, 200] },
        { id: "heater/two/power", unit: "W", times: [2], values: [10] },
      ],
    } as History;
    const lines = linesOf(history);
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

describe("live points", () => {
  it("take the heaters of the room together", () => {
    expect(livePointOf(site, "room")).toEqual({
      time: 100,
      values: { temperature: 20.5, target: 21, power: 100 },
    });
    expect(livePointOf(site, "nowhere")).toBeUndefined();
  });

  it("have no power when a heater's is not known", () => {
    const heaters = [...site.heaters.slice(0, 1), { ...site.heaters[1], watts: null }];
    expect(livePointOf({ ...site, heaters } as Site, "room")?.values.power).toBeNull();
  });

  const point = (time: number) => ({ time, values: { temperature: 20, target: 21, power: 90 } });
  const recorded = { ...noLines, temperature: { times: [80, 90], values: [18, 19] } };

  it("follow what is recorded, and what is older is left out", () => {
    expect(withLive(recorded, [point(90), point(100)], 120).temperature).toEqual({
      times: [80, 90, 100],
      values: [18, 19, 20],
    });
  });

  it("leave a gap open where nothing was seen", () => {
    expect(withLive(recorded, [point(300)], 120).temperature).toEqual({
      times: [80, 90, 150, 300],
      values: [18, 19, null, 20],
    });
  });
});

describe("a part of a line", () => {
  it("begins with the value that held there", () => {
    expect(since({ times: [1, 2, 3], values: [10, 20, 30] }, 2.5)).toEqual({
      times: [2, 3],
      values: [20, 30],
    });
    expect(since({ times: [1, 2], values: [10, 20] }, 0)).toEqual({ times: [1, 2], values: [10, 20] });
    expect(since({ times: [1], values: [10] }, 5)).toBe(noLine);
  });
});

describe("the chart in words", () => {
  it("weighs by time and leaves gaps out", () => {
    const line = { times: [0, 10, 20, 21, 100, 110], values: [100, 200, 200, null, 400, 400] };
    expect(summaryOf(line)).toEqual({ min: 100, max: 400, mean: 7000 / 30, last: 400, gaps: 1 });
    expect(summaryOf({ times: [1], values: [null] })).toBeUndefined();
  });

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
    expect(chartWords("Den", "last 7 days", noLines)).toBe("Nothing is recorded for Den in the last 7 days.");
  });
});
