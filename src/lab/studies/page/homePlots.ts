import type { HomeReport } from "../../../energy/index.ts";
import { barChart } from "./barChart.ts";
import { swatch } from "./breakEvenMap.ts";
import { lineChart } from "./lineChart.ts";
import { escaped, styleOf } from "./systemStyles.ts";

type System = HomeReport["systems"][number];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What energy costs less what computing earns, by month. */
export const monthlyPlot = (systems: readonly System[], currency: string) =>
  lineChart({
    title: "Net cost by month",
    unit: currency,
    series: systems.map(({ system, monthlyNetCost }) => ({ system, values: monthlyNetCost.map(Number) })),
    labels: months.map((text, at) => ({ at, text })),
  });

/** For how much of the year the power is at least that high. */
export const durationPlot = (systems: readonly System[]) =>
  lineChart({
    title: "Electric power through the year",
    unit: "kW",
    digits: 1,
    series: systems.map(({ system, durationW }) => ({
      system,
      values: durationW.map((watts) => watts / 1000),
    })),
    labels: [0, 25, 50, 75, 100].map((at) => ({ at, text: `${at} %` })),
  });

/** Which line is which. */
export const systemLegend = (systems: readonly System[]) =>
  `<ul class="legend">${systems
    .map(({ system }) => styleOf(system))
    .map(({ name, color, dash }) => `<li>${swatch(color, dash)}${escaped(name)}</li>`)
    .join("")}</ul>`;

interface Panel {
  readonly title: string;
  readonly value: (system: System) => number;
}

function panels(systems: readonly System[], all: readonly Panel[]): string {
  const values = all.flatMap(({ value }) => systems.map(value));
  const [least, most] = [Math.min(0, ...values), Math.max(1, ...values)];
  return all
    .map(({ title, value }) => {
      const rows = systems.map((one) => ({ system: one.system, value: value(one) }));
      return `<div><h3>${escaped(title)}</h3>${barChart({ title, rows, most, least })}</div>`;
    })
    .join("");
}

/** Kelvin-hours beyond what is wanted. */
export const comfortPlots = (systems: readonly System[]) =>
  panels(systems, [
    { title: "Too cold", value: ({ comfort: { coldKh } }) => coldKh },
    { title: "Too warm, where it is cooled", value: ({ comfort: { hotKh } }) => hotKh },
  ]);

/** The three ledgers, side by side and never netted. */
export const carbonPlots = (systems: readonly System[], instead: string) =>
  panels(systems, [
    { title: "Used", value: ({ carbonKg }) => carbonKg.used },
    { title: `Displaced, beside ${instead}`, value: ({ carbonKg }) => carbonKg.displaced },
    { title: "Changed in the whole system", value: ({ carbonKg }) => carbonKg.consequential },
  ]);
