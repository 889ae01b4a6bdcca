import { escaped, figure, styleOf } from "./systemStyles.ts";

export interface BarChart {
  readonly title: string;
  readonly rows: readonly { readonly system: string; readonly value: number }[];
  /** What the longest bar of several charts side by side stands for. */
  readonly most: number;
  /** What the longest bar below zero stands for, 0 where there is none. */
  readonly least: number;
}

const width = 330;
const rowHeight = 38;
const plotWidth = width - 70;

/** Bars from a common zero, as SVG; each with its name above it and its figure beside it. */
export function barChart({ title, rows, most, least }: BarChart): string {
  const span = Math.max(1e-9, most - Math.min(0, least));
  const zero = (-Math.min(0, least) / span) * plotWidth;
  const bars = rows.map(({ system, value }, row) => {
    const { name, color } = styleOf(system);
    const length = (Math.abs(value) / span) * plotWidth;
    const from = value < 0 ? zero - length : zero;
    const y = row * rowHeight + 18;
    return [
      `<text class="name" x="0" y="${y - 4}">${escaped(name)}</text>`,
      `<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(1, length).toFixed(1)}" height="12" rx="2" fill="${color}"/>`,
      `<text class="tick" x="${(Math.max(zero, from + length) + 5).toFixed(1)}" y="${y + 10}">${figure(value)}</text>`,
    ].join("");
  });
  const height = rows.length * rowHeight + 4;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}"><line class="zero" x1="${zero}" x2="${zero}" y1="14" y2="${height}"/>${bars.join("")}</svg>`;
}
