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
/** What is asked for or planned, and not what is. */
const dashed = ["target", "setpoint", "foreseen", "planned"];
/** What holds until it changes. */
const inSteps = ["/target", "/setpoint"];
const unitsInSteps: readonly Unit[] = ["W", "per kWh", "g/kWh", "W/m²"];
const coloursThereAre = 6;

/** Series by their units, one pane each. A room or heater has the same colour in all; what is asked for is dashed. */
export function panesOf(series: readonly SiteSeries[], lines: ReadonlyMap<string, Line>): Pane[] {
  const subjects = [...new Set(series.map(({ id }) => subjectOf(id)))];
  const drawn = series.map((one): DrawnSeries => {
    const isAskedFor = dashed.includes(one.id.slice(one.id.lastIndexOf("/") + 1));
    return {
      ...one,
      line: lines.get(one.id) ?? noLine,
      colour: `--series-${(subjects.indexOf(subjectOf(one.id)) % coloursThereAre) + 1}`,
      look: inSteps.some((end) => one.id.endsWith(end)) || unitsInSteps.includes(one.unit) ? "steps" : "line",
      isDashed: isAskedFor,
    };
  });
  return units
    .map((unit) => ({ unit, series: drawn.filter((one) => one.unit === unit) }))
    .filter((pane) => pane.series.length > 0);
}

const subjectOf = (id: string) => id.slice(0, id.lastIndexOf("/"));
