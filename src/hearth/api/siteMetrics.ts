import { Gauge, Registry } from "prom-client";
import type { HeaterView, SinkView } from "../../wire/index.ts";
import type { SiteService } from "../siteService.ts";

interface Row<View> {
  readonly name: string;
  readonly help: string;
  readonly value: (view: View) => number | null | undefined;
}

const heaterRows: readonly Row<HeaterView>[] = [
  { name: "power_watts", help: "Power drawn", value: (heater) => heater.watts },
  { name: "setpoint_watts", help: "Power asked for", value: (heater) => heater.setpointWatts },
  { name: "hashes_per_second", help: "Hash rate", value: (heater) => heater.hashesPerSecond },
  { name: "temperature_celsius", help: "Hottest part", value: (heater) => heater.temperatureC },
  { name: "shares_accepted", help: "Since it was opened", value: (heater) => heater.shares?.accepted },
  { name: "shares_rejected", help: "Since it was opened", value: (heater) => heater.shares?.rejected },
  {
    name: "energy_kilowatt_hours",
    help: "Energy since the first record",
    value: ({ total }) => total.energyKwh,
  },
  {
    name: "heat_kilowatt_hours",
    help: "Heat into its sink since the first record",
    value: ({ total }) => total.heatKwh,
  },
  {
    name: "cost",
    help: "Since the first record, in the tariff's currency",
    value: ({ total }) => Number(total.cost.amount),
  },
  {
    name: "up",
    help: "1 while it answers",
    value: (heater) => (heater.state === "unreachable" || heater.state === "fault" ? 0 : 1),
  },
];

const sinkRows: readonly Row<SinkView>[] = [
  { name: "temperature_celsius", help: "Estimated temperature", value: (sink) => sink.temperatureC },
  { name: "target_celsius", help: "Temperature wanted", value: (sink) => sink.comfort.targetC },
  { name: "heating_watts", help: "Heat that flows into it", value: (sink) => sink.heatingWatts },
  {
    name: "sensor_up",
    help: "1 while its sensor is fresh",
    value: (sink) => (sink.sensor === "fresh" ? 1 : 0),
  },
];

/** The site as Prometheus text, made anew at each scrape. */
export function siteMetrics(site: SiteService): { contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  const gaugesOf = <View>(noun: string, rows: readonly Row<View>[]) =>
    rows.map((row) => ({
      row,
      gauge: new Gauge({
        name: `hearthwork_${noun}_${row.name}`,
        help: row.help,
        labelNames: [noun],
        registers: [registry],
      }),
    }));
  const heaterGauges = gaugesOf("heater", heaterRows);
  const sinkGauges = gaugesOf("sink", sinkRows);
  const fill = <View extends { id: string }>(
    noun: string,
    gauges: readonly { row: Row<View>; gauge: Gauge }[],
    views: readonly View[],
  ) => {
    for (const { row, gauge } of gauges) {
      gauge.reset();
      for (const view of views) {
        const value = row.value(view);
        if (value !== null && value !== undefined) gauge.set({ [noun]: view.id }, value);
      }
    }
  };
  const single = (name: string, help: string) =>
    new Gauge({ name: `hearthwork_${name}`, help, registers: [registry] });
  const totalEnergy = single("site_energy_kilowatt_hours", "Energy since the first record");
  const totalHeat = single("site_heat_kilowatt_hours", "Heat into sinks since the first record");
  const totalCost = single("site_cost", "Cost since the first record, in the tariff's currency");
  const totalSats = single("site_expected_sats", "Expected earnings since the first record");
  const totalTasks = single("site_tasks", "Tasks of an exchange that were settled since the first record");
  const totalJobs = single("site_job_revenue", "Of tasks since the first record, in the tariff's currency");
  const energy = single("site_energy_today_kilowatt_hours", "Energy since local midnight");
  const heat = single("site_heat_today_kilowatt_hours", "Heat into sinks since local midnight");
  const cost = single("site_cost_today", "Cost since local midnight, in the tariff's currency");
  const sats = single("site_expected_sats_today", "Expected earnings since local midnight");
  const jobs = single("site_job_revenue_today", "Of tasks since local midnight, in the tariff's currency");
  const unmetered = single("site_unmetered_seconds_today", "Time without a power reading since midnight");
  const alarms = new Gauge({
    name: "hearthwork_site_open_alarms",
    help: "Alarms and warnings that are open",
    labelNames: ["level"],
    registers: [registry],
  });
  const outlets = new Gauge({
    name: "hearthwork_outlet_up",
    help: "1 while someone outside is told",
    labelNames: ["outlet"],
    registers: [registry],
  });
  const price = single("grid_price", "Of a kWh drawn now, in the tariff's currency");
  const peak = single(
    "grid_peak_watts",
    "Highest quarter-hour of the month, where the grid has a fee per kW",
  );
  const carbon = single("grid_carbon_grams_per_kilowatt_hour", "CO2 of a kWh drawn now");
  const outdoor = single("outdoor_temperature_celsius", "As forecast for now");
  const ofFeed = (name: string, help: string) =>
    new Gauge({ name: `hearthwork_feed_${name}`, help, labelNames: ["feed"], registers: [registry] });
  const feedUp = ofFeed("up", "1 while it is asked without trouble");
  const feedAge = ofFeed("age_seconds", "Since its newest figures were fetched");
  const tick = single("loop_tick_age_seconds", "Since the control loop's last round");

  return {
    contentType: registry.contentType,
    text() {
      const view = site.view();
      fill("heater", heaterGauges, view.heaters);
      fill("sink", sinkGauges, view.sinks);
      totalEnergy.set(view.total.energyKwh);
      totalHeat.set(view.total.heatKwh);
      totalCost.set(Number(view.total.cost.amount));
      totalSats.set(Number(view.total.sats));
      totalTasks.set(view.total.jobs.tasks);
      totalJobs.set(Number(view.total.jobs.earned.amount));
      energy.set(view.today.energyKwh);
      heat.set(view.today.heatKwh);
      cost.set(Number(view.today.cost.amount));
      sats.set(Number(view.today.sats));
      jobs.set(Number(view.today.jobs.earned.amount));
      unmetered.set(view.today.unmeteredSeconds);
      for (const level of ["alarm", "warning"]) {
        alarms.set({ level }, view.alarms.filter((alarm) => alarm.level === level).length);
      }
      outlets.reset();
      for (const { name, trouble } of view.outlets) outlets.set({ outlet: name }, trouble === null ? 1 : 0);
      price.set(Number(view.grid.price.amount));
      peak.set(view.grid.capacity?.peakWatts ?? Number.NaN);
      carbon.set(view.grid.gramsPerKwh ?? Number.NaN);
      outdoor.set(view.outdoor?.temperatureC ?? Number.NaN);
      feedUp.reset();
      feedAge.reset();
      for (const { name: feed, trouble, fetchedAt } of view.feeds) {
        feedUp.set({ feed }, trouble === null ? 1 : 0);
        if (fetchedAt) feedAge.set({ feed }, (Date.parse(view.now) - Date.parse(fetchedAt)) / 1000);
      }
      tick.set(site.health().lastTickAgeSeconds ?? Number.NaN);
      return registry.metrics();
    },
  };
}
