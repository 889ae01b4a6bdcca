import { describe, expect, it } from "vitest";
import { ProviderId } from "../domain/index.ts";
import { afterFailures, type FailureKind } from "./failure.ts";

const failures = (...all: [string, FailureKind][]) =>
  all.map(([provider, kind]) => ({ provider: ProviderId(provider), kind }));

describe("after a task failed", () => {
  it.each<[string, ReturnType<typeof failures>, ReturnType<typeof afterFailures>]>([
    [
      "a lost provider costs nothing",
      failures(["a", "network"], ["b", "network"], ["c", "evicted"]),
      "again",
    ],
    ["one machine's word on a module is not enough", failures(["a", "bad-job"], ["a", "bad-job"]), "again"],
    ["two machines' word is", failures(["a", "bad-job"], ["b", "out-of-limits"]), "job-failed"],
    ["bad nodes count", failures(["a", "bad-node"], ["b", "bad-node"], ["c", "bad-node"]), "task-failed"],
    [
      "it is tried so often and no more",
      failures(["a", "bad-job"], ["a", "bad-job"], ["a", "bad-job"]),
      "task-failed",
    ],
  ])("%s", (_what, all, next) => {
    expect(afterFailures(all, 2)).toBe(next);
  });
});
