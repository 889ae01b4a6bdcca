import type { Instant, JobId, Micros, ProviderId } from "../domain/index.ts";

/** What a provider offers now: a curve of prices over quantity, each step dearer than the one before. */
export interface Ask {
  readonly provider: ProviderId;
  readonly steps: readonly AskStep[];
  /** What one task may use. */
  readonly memoryMiB: number;
  /** How much its results are believed, 0 … 1: of two that ask the same, the more trusted is taken. */
  readonly trust: number;
}

export interface AskStep {
  /** Tasks at once. */
  readonly slots: number;
  readonly perClassHour: Micros;
}

/** What a job wants now. */
export interface Bid {
  readonly job: JobId;
  readonly consumer: string;
  /** How many of its tasks wait. */
  readonly tasks: number;
  /** Who does these tasks already, or has done them: another is to check it. In order. */
  readonly doers: readonly ProviderId[];
  readonly classSeconds: number;
  readonly memoryMiB: number;
  /** What one task may cost at most. */
  readonly ceiling: Micros;
  readonly deadline: Instant;
}
