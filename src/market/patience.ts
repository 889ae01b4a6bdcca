import type { Instant, Micros } from "../domain/index.ts";

/** A job that may wait: what a task may cost while there is time, and at most. */
export interface PatientBid {
  readonly bid: Micros;
  /** While there is time; undefined where the job does not wait. */
  readonly patientBid?: Micros | undefined;
  readonly deadline: Instant;
  /** Of its tasks that wait. */
  readonly tasks: number;
  readonly classSeconds: number;
  /** A task that runs longer is ended. */
  readonly limitSeconds: number;
}

/** Time that is left in any case for what goes wrong, s. */
const leastSeconds = 600;

/**
 * What a task may cost now. A job that may wait takes cheap asks alone until the time is left in which a single slot
 * would do all that waits, with a second try of one task; from then on it pays what it bids.
 */
export function ceilingAt(job: PatientBid, now: Instant): Micros {
  const { bid, patientBid, deadline, tasks, classSeconds, limitSeconds } = job;
  if (patientBid === undefined || patientBid >= bid) return bid;
  const needed = Math.max(leastSeconds, tasks * classSeconds + 2 * limitSeconds);
  return deadline - now > needed * 1000 ? patientBid : bid;
}
