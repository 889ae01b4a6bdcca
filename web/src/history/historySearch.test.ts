import { describe, expect, it } from "vitest";
import type { SiteSeries } from "../siteSeries.ts";
import { historySearch, shownSeries, toggled } from "./historySearch.ts";

const series = (id: string) => ({ id }) as SiteSeries;
const all = ["sink/room/temperature", "sink/room/target", "heater/miner/power", "heater/miner/hashrate"].map(
  series,
);
const ids = (shown: readonly SiteSeries[]) => shown.map(({ id }) => id);

describe("the series in the address of the history", () => {
  it.each([
    [{}, {}],
    [
      { series: "sink/room/target", range: "7d" },
      { series: "sink/room/target", range: "7d" },
    ],
    [{ series: "sink/room/target,<script>,x" }, { series: "sink/room/target" }],
    [{ series: "nothing" }, {}],
    [{ series: 7 }, {}],
  ])("%j", (address, read) => expect(historySearch(address)).toEqual(read));

  it("are as many as the hearth gives at once", () => {
    const many = Array.from({ length: 40 }, (_, index) => `sink/room-${index}/temperature`);
    expect(historySearch({ series: many.join() }).series?.split(",")).toHaveLength(16);
    expect(shownSeries(many.map(series), {})).toHaveLength(16);
  });

  it("are the rooms' temperatures and the heaters' power at first", () => {
    expect(ids(shownSeries(all, {}))).toEqual(["sink/room/temperature", "heater/miner/power"]);
  });

  it("are taken in and out, but never all out", () => {
    const more = toggled(all, { range: "7d" }, "sink/room/target");
    expect(more).toEqual({
      range: "7d",
      series: "sink/room/temperature,heater/miner/power,sink/room/target",
    });
    const less = toggled(all, more, "heater/miner/power");
    expect(ids(shownSeries(all, less))).toEqual(["sink/room/temperature", "sink/room/target"]);
    const one = { series: "sink/room/target" };
    expect(toggled(all, one, "sink/room/target")).toEqual(one);
  });
});
