import type { SiteSeries, Unit } from "../siteSeries.ts";
import { type Line, noLine } from "./line.ts";

/** A series as it is drawn. */
export interface DrawnSeries extends SiteSeries {
  readonly line: Line;
  /** A custom property of the style sheet. */
  readonly colour: string;
  readonly look: "line" | "steps";
  readonly isDashed: boolean;
}

/** Series of one unit, which share a scale. */
export interface Pane {
  readonly unit: Unit;
  readonly series: readonly DrawnSeries[];
}

const units = ["°C", "W", "H/s", "per kWh", "g/kWh", "W/m²"] as const satisfies readonly Unit[];
const coloursThereAre = 6;
/** Where each unit begins in the colours, so that warmth is warm and power is not. */
const firstColour: Readonly<Record<Unit, number>> = {
  "°C": 0,
  W: 1,
  "H/s": 4,
  "per kWh": 2,
  "g/kWh": 3,
  "W/m²": 5,
};

/**
 * Series by their units, one pane each. Within a pane what belongs to the same room or heater has the same colour;
 * what is asked for is dashed.
 */
export function panesOf(series: readonly SiteSeries[], lines: ReadonlyMap<string, Line>): Pane[] {
  return units
    .map((unit) => ({
      unit,
      series: drawn(
        series.filter((one) => one.unit === unit),
        lines,
      ),
    }))
    .filter((pane) => pane.series.length > 0);
}

function drawn(series: readonly SiteSeries[], lines: ReadonlyMap<string, Line>): DrawnSeries[] {
  const subjects = [...new Set(series.map(({ id }) => subjectOf(id)))];
  return series.map((one) => {
    const isAskedFor = one.id.endsWith("/target") || one.id.endsWith("/setpoint");
    return {
      ...one,
      line: lines.get(one.id) ?? noLine,
      colour: `--series-${((subjects.indexOf(subjectOf(one.id)) + firstColour[one.unit]) % coloursThereAre) + 1}`,
      look: isAskedFor || ["W", "per kWh", "g/kWh", "W/m²"].includes(one.unit) ? "steps" : "line",
      isDashed: isAskedFor,
    };
  });
}

const subjectOf = (id: string) => id.slice(0, id.lastIndexOf("/"));
