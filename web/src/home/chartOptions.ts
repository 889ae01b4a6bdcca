import uPlot from "uplot";
import { celsiusLabel, chartFont, colourIn, steps, timeLabel, timeSteps } from "../chart/axes.ts";
import { summaryOf } from "../chart/line.ts";
import type { RoomLines } from "../roomLines.ts";

export interface ChartView {
  readonly lines: RoomLines;
  readonly to: number;
  readonly spanSeconds: number;
  readonly timezone: string;
  readonly onPoint: (at: number | undefined) => void;
}

const leastSpanK = 3;
/** The temperature has the upper part of the drawing, the power the lower. */
const powerShare = 0.36;

/** How the chart is drawn: its colours are the page's own, so that both schemes have theirs. */
export function chartOptions(element: HTMLElement, view: () => ChartView): uPlot.Options {
  const colour = colourIn(element);
  const grid = { stroke: colour("--chart-grid"), width: 1 };
  const axis = { font: chartFont, stroke: colour("--ink-soft"), ticks: { show: false }, grid } as const;
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    padding: [12, 0, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), view().timezone),
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, width: 2 } },
    scales: {
      x: { time: true, range: () => [view().to - view().spanSeconds, view().to] },
      celsius: { range: () => temperatureRange(view().lines) },
      watts: { range: () => [0, mostWatts(view().lines) / powerShare] },
    },
    axes: [
      {
        ...axis,
        size: 32,
        space: 46,
        incrs: timeSteps,
        values: (_plot, splits, _axis, _space, step) =>
          splits.map((at) => timeLabel(at, step, view().timezone)),
      },
      {
        ...axis,
        scale: "celsius",
        size: 48,
        space: 34,
        filter: (_plot, splits) => above(splits, warmthRange(view().lines)[0] - 0.01),
        values: (_plot, splits) => splits.map((at) => (at === null ? "" : celsiusLabel(at))),
      },
      {
        ...axis,
        scale: "watts",
        side: 1,
        size: 62,
        space: 34,
        grid: { show: false },
        filter: (_plot, splits) => below(splits, mostWatts(view().lines) * 1.01),
        values: (_plot, splits) => splits.map((at) => (at === null ? "" : powerLabel(at))),
      },
    ],
    series: [
      {},
      { scale: "celsius", stroke: colour("--chart-temperature"), width: 2.5, points: { show: false } },
      {
        scale: "celsius",
        stroke: colour("--chart-target"),
        width: 2,
        dash: [7, 5],
        ...steps,
        points: { show: false },
      },
      {
        scale: "watts",
        stroke: colour("--chart-power"),
        fill: colour("--chart-power-area"),
        width: 1.25,
        ...steps,
        points: { show: false },
      },
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const { left = -1, idx } = plot.cursor;
          const at = left < 0 || idx === null || idx === undefined ? undefined : plot.data[0][idx];
          view().onPoint(at);
        },
      ],
    },
  };
}

function warmthRange({ temperature, target }: RoomLines): [number, number] {
  const known = [summaryOf(temperature), summaryOf(target)].filter((one) => one !== undefined);
  if (known.length === 0) return [18, 22];
  const low = Math.min(...known.map(({ min }) => min));
  const high = Math.max(...known.map(({ max }) => max));
  const slack = Math.max(0, leastSpanK - (high - low)) / 2;
  return [Math.floor((low - slack) * 2) / 2, Math.ceil((high + slack) * 2) / 2];
}

function temperatureRange(lines: RoomLines): [number, number] {
  const [low, high] = warmthRange(lines);
  return [low - ((high - low) * powerShare) / (1 - powerShare), high + (high - low) * 0.06];
}

const mostWatts = ({ power }: RoomLines) => Math.max(100, summaryOf(power)?.max ?? 0);

const above = (splits: number[], least: number) => splits.map((at) => (at >= least ? at : null));
const below = (splits: number[], most: number) => splits.map((at) => (at <= most ? at : null));
const powerLabel = (power: number) => (power >= 1000 ? `${power / 1000}\u00a0kW` : `${power}\u00a0W`);
