import { type Instant, Joules, type Provenance, Seconds, type Watts } from "../domain/index.ts";

export interface PowerReading {
  readonly at: Instant;
  readonly watts: Watts;
  readonly provenance: Provenance;
}

/** Plain data. */
export interface MeterState {
  /** The newest reading that was counted. */
  readonly last: { readonly at: Instant; readonly watts: number; readonly provenance: Provenance } | null;
  /** Since then, by the monotonic clock, s. */
  readonly since: number;
  /** The gap since then is too long to bridge: its time has been counted as unmetered so far. */
  readonly isGap: boolean;
  /** Readings that were no possible power. */
  readonly rejected: number;
}

export interface MeterLimits {
  /** Up to this long a straight line between two readings counts as metered. */
  readonly maxGap: Seconds;
  /** A reading above this is absurd. */
  readonly maxWatts: Watts;
}

export interface MeterInput {
  /** The wall clock. */
  readonly now: Instant;
  /** Since the last call, by the monotonic clock. */
  readonly elapsed: Seconds;
  /** The newest reading, however old. */
  readonly reading: PowerReading | undefined;
}

/** What came to be known in one call. */
export interface MeteredEnergy {
  readonly joules: Joules;
  readonly metered: Seconds;
  /** Time for which there is no power; its energy is not counted and never will be. */
  readonly unmetered: Seconds;
  /** The weaker one of the two readings; null when nothing was metered. */
  readonly provenance: Provenance | null;
}

export const newMeter: MeterState = { last: null, since: 0, isGap: true, rejected: 0 };

/** How far a device's own time may be off before the monotonic clock is preferred, s. */
const trustedSkew = 15;

const byStrength: readonly Provenance[] = ["metered", "reported", "estimated"];

export function weaker(one: Provenance | null, other: Provenance | null): Provenance | null {
  if (one === null || other === null) return one ?? other;
  return byStrength.indexOf(one) > byStrength.indexOf(other) ? one : other;
}

/**
 * Integrates power to energy by the trapezoid rule over gaps of at most `maxGap`. Doubled, late and impossible readings
 * (negative, not finite, above `maxWatts`) are passed over.
 */
export function meterPower(
  { maxGap, maxWatts }: MeterLimits,
  before: MeterState,
  { now, elapsed, reading }: MeterInput,
): { readonly state: MeterState; readonly energy: MeteredEnergy } {
  const passed = Number.isFinite(elapsed) ? Math.max(0, elapsed) : 0;
  const since = before.since + passed;
  const { last } = before;
  if (!reading || (last && !isNews(last.at, reading.at, now))) return wait(before, since, passed, maxGap);
  if (!(reading.watts >= 0 && reading.watts <= maxWatts)) {
    const isSame = last?.at === reading.at;
    return wait({ ...before, rejected: before.rejected + (isSame ? 0 : 1) }, since, passed, maxGap);
  }
  const { at, watts, provenance } = reading;
  const state = { ...before, last: { at, watts, provenance }, since: 0, isGap: false };
  if (!last || before.isGap) return { state, energy: unmetered(passed) };
  const byDevice = (at - last.at) / 1000;
  const duration = byDevice > 0 && Math.abs(byDevice - since) <= trustedSkew ? byDevice : since;
  if (since > maxGap || duration > maxGap) return { state, energy: unmetered(since) };
  const energy = {
    joules: Joules(((last.watts + watts) / 2) * duration),
    metered: Seconds(duration),
    unmetered: Seconds(0),
    provenance: weaker(last.provenance, provenance),
  };
  return { state, energy };
}

/** A reading that is older than the last is late, unless the wall clock itself went back. */
function isNews(last: Instant, at: Instant, now: Instant): boolean {
  return at > last || (at < last && now < last);
}

function wait(before: MeterState, since: number, passed: number, maxGap: Seconds) {
  if (before.isGap) return { state: { ...before, since }, energy: unmetered(passed) };
  if (since <= maxGap) return { state: { ...before, since }, energy: unmetered(0) };
  return { state: { ...before, since, isGap: true }, energy: unmetered(since) };
}

const unmetered = (duration: number): MeteredEnergy => ({
  joules: Joules(0),
  metered: Seconds(0),
  unmetered: Seconds(duration),
  provenance: null,
});
