import { z } from "zod";
import { divideRounded, Instant, type Joules, Micros, type Seconds, Watts } from "../domain/index.ts";
import type { Tariff } from "./tariff.ts";

/** The highest mean power of a quarter-hour in a month: what a grid fee per kW is charged by. Plain data. */
export const peakSchema = z.object({
  monthStart: z.number().transform(Instant).nullable(),
  /** When the quarter-hour that is not over yet began. */
  quarter: z.number().transform(Instant).nullable(),
  /** Drawn in it so far. */
  joules: z.number().nonnegative(),
  peakWatts: z.number().nonnegative(),
});
export type Peak = z.output<typeof peakSchema>;

export const noPeak: Peak = { monthStart: null, quarter: null, joules: 0, peakWatts: 0 };

const quarterMs = 900_000;

export interface PeakInput {
  readonly now: Instant;
  /** The time that ends now. */
  readonly duration: Seconds;
  /** Drawn in that time, spread evenly over it. */
  readonly joules: Joules;
  /** The first instant of the local month that `now` belongs to. */
  readonly monthStart: Instant;
}

/** Adds what was drawn to the quarter-hours that it belongs to. A quarter-hour counts once it is over. */
export function enterPeak(before: Peak, { now, duration, joules, monthStart }: PeakInput): Peak {
  const isNewMonth = before.monthStart === null || monthStart > before.monthStart;
  let peak: Peak = isNewMonth ? { ...noPeak, monthStart } : before;
  if (before.monthStart !== null && isNewMonth && now - monthStart < quarterMs) {
    peak = { ...peak, quarter: before.quarter, joules: before.joules };
  }
  const from = duration > 0 ? now - duration * 1000 : now;
  for (let at = from; at < now;) {
    const quarter = Math.floor(at / quarterMs) * quarterMs;
    const end = Math.min(now, quarter + quarterMs);
    peak = drawn(peak, Instant(quarter), (joules * (end - at)) / (now - from));
    at = end;
  }
  return peak;
}

function drawn(peak: Peak, quarter: Instant, joules: number): Peak {
  if (peak.quarter !== null && quarter <= peak.quarter) return { ...peak, joules: peak.joules + joules };
  const isOfThisMonth = peak.quarter !== null && peak.monthStart !== null && peak.quarter >= peak.monthStart;
  const mean = isOfThisMonth ? peak.joules / (quarterMs / 1000) : 0;
  return { ...peak, quarter, joules, peakWatts: Math.max(peak.peakWatts, mean) };
}

/** What a month's peak costs, rounded to the nearest millionth; undefined where the tariff has no fee per kW. */
export function capacityCost({ capacity }: Tariff, peak: Watts): Micros | undefined {
  if (!capacity) return undefined;
  const milliwatts = BigInt(Math.round(Watts(peak) * 1000));
  return Micros(
    divideRounded(milliwatts * capacity.perKw, capacity.per === "year" ? 12_000_000n : 1_000_000n),
  );
}
