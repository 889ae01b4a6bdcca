import uPlot from "uplot";
import type { Unit } from "../siteSeries.ts";
import { celsiusLabel, chartFont, colourIn, steps, timeLabel, timeSteps } from "./axes.ts";
import type { Pane } from "./drawnSeries.ts";
import { summaryOf } from "./line.ts";
import type { TimeRange } from "./timeRange.ts";

export interface PaneView {
  readonly pane: Pane;
  readonly range: TimeRange;
  /** A line stands there where it is shown, epoch seconds. */
  readonly now: number;
  readonly timezone: string;
  /** Whether it shows the times; panes above the last do not. */
  readonly isLast: boolean;
  readonly onPoint: (at: number | undefined) => void;
  /** The two ends of a drag, epoch seconds. */
  readonly onDrag: (from: number, to: number) => void;
}

const joined = "\u00a0";
const leastSpan: Readonly<Record<Unit, number>> = {
  "°C": 3,
  W: 100,
  "H/s": 1,
  "per kWh": 0.05,
  "g/kWh": 50,
  "W/m²": 100,
};
const hashUnits = ["", "k", "M", "G", "T", "P"] as const;

const labels: Readonly<Record<Unit, (value: number) => string>> = {
  "°C": celsiusLabel,
  W: (watts) => (watts >= 1000 ? `${watts / 1000}${joined}kW` : `${watts}${joined}W`),
  "H/s": (rate) => {
    const unit =
      rate <= 0 ? 0 : Math.max(0, Math.min(hashUnits.length - 1, Math.floor(Math.log10(rate) / 3)));
    return `${Number((rate / 1000 ** unit).toPrecision(3))}${joined}${hashUnits[unit]}H/s`;
  },
  "per kWh": (price) => String(Number(price.toPrecision(3))),
  "g/kWh": (grams) => `${grams}${joined}g`,
  "W/m²": (sun) => `${sun}${joined}W/m²`,
};

/** How a pane is drawn. What is dragged over becomes the range; panes that share a key share their cursor. */
export function paneOptions(element: HTMLElement, key: string, view: () => PaneView): uPlot.Options {
  const colour = colourIn(element);
  const { pane, isLast } = view();
  const axis = {
    font: chartFont,
    stroke: colour("--ink-soft"),
    ticks: { show: false },
    grid: { stroke: colour("--chart-grid"), width: 1 },
  } as const;
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    padding: [10, 12, isLast ? 0 : 8, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), view().timezone),
    cursor: {
      y: false,
      sync: { key, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 8, width: 2 },
    },
    scales: {
      x: { time: true, range: () => [view().range.from, view().range.to] },
      y: { range: () => valueRange(view().pane) },
    },
    axes: [
      {
        ...axis,
        size: isLast ? 28 : 0,
        space: 54,
        incrs: timeSteps,
        values: (_plot, splits, _axis, _space, step) =>
          splits.map((at) => (isLast ? timeLabel(at, step, view().timezone) : "")),
      },
      {
        ...axis,
        size: 68,
        space: 30,
        values: (_plot, splits) => splits.map((value) => labels[pane.unit](value)),
      },
    ],
    series: [
      {},
      ...pane.series.map(({ colour: name, look, isDashed }, index): uPlot.Series => ({
        stroke: colour(name),
        width: isDashed ? 1.5 : 2,
        ...(isDashed ? { dash: [6, 5] } : {}),
        ...(look === "steps" ? steps : {}),
        ...(index === 0 && pane.unit !== "°C" && pane.series.length <= 2
          ? { fill: colour(`${name}-area`) }
          : {}),
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [(plot) => drawNow(plot, view(), axis.stroke())],
      setCursor: [
        ({ cursor: { left = -1, idx }, data: [times] }) =>
          view().onPoint(left < 0 || idx === null || idx === undefined ? undefined : times[idx]),
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 6) return;
          view().onDrag(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** Between what was and what will be. */
function drawNow(plot: uPlot, { now, range }: PaneView, stroke: string): void {
  if (now <= range.from || now >= range.to) return;
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(now, "x", true));
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function valueRange({ unit, series }: Pane): [number, number] {
  const known = series.map(({ line }) => summaryOf(line)).filter((summary) => summary !== undefined);
  const high = Math.max(...known.map(({ max }) => max));
  if (unit !== "°C") return [0, Math.max(leastSpan[unit], known.length > 0 ? high : 0) * 1.08];
  if (known.length === 0) return [18, 22];
  const low = Math.min(...known.map(({ min }) => min));
  const slack = Math.max(0, leastSpan[unit] - (high - low)) / 2;
  return [Math.floor((low - slack) * 2) / 2, Math.ceil((high + slack) * 2) / 2];
}
