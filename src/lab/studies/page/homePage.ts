import type { HomeReport } from "../../../energy/index.ts";
import { breakEvenMap } from "./breakEvenMap.ts";
import { carbonPlots, comfortPlots, durationPlot, monthlyPlot, systemLegend } from "./homePlots.ts";
import { pageStyle } from "./pageStyle.ts";
import { escaped, figure, styleOf } from "./systemStyles.ts";

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
${planning(report)}<div class="pair">
<section><h2>Net cost by month</h2><p class="dim">Energy less what computing earns, ${currency}.</p>${monthlyPlot(systems, currency)}${systemLegend(systems)}</section>
<section><h2>Electric power through the year</h2><p class="dim">For how much of the year it is at least that high.</p>${durationPlot(systems)}${systemLegend(systems)}</section>
</div>
<section><h2>Comfort</h2><p class="dim">Kelvin-hours of the year, beyond half a kelvin from what is wanted.</p><div class="bars">${comfortPlots(systems)}</div></section>
<section><h2>Carbon</h2><p class="dim">Three ledgers, kg CO₂e of the year. They answer different questions and are never netted.</p><div class="bars">${carbonPlots(systems, report.heatInstead)}</div></section>
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
    "Missed 60 °C",
    "Truly zero",
    "Zero after heat",
    "Beats heat pump",
  ];
  const rows = systems.map(({ system, energyKwh, money, comfort, levels }) => [
    styleOf(system).name,
    figure(energyKwh.electricity),
    figure(energyKwh.fuel),
    ...[money.cost, money.revenue, money.netCost, money.depreciation].map((amount) => figure(Number(amount))),
    figure(comfort.missedDisinfections),
    ...levelCells(levels),
  ]);
  return tableOf("Side by side", heads, rows);
}

/** What planning a day ahead would change; nothing where nothing was planned. */
function planning({ systems, currency, planning: words }: HomeReport): string {
  if (words === null) return "";
  const heads = [
    "",
    `Net on a simple thermostat, ${currency}`,
    `Net on its thermostat, ${currency}`,
    `Net planned, ${currency}`,
    `Saved, ${currency}`,
    "Too cold, K·h",
    "Too cold planned, K·h",
    "Missed 60 °C, planned",
    "Truly zero",
    "Zero after heat",
    "Beats a planned heat pump",
    "Days on rules",
  ];
  const rows = systems.flatMap(({ system, money, comfort, simple, planned }) =>
    planned
      ? [
          [
            styleOf(system).name,
            ...[simple?.netCost ?? money.netCost, money.netCost, planned.money.netCost, planned.saved].map(
              (amount) => figure(Number(amount)),
            ),
            figure(comfort.coldKh),
            figure(planned.comfort.coldKh),
            figure(planned.comfort.missedDisinfections),
            ...levelCells(planned.levels),
            figure(planned.plans.daysOnRules),
          ],
        ]
      : [],
  );
  return `<section><h2>Planned a day ahead</h2><p class="dim">${escaped(words)}</p>${tableOf("Planned a day ahead", heads, rows)}</section>
`;
}

function tableOf(label: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows
    .map(
      ([name = "", ...cells]) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
    )
    .join("");
  return `<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const levelCells = (levels: HomeReport["systems"][number]["levels"]): readonly string[] =>
  levels
    ? [levels.energyIsFree, levels.freeAfterHeat, levels.beatsHeatPump].map((holds) => (holds ? "yes" : "no"))
    : ["–", "–", "–"];
