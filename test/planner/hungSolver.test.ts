import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { seededRandom } from "../../src/domain/index.ts";
import { solvePlan } from "../../src/heat/index.ts";
import { sampleDay } from "../../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../../src/solver/index.ts";

/** A worker that answers a plan's first programme and then loops for ever; when it starts anew it is sound. */
function workerThatHangsOnce(): URL {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-hung-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const hung = JSON.stringify(join(folder, "hung"));
  const honest = JSON.stringify(new URL("../../src/solver/solver.worker.ts", import.meta.url).href);
  const script = `
    import { existsSync, writeFileSync } from "node:fs";
    import { parentPort } from "node:worker_threads";
    await import(${honest});
    if (!existsSync(${hung})) parentPort.on("message", () => {
      writeFileSync(${hung}, "");
      for (;;);
    });`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

it("plans by rules when the solver hangs, ends it, and plans well again", { timeout: 60_000 }, async () => {
  const solver = openSolver({ worker: workerThatHangsOnce() });
  onTestFinished(() => solver.close());
  const problem = sampleDay(seededRandom(7).fork("hangs"));

  const began = performance.now();
  const hung = await solvePlan(problem, solver.solve);
  expect(hung.origin).toBe("rules");
  expect(hung.reason).toMatch(/the solver failed: the solver did not end within \d/);
  expect(hung.steps).toHaveLength(problem.steps.length);
  expect(performance.now() - began).toBeLessThan(20_000);

  const next = await solvePlan(problem, solver.solve, { seconds: 15 });
  expect(next.origin).toBe("proven");
  expect(next.netCost).not.toBe(hung.netCost);
});
