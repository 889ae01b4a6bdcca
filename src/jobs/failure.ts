import type { ProviderId } from "../domain/index.ts";

/**
 * Whose fault it is that a task was not done: the job's (its module trapped), its limits' (time, memory, output), the
 * node's, the network's (the provider was lost), or nobody's (the owner wanted the machine back).
 */
export const failureKinds = ["bad-job", "out-of-limits", "bad-node", "network", "evicted"] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly provider: ProviderId;
  readonly kind: FailureKind;
}

const byTheJob: readonly FailureKind[] = ["bad-job", "out-of-limits"];
/** Two machines that agree on a fault: it is the job's. */
const soundNodes = 2;

/**
 * What follows from the ways in which one task failed so far. A job whose module fails on two different machines fails
 * as a whole, at once: its other tasks would too. What is nobody's fault is tried again without end; the deadline
 * bounds it.
 * @param retries how often a task may fail by a node's fault, or by the job's on one node alone
 */
export function afterFailures(
  failures: readonly Failure[],
  retries: number,
): "again" | "task-failed" | "job-failed" {
  const blamed = failures.filter(({ kind }) => byTheJob.includes(kind));
  if (new Set(blamed.map(({ provider }) => provider)).size >= soundNodes) return "job-failed";
  const counted = failures.filter(({ kind }) => byTheJob.includes(kind) || kind === "bad-node");
  return counted.length > retries ? "task-failed" : "again";
}

/** For how long a provider gets nothing after it failed in this way, s. */
export const restAfter: Readonly<Record<FailureKind, number>> = {
  "bad-job": 0,
  "out-of-limits": 0,
  "bad-node": 300,
  network: 0,
  evicted: 0,
};
