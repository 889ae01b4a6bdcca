import { describe, expect, it } from "vitest";
import type { Site } from "./api.ts";
import { seriesOfSite, valueNow } from "./siteSeries.ts";

const site = {
  sinks: [{ id: "study", name: "Study", temperatureC: 20.5, comfort: { targetC: 21 } }],
  heaters: [
    {
      id: "miner",
      name: "Miner",
      watts: 90,
      setpointWatts: 100,
      hashesPerSecond: 4e6,
      temperatureC: null,
    },
  ],
} as unknown as Site;

describe("the series of a site", () => {
  it("are those of its rooms, then of its heaters, each with what it says now", () => {
    expect(seriesOfSite(site).map(({ id, unit }) => [id, unit, valueNow(site, id)])).toEqual([
      ["sink/study/temperature", "°C", 20.5],
      ["sink/study/target", "°C", 21],
      ["heater/miner/power", "W", 90],
      ["heater/miner/setpoint", "W", 100],
      ["heater/miner/hashrate", "H/s", 4e6],
      ["heater/miner/temperature", "°C", null],
    ]);
  });

  it.each(["sink/none/temperature", "heater/none/power"])("%s of what is gone says nothing", (id) => {
    expect(valueNow(site, id)).toBeNull();
  });
});
