import type { Reporter, TestModule } from "vitest/node";

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
        const { state } = test.result();
        counts[state] += 1;
        if (state !== "skipped") continue;
        for (const [, part] of test.fullName.matchAll(/ \(needs ([a-z-]+)\)/g)) if (part) missing.add(part);
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
