import type { SinkConfig } from "./controlConfig.ts";
import { estimatedAir, type Estimate, isKnown } from "./estimate.ts";

/** A sink below its lower limit, as it is remembered. Plain data. */
export interface FrostMemory {
  /** The warmest that it became since it passed the limit, °C. */
  readonly warmest: number;
  /** Since it last became warmer, s. */
  readonly stalledFor: number;
}

const warmerByKelvin = 0.1;
const stallBorne = 1800;

/**
 * Frost protection begins below the limit and ends where targets begin, a band above it. While the temperature is not
 * known it neither begins nor ends.
 */
export function watchFrost(
  { limits, sensor, comfort }: SinkConfig,
  before: FrostMemory | null,
  estimate: Estimate,
  elapsed: number,
): FrostMemory | null {
  const air = estimatedAir(estimate);
  if (air === undefined || !isKnown(sensor, estimate)) {
    return before && { ...before, stalledFor: before.stalledFor + elapsed };
  }
  if (before === null) return air < limits.minC ? { warmest: air, stalledFor: 0 } : null;
  if (air >= limits.minC + comfort.bandK) return null;
  if (air >= before.warmest + warmerByKelvin) return { warmest: air, stalledFor: 0 };
  return { ...before, stalledFor: before.stalledFor + elapsed };
}

/** All the heat that safety permits does not warm it. */
export const isUnheld = (frost: FrostMemory): boolean => frost.stalledFor > stallBorne;
