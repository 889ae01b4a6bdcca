import { describe, expect, it } from "vitest";
import type { Site } from "./api.ts";
import { seriesOfSite, valueNow } from "./siteSeries.ts";

const fixed = {
  price: { amount: "0.310000", currency: "EUR" },
  priceFrom: "fixed",
  feedInPrice: null,
  capacity: null,
  gramsPerKwh: null,
};
const site = {
  grid: fixed,
  outdoor: null,
  feeds: [],
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
  loads: [{ id: "boiler", name: "Washing boiler", watts: 1980 }],
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
      ["heater/boiler/power", "W", 1980],
    ]);
  });

  it("are those of the world outside too, where someone tells them", () => {
    const outside = {
      ...site,
      grid: { ...fixed, priceFrom: "time-of-use", gramsPerKwh: 210 },
      outdoor: { temperatureC: 4, irradianceWm2: 120 },
      feeds: [{ name: "carbon" }, { name: "weather" }],
    } as Site;
    const series = seriesOfSite(outside).slice(seriesOfSite(site).length);
    expect(series.map(({ id, unit }) => [id, unit, valueNow(outside, id)])).toEqual([
      ["site/grid/price", "per kWh", 0.31],
      ["site/grid/carbon", "g/kWh", 210],
      ["site/outdoor/temperature", "°C", 4],
      ["site/outdoor/irradiance", "W/m²", 120],
    ]);
  });

  it.each(["sink/none/temperature", "heater/none/power"])("%s of what is gone says nothing", (id) => {
    expect(valueNow(site, id)).toBeNull();
  });
});
