import type { Reporter, TestModule } from "vitest/node";

/** Closes a run with one line that says which outside parts were missing, and one that counts. */
export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const missing = new Set<string>();
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        counts[result.state] += 1;
        const part = / \(needs ([a-z-]+)\)/.exec(test.fullName)?.[1];
        if (result.state === "skipped" && part) missing.add(part);
      }
    }
    if (missing.size > 0) process.stdout.write(`Skipped for want of: ${[...missing].join(", ")}\n`);
    process.stdout.write(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped\n`,
    );
  }
}
