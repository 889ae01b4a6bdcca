import type { HomeReport } from "../../../energy/index.ts";
import { barChart } from "./barChart.ts";
import { breakEvenMap, swatch } from "./breakEvenMap.ts";
import { lineChart } from "./lineChart.ts";
import { pageStyle } from "./pageStyle.ts";
import { escaped, figure, styleOf } from "./systemStyles.ts";

type System = HomeReport["systems"][number];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The study as one page of HTML that needs nothing else: verdict, table, plots, break-even map. */
export function homePage(report: HomeReport): string {
  const { currency, systems } = report;
  const title = `${report.home}: what would heat it best?`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${pageStyle}</style></head>
<body><main>
<h1>${escaped(title)}</h1>
<p class="dim">A simulated year in ${escaped(report.weather)}. Heat is worth what ${escaped(report.heatInstead)} would take for it.</p>
<p class="verdict">${escaped(report.verdict)}</p>
<section><h2>Side by side</h2>${table(report)}</section>
<div class="pair">
<section><h2>Net cost by month</h2><p class="dim">Energy less what computing earns, ${currency}.</p>${monthly(systems, currency)}${legend(systems)}</section>
<section><h2>Electric power through the year</h2><p class="dim">For how much of the year it is at least that high.</p>${duration(systems)}${legend(systems)}</section>
</div>
<section><h2>Comfort</h2><p class="dim">Kelvin-hours of the year, beyond half a kelvin from what is wanted.</p><div class="bars">${comfort(systems)}</div></section>
<section><h2>Carbon</h2><p class="dim">Three ledgers, kg CO₂e of the year. They answer different questions and are never netted.</p><div class="bars">${carbon(systems, report.heatInstead)}</div></section>
<section><h2>Where it breaks even</h2><p class="dim">With ${figure(report.breakEven.usefulShare * 100)} % of the heater's energy useful, and a heat pump that gives ${figure(report.breakEven.seasonalPerformance, 1)} times its electricity. What devices cost is apart.</p>${breakEvenMap(report)}</section>
</main></body></html>
`;
}

function table({ systems, currency }: HomeReport): string {
  const heads = [
    "",
    "Electricity, kWh",
    "Fuel, kWh",
    `Cost, ${currency}`,
    `Revenue, ${currency}`,
    `Net, ${currency}`,
    `Devices, ${currency} a year`,
    "Truly zero",
    "Zero after heat",
    "Beats heat pump",
  ];
  const rows = systems.map(({ system, energyKwh, money, levels }) => [
    styleOf(system).name,
    figure(energyKwh.electricity),
    figure(energyKwh.fuel),
    ...[money.cost, money.revenue, money.netCost, money.depreciation].map((amount) => figure(Number(amount))),
    ...(levels
      ? [levels.energyIsFree, levels.freeAfterHeat, levels.beatsHeatPump].map(yesOrNo)
      : ["–", "–", "–"]),
  ]);
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows
    .map(
      ([name = "", ...cells]) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
    )
    .join("");
  return `<div class="scroll" role="region" aria-label="Side by side" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const yesOrNo = (holds: boolean) => (holds ? "yes" : "no");

const monthly = (systems: readonly System[], currency: string) =>
  lineChart({
    title: "Net cost by month",
    unit: currency,
    series: systems.map(({ system, monthlyNetCost }) => ({ system, values: monthlyNetCost.map(Number) })),
    labels: months.map((text, at) => ({ at, text })),
  });

const duration = (systems: readonly System[]) =>
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

const legend = (systems: readonly System[]) =>
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

const comfort = (systems: readonly System[]) =>
  panels(systems, [
    { title: "Too cold", value: ({ comfort: { coldKh } }) => coldKh },
    { title: "Too warm, where it is cooled", value: ({ comfort: { hotKh } }) => hotKh },
  ]);

const carbon = (systems: readonly System[], instead: string) =>
  panels(systems, [
    { title: "Used", value: ({ carbonKg }) => carbonKg.used },
    { title: `Displaced, beside ${instead}`, value: ({ carbonKg }) => carbonKg.displaced },
    { title: "Changed in the whole system", value: ({ carbonKg }) => carbonKg.consequential },
  ]);
