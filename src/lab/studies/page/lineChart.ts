import { escaped, figure, styleOf, ticksOf } from "./systemStyles.ts";

export interface LineChart {
  readonly title: string;
  /** What the vertical axis counts. */
  readonly unit: string;
  /** Of the vertical axis' figures. */
  readonly digits?: number;
  /** The vertical axis need not show 0. */
  readonly isZoomed?: boolean;
  readonly series: readonly { readonly system: string; readonly values: readonly number[] }[];
  /** By index of the values. */
  readonly labels: readonly { readonly at: number; readonly text: string }[];
}

const width = 640;
const height = 300;
const left = 56;
const right = 12;
const top = 26;
const bottom = 30;

/** Lines over one axis, as SVG. */
export function lineChart({ title, unit, digits = 0, isZoomed = false, series, labels }: LineChart): string {
  const all = series.flatMap(({ values }) => values);
  const zero = isZoomed ? [] : [0];
  const ticks = ticksOf(Math.min(...zero, ...all), Math.max(...zero, ...all));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const count = Math.max(2, ...series.map(({ values }) => values.length));
  const x = (index: number) => left + (index / (count - 1)) * (width - left - right);
  const y = (value: number) => top + ((high - value) / (high - low)) * (height - top - bottom);
  const grid = ticks.map((tick) => {
    const line = `<line class="${tick === 0 ? "zero" : "grid"}" x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}"/>`;
    return `${line}<text class="tick" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${figure(tick, digits)}</text>`;
  });
  const names = labels.map(
    ({ at, text }) =>
      `<text class="tick" x="${x(at)}" y="${height - 10}" text-anchor="${at === count - 1 ? "end" : "middle"}">${escaped(text)}</text>`,
  );
  const lines = series.map(({ system, values }) => {
    const { color, dash, name } = styleOf(system);
    const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    return `<polyline class="line" points="${points}" stroke="${color}" stroke-dasharray="${dash}"><title>${escaped(name)}</title></polyline>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}"><text class="unit" x="${left}" y="14">${escaped(unit)}</text>${[...grid, ...names, ...lines].join("")}</svg>`;
}
