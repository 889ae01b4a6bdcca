import type { HeaterReading } from "./heater.ts";

/** A device's own figure beside what its plug meters. Plain data. */
export interface DifferMemory {
  /** Means since its power settled, W. */
  readonly watts: number;
  readonly own: number;
  readonly seconds: number;
  /** They differ more than meters do. */
  readonly differs: boolean;
}

export const noDifference: DifferMemory = { watts: 0, own: 0, seconds: 0, differs: false };

const meanSeconds = 300;
const allowed = { share: 0.15, watts: 10 };
const endsBelow = 0.8;

/** Compares both over five minutes of a settled power; what was found stays until it is seen to be otherwise. */
export function compareWatts(
  before: DifferMemory,
  { watts, ownWatts, workload }: HeaterReading,
  isSettled: boolean,
  elapsed: number,
): DifferMemory {
  if (ownWatts === undefined || !isSettled || workload === "idle") {
    return { ...noDifference, differs: before.differs && ownWatts !== undefined };
  }
  const seconds = before.seconds + elapsed;
  const gain = seconds > 0 ? elapsed / Math.min(Math.max(meanSeconds, elapsed), seconds) : 1;
  const mean = (old: number, value: number) => old + gain * (value - old);
  const means = { watts: mean(before.watts, watts), own: mean(before.own, ownWatts) };
  const apart = Math.abs(means.watts - means.own);
  const most = Math.max(allowed.watts, allowed.share * means.watts);
  const differs = apart > most * (before.differs ? endsBelow : 1);
  return {
    ...means,
    seconds: Math.min(1e6, seconds),
    differs: seconds < meanSeconds ? before.differs : differs,
  };
}
