/** The dial's drawing: a square of this side, in SVG units. */
export const dialSize = 320;
export const ringRadius = 132;
const centre = dialSize / 2;
/** The scale begins at the lower left and runs clockwise; the gap is below. Degrees from the x axis. */
const startDegrees = 140;
const sweepDegrees = 260;

export interface Scale {
  readonly min: number;
  readonly max: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const within = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

/** Where on the scale a value lies, 0 to 1. */
export const fractionOf = (value: number, { min, max }: Scale): number =>
  max > min ? within(0, (value - min) / (max - min), 1) : 0;

export const valueAt = (fraction: number, { min, max }: Scale): number => min + fraction * (max - min);

/** The nearest multiple of `step` on the scale. */
export function snapped(value: number, step: number, { min, max }: Scale): number {
  const steps = Math.round(value / step);
  return within(min, Number((steps * step).toFixed(3)), max);
}

export function pointAt(fraction: number, radius: number): Point {
  const radians = ((startDegrees + fraction * sweepDegrees) * Math.PI) / 180;
  return { x: centre + radius * Math.cos(radians), y: centre + radius * Math.sin(radians) };
}

const drawn = ({ x, y }: Point) => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** The path of the scale between two fractions. */
export function arc(from: number, to: number, radius = ringRadius): string {
  const isLong = (to - from) * sweepDegrees > 180 ? 1 : 0;
  return `M${drawn(pointAt(from, radius))}A${radius} ${radius} 0 ${isLong} 1 ${drawn(pointAt(to, radius))}`;
}

/** A line across the ring. */
export const tick = (fraction: number, inner: number, outer: number): string =>
  `M${drawn(pointAt(fraction, inner))}L${drawn(pointAt(fraction, outer))}`;

/** A triangle inside the ring that points at the scale. */
export function pointer(fraction: number, tip: number, length: number): string {
  const halfWidth = 0.013;
  const base = tip - length;
  const corners = [pointAt(fraction - halfWidth, base), pointAt(fraction + halfWidth, base)];
  return `M${[pointAt(fraction, tip), ...corners].map(drawn).join("L")}Z`;
}

/** The fraction in the direction of a point seen from the centre; in the gap, the nearer end. */
export function fractionTowards({ x, y }: Point): number {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  const turned = (((degrees - startDegrees) % 360) + 360) % 360;
  if (turned <= sweepDegrees) return turned / sweepDegrees;
  return turned < sweepDegrees + (360 - sweepDegrees) / 2 ? 1 : 0;
}

/** Follows a pointer that is dragged: it stays at an end rather than jump over the gap to the other. */
export function dragged(last: number, next: number): number {
  if (Math.abs(next - last) <= 0.5) return next;
  return last > 0.5 ? 1 : 0;
}

export interface Steps {
  readonly normal: number;
  readonly fine: number;
  readonly page: number;
}
export const celsiusSteps: Steps = { normal: 0.5, fine: 0.1, page: 2 };

/** The value after a key; undefined for keys that mean nothing to a slider. */
export function afterKey(
  { key, altKey }: { key: string; altKey: boolean },
  value: number,
  scale: Scale,
  steps = celsiusSteps,
): number | undefined {
  const step = altKey ? steps.fine : steps.normal;
  switch (key) {
    case "ArrowUp":
    case "ArrowRight":
      return stepped(value, 1, step, scale);
    case "ArrowDown":
    case "ArrowLeft":
      return stepped(value, -1, step, scale);
    case "PageUp":
      return snapped(value + steps.page, steps.normal, scale);
    case "PageDown":
      return snapped(value - steps.page, steps.normal, scale);
    case "Home":
      return scale.min;
    case "End":
      return scale.max;
    default:
      return undefined;
  }
}

/** The next multiple of `step` upwards or downwards: from 20.3 up to 20.5, down to 20. */
export function stepped(value: number, direction: 1 | -1, step: number, scale: Scale): number {
  const steps = value / step;
  const next = direction > 0 ? Math.floor(steps + 1e-6) + 1 : Math.ceil(steps - 1e-6) - 1;
  return snapped(next * step, step, scale);
}
