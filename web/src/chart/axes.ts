import uPlot from "uplot";
import { degrees } from "../format.ts";
import { clockTime, dayAndMonth, monthName, shortDay } from "../siteTime.ts";

export const chartFont = '12px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

const stepped = uPlot.paths.stepped?.({ align: 1 });
/** Draws a quantity that keeps its value until its next. */
export const steps = stepped ? { paths: stepped } : {};

const hour = 3600;
const day = 24 * hour;
/** From 30 days on uPlot goes by months, from 365 by years. */
export const timeSteps = [
  60,
  300,
  600,
  ...[0.25, 0.5, 1, 2, 3, 4, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 30, 90, 365].map((days) => days * day),
];

/** A tick of the time axis: the time, or the day where one begins, or the month. */
export function timeLabel(at: number, step: number, timezone: string): string {
  const ms = at * 1000;
  if (step >= 30 * day) return monthName(ms, timezone);
  if (step > day) return dayAndMonth(ms, timezone);
  const isMidnight = clockTime(ms, timezone, "en-GB") === "00:00";
  return isMidnight || step === day ? shortDay(ms, timezone) : clockTime(ms, timezone);
}

export const celsiusLabel = (celsius: number) => `${degrees(celsius, Number.isInteger(celsius) ? 0 : 1)}°`;

/** The colours of the page's own scheme, for what is drawn on a canvas in `element`. */
export const colourIn = (element: HTMLElement) => (name: string) => () =>
  getComputedStyle(element).getPropertyValue(name).trim();
