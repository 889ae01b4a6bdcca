import { describe, expect, it } from "vitest";
import { seriesOfHeater, type SiteSeries } from "../siteSeries.ts";
import { panesOf } from "./drawnSeries.ts";

const room = (id: string): SiteSeries[] => [
  { id: `sink/${id}/temperature`, subject: id, quantity: "temperature", unit: "°C" },
  { id: `sink/${id}/target`, subject: id, quantity: "wanted", unit: "°C" },
];

describe("panes", () => {
  it("hold what has the same unit; a room or heater keeps its colour in all", () => {
    const panes = panesOf([...room("one"), ...room("two"), ...seriesOfHeater("miner", "Miner")], new Map());
    expect(
      panes.map(({ unit, series }) => [
        unit,
        series.map(({ colour, isDashed }) => [colour.at(-1), isDashed]),
      ]),
    ).toEqual([
      [
        "°C",
        [
          ["1", false],
          ["1", true],
          ["2", false],
          ["2", true],
          ["3", false],
        ],
      ],
      [
        "W",
        [
          ["3", false],
          ["3", true],
        ],
      ],
      ["H/s", [["3", false]]],
    ]);
  });

  it("begin again with the first colour when all are used", () => {
    const many = Array.from({ length: 7 }, (_, index) => room(`room-${index}`)).flat();
    const [pane] = panesOf(many, new Map());
    expect(pane?.series.at(-1)?.colour).toBe("--series-1");
  });

  it("carry their lines, and are none without series", () => {
    const line = { times: [1], values: [20] };
    const [pane] = panesOf(room("one"), new Map([["sink/one/temperature", line]]));
    expect(pane?.series.map((series) => series.line)).toEqual([line, { times: [], values: [] }]);
    expect(panesOf([], new Map())).toEqual([]);
  });
});
