import type { Instant, JobId, Micros, ProviderId } from "../domain/index.ts";

/** What a provider offers now: a curve of prices over quantity, each step dearer than the one before. */
export interface Ask {
  readonly provider: ProviderId;
  readonly steps: readonly AskStep[];
  /** What one task may use. */
  readonly memoryMiB: number;
  /** How much its results are believed, 0 … 1: of two that ask the same, the more trusted is taken. */
  readonly trust: number;
  /** g CO₂e that an hour of a reference core emits there; undefined where nobody says. */
  readonly gramsPerClassHour?: number | undefined;
  /** What it says that it runs on. */
  readonly machine?: string | undefined;
  /** What it has of jobs' data: of two that are alike, the one is taken that needs not be sent any. */
  readonly holds?: ReadonlySet<string> | undefined;
}

export interface AskStep {
  /** Tasks at once. */
  readonly slots: number;
  readonly perClassHour: Micros;
}

/** What is left of a curve once so many slots of it are taken: the cheapest are taken first. */
export function stepsAfter(steps: readonly AskStep[], taken: number): AskStep[] {
  let over = taken;
  return steps.flatMap((step) => {
    const slots = step.slots - over;
    over = Math.max(0, over - step.slots);
    return slots > 0 ? [{ ...step, slots }] : [];
  });
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
  /** What one task may emit at most, g CO₂e: then nobody takes it who does not say what he emits. */
  readonly gramsCeiling?: number | undefined;
  /** How much its doers must be believed, 0 … 1; whoever is when nothing is said. */
  readonly leastTrust?: number | undefined;
  /** Only machines that say this of themselves may do it; empty: that say nothing. */
  readonly machine?: string | undefined;
  /** What its tasks need, such as their module. */
  readonly data?: string | undefined;
  readonly deadline: Instant;
}
