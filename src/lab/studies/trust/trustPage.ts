import { pageStyle } from "../page/pageStyle.ts";
import { swatch } from "../page/breakEvenMap.ts";
import { escaped } from "../page/systemStyles.ts";
import type { TrustPoint, TrustReport } from "./studyTrust.ts";
import {
  type Column,
  percent,
  pointColumns,
  rowColumns,
  trustBalance,
  trustHead,
  trustLegend,
} from "./trustTable.ts";

/** The study as one page of HTML that needs nothing else. */
export function trustPage(report: TrustReport): string {
  const title = "How many wrong results stand, and what checking costs";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${pageStyle}</style></head>
<body><main>
<h1>${escaped(title)}</h1>
<p class="dim">${escaped(trustHead(report))}</p>
<section><h2>Overhead against error</h2><p class="dim">The worst of the strategic cheats at each floor of checks. Below and left of the dashed lines is the goal: 0.1 % at 15 %.</p>${curvePlot(report.curve)}${legend}</section>
<section><h2>By the exchange's rules</h2>${table("By the exchange's rules", rowColumns, report.now)}<p class="dim">${escaped(trustLegend)}</p></section>
<section><h2>By the floor</h2>${table("By the floor", pointColumns, report.curve)}</section>
<section><h2>Those who agree on their lies</h2>${table("Those who agree on their lies", rowColumns, report.collusion)}</section>
<section><h2>What a cheat can expect</h2><p>${escaped(trustBalance(report))}</p></section>
</main></body></html>
`;
}

const again = { color: "var(--s3)", dash: "" };
const nothing = { color: "var(--s4)", dash: "7 3" };
const legend = `<ul class="legend"><li>${swatch(again.color, again.dash)}a catch has results done again</li><li>${swatch(nothing.color, nothing.dash)}it does not</li></ul>`;

const width = 640;
const height = 340;
const [left, right, top, bottom] = [64, 20, 26, 44];
/** The vertical axis is logarithmic: shares of results. */
const [lowest, highest] = [1e-4, 2e-2];
const goal = { badShare: 1e-3, overhead: 0.15 };

function curvePlot(points: readonly TrustPoint[]): string {
  const most = Math.max(goal.overhead, ...points.map(({ overhead }) => overhead)) * 1.1;
  const x = (overhead: number) => left + (overhead / most) * (width - left - right);
  const y = (share: number) =>
    top +
    (Math.log(highest / Math.min(highest, Math.max(lowest, share))) / Math.log(highest / lowest)) *
      (height - top - bottom);
  const rows = [1e-4, 1e-3, 1e-2].map(
    (share) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(share)}" y2="${y(share)}"/><text class="tick" x="${left - 6}" y="${y(share) + 4}" text-anchor="end">${percent(share, 2)}</text>`,
  );
  const columns = Array.from({ length: Math.floor(most / 0.05) + 1 }, (_, i) => i * 0.05).map(
    (share) =>
      `<text class="tick" x="${x(share).toFixed(1)}" y="${height - 24}" text-anchor="middle">${percent(share, 0)}</text>`,
  );
  const goals = `<line class="zero" stroke-dasharray="3 4" x1="${left}" x2="${width - right}" y1="${y(goal.badShare)}" y2="${y(goal.badShare)}"/><line class="zero" stroke-dasharray="3 4" x1="${x(goal.overhead)}" x2="${x(goal.overhead)}" y1="${top}" y2="${height - bottom}"/>`;
  const lines = [
    { of: points.filter(({ doesAgain }) => doesAgain), ...again },
    { of: points.filter(({ doesAgain }) => !doesAgain), ...nothing },
  ].map(({ of, color, dash }) => {
    const at = of.map(({ overhead, badShare }) => `${x(overhead).toFixed(1)},${y(badShare).toFixed(1)}`);
    const marks = of.map(
      ({ overhead, badShare, floor }, at) =>
        `<circle cx="${x(overhead).toFixed(1)}" cy="${y(badShare).toFixed(1)}" r="4" fill="${color}"/><text class="name" x="${(x(overhead) + 7).toFixed(1)}" y="${(y(badShare) + (at % 2 === 0 ? -6 : 16)).toFixed(1)}">${percent(floor, 0)}</text>`,
    );
    return `<polyline class="line" points="${at.join(" ")}" stroke="${color}" stroke-dasharray="${dash}"/>${marks.join("")}`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Overhead against wrong results that stand, by the floor"><text class="unit" x="${left}" y="14">wrong and standing, by floor</text><text class="unit" x="${width - right}" y="${height - 6}" text-anchor="end">overhead</text>${[...rows, ...columns, goals, ...lines].join("")}</svg>`;
}

function table<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map(({ head: text }) => `<th scope="col">${escaped(text)}</th>`).join("");
  const body = rows.map((row) => {
    const [first = "", ...rest] = columns.map(({ cell }) => escaped(cell(row)));
    return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll" role="region" aria-label="${escaped(name)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
