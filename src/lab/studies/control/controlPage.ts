import type { LoopSample } from "../../../heat/index.ts";
import { swatch } from "../page/breakEvenMap.ts";
import { lineChart } from "../page/lineChart.ts";
import { pageStyle } from "../page/pageStyle.ts";
import { escaped, figure, styleOf } from "../page/systemStyles.ts";
import type { ControlReport } from "./controlReport.ts";
import type { ControlCourse, StudiedControl } from "./studyControl.ts";

/** Longer courses would be too dense to read. */
const shownDays = 4;
const samplesPerDay = 96;

/** The study as one page of HTML that needs nothing else: verdict, table, and how the first days went. */
export function controlPage({ report, courses }: StudiedControl): string {
  const title = "What does planning a day ahead save?";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${pageStyle}</style></head>
<body><main>
<h1>${escaped(title)}</h1>
<p class="dim">${report.days} simulated days in ${escaped(report.weather)}, the same home and devices under a plain thermostat and under the planner. Energy less what computing earns, ${report.currency}.</p>
<p class="verdict">${escaped(report.verdict)}</p>
<section><h2>Run by run</h2>${table(report)}</section>
${courses.map((course) => coursePlots(course, report.currency)).join("\n")}
</main></body></html>
`;
}

function table({ runs, means }: ControlReport): string {
  const heads = ["Prices", "Plain, net", "Planner, net", "Saved", "Discomfort, plain", "Discomfort, planner"];
  const row = (name: string, cells: readonly string[]) =>
    `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  const rows = [
    ...runs.map(({ prices, seed, plain, planner, savedShare }) =>
      row(`${prices}, seed ${seed}`, [
        figure(Number(plain.netCost), 2),
        figure(Number(planner.netCost), 2),
        `${figure(100 * savedShare, 1)} %`,
        `${figure(plain.discomfortKh, 1)} K·h`,
        `${figure(planner.discomfortKh, 1)} K·h`,
      ]),
    ),
    ...means.map((mean) =>
      row(`${mean.prices}, mean`, [
        figure(mean.plainNetCost, 2),
        figure(mean.plannerNetCost, 2),
        `${figure(100 * mean.savedShare, 1)} %`,
        `${figure(mean.plainDiscomfortKh, 1)} K·h`,
        `${figure(mean.plannerDiscomfortKh, 1)} K·h`,
      ]),
    ),
  ];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  return `<div class="scroll" role="region" aria-label="Run by run" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function coursePlots({ prices, seed, plain, planner }: ControlCourse, currency: string): string {
  const count = Math.min(plain.length, shownDays * samplesPerDay);
  const both = (of: (sample: LoopSample) => number) => [
    { system: "plain", values: plain.slice(0, count).map(of) },
    { system: "planner", values: planner.slice(0, count).map(of) },
  ];
  const labels = Array.from({ length: Math.ceil(count / (samplesPerDay / 2)) }, (_, half) => ({
    at: (half * samplesPerDay) / 2,
    text: half % 2 === 0 ? `day ${half / 2 + 1}` : "12:00",
  }));
  const price = [{ system: "price", values: plain.slice(0, count).map(({ pricePerKwh }) => pricePerKwh) }];
  const outside = [{ system: "outside", values: plain.slice(0, count).map(({ outdoorC }) => outdoorC) }];
  const degrees = { unit: "°C", digits: 1, isZoomed: true, labels };
  const plots = [
    lineChart({ title: "Room", ...degrees, series: both(({ roomC }) => roomC) }),
    lineChart({ title: "Tank, mean", ...degrees, series: both(({ tankC }) => tankC) }),
    lineChart({
      title: "Electric power of all devices",
      unit: "kW",
      digits: 1,
      labels,
      series: both(({ watts }) => watts / 1000),
    }),
    lineChart({ title: "Price", unit: `${currency} per kWh`, digits: 2, labels, series: price }),
    lineChart({ title: "Outside", ...degrees, series: outside }),
  ];
  const titles = ["Room", "Tank, mean", "Electric power of all devices", "Price", "Outside"];
  const figures = plots.map((plot, index) => `<div><h3>${titles[index]}</h3>${plot}</div>`).join("");
  return `<section><h2>${escaped(prices)} prices, seed ${seed}: the first days</h2>${legend()}<div class="pair">${figures}</div></section>`;
}

const legend = () =>
  `<ul class="legend">${["plain", "planner"]
    .map(styleOf)
    .map(({ name, color, dash }) => `<li>${swatch(color, dash)}${escaped(name)}</li>`)
    .join("")}</ul>`;
