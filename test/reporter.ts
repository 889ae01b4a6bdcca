import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

/** Closes a run with one line that says which outside parts were missing, and one that counts. */
export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const missing = new Set<string>();
    for (const module of modules) {
      for (const whole of [module, ...module.children.allSuites()]) {
        if (whole.errors().length > 0) counts.failed += 1;
      }
      for (const test of module.children.allTests()) {
        counts[test.result().state] += 1;
        const part = missingPart(test);
        if (part !== undefined) missing.add(part);
      }
    }
    if (missing.size > 0) {
      process.stdout.write(`Skipped, because missing on this machine: ${[...missing].join(", ")}\n`);
    }
    process.stdout.write(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped\n`,
    );
  }
}

/** The part for want of which a test was skipped, as `(needs PART)` in a title says it. */
function missingPart(test: TestCase): string | undefined {
  if (test.options.mode !== "skip") return undefined;
  let skipped: TestCase | TestSuite = test;
  while (skipped.parent.type === "suite" && skipped.parent.options.mode === "skip") skipped = skipped.parent;
  return / \(needs ([a-z-]+)\)$/.exec(skipped.name)?.[1];
}
