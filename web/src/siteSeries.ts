import type { Site } from "./api.ts";

export type Unit = "°C" | "W" | "H/s" | "per kWh" | "g/kWh" | "W/m²";

/** A series that the site records. */
export interface SiteSeries {
  readonly id: string;
  /** What it belongs to, as people call it. */
  readonly subject: string;
  readonly quantity: string;
  readonly unit: Unit;
}

/** All that is recorded of a site's rooms and heaters, and of the world outside. */
export function seriesOfSite(site: Site): SiteSeries[] {
  const rooms = site.sinks.flatMap(({ id, name }): SiteSeries[] => [
    { id: `sink/${id}/temperature`, subject: name, quantity: "temperature", unit: "°C" },
    { id: `sink/${id}/target`, subject: name, quantity: "wanted", unit: "°C" },
  ]);
  return [
    ...rooms,
    ...site.heaters.flatMap(({ id, name }) => seriesOfHeater(id, name)),
    ...site.loads.map(({ id, name }) => powerOf(id, name)),
    ...seriesOutside(site),
  ];
}

function seriesOutside({ grid, outdoor, feeds }: Site): SiteSeries[] {
  const series: SiteSeries[] = [];
  if (grid.priceFrom !== "fixed" || feeds.some(({ name }) => name === "prices")) {
    series.push({ id: "site/grid/price", subject: "Grid", quantity: "price", unit: "per kWh" });
  }
  if (feeds.some(({ name }) => name === "carbon")) {
    series.push({ id: "site/grid/carbon", subject: "Grid", quantity: "carbon", unit: "g/kWh" });
  }
  if (outdoor || feeds.some(({ name }) => name === "weather")) {
    series.push(
      { id: "site/outdoor/temperature", subject: "Outdoors", quantity: "forecast", unit: "°C" },
      { id: "site/outdoor/irradiance", subject: "Outdoors", quantity: "sun", unit: "W/m²" },
    );
  }
  return series;
}

const powerOf = (id: string, name: string): SiteSeries => ({
  id: `heater/${id}/power`,
  subject: name,
  quantity: "power",
  unit: "W",
});

export function seriesOfHeater(id: string, name: string): SiteSeries[] {
  return [
    powerOf(id, name),
    { id: `heater/${id}/setpoint`, subject: name, quantity: "asked for", unit: "W" },
    { id: `heater/${id}/hashrate`, subject: name, quantity: "hashes", unit: "H/s" },
    { id: `heater/${id}/temperature`, subject: name, quantity: "hottest part", unit: "°C" },
  ];
}

/** What a series says now. */
export function valueNow(site: Site, series: string): number | null {
  const [kind, id, quantity] = series.split("/");
  if (kind === "sink") {
    const sink = site.sinks.find((one) => one.id === id);
    return (quantity === "target" ? sink?.comfort.targetC : sink?.temperatureC) ?? null;
  }
  if (kind === "site") {
    if (id === "grid") return quantity === "price" ? Number(site.grid.price.amount) : site.grid.gramsPerKwh;
    return (quantity === "temperature" ? site.outdoor?.temperatureC : site.outdoor?.irradianceWm2) ?? null;
  }
  const heater = site.heaters.find((one) => one.id === id);
  if (!heater) return site.loads.find((one) => one.id === id)?.watts ?? null;
  if (quantity === "power") return heater.watts;
  if (quantity === "setpoint") return heater.setpointWatts;
  return quantity === "hashrate" ? heater.hashesPerSecond : heater.temperatureC;
}
