import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { Program } from "../heat/index.ts";
import { openSolver } from "./index.ts";

/** Chairs and tables: as many as carpentry and finishing allow, none of them in parts. */
const workshop: Program = {
  cost: [-30, -50],
  lower: [0, 0],
  upper: [Infinity, Infinity],
  isInteger: [true, true],
  rowLower: [-Infinity, -Infinity],
  rowUpper: [41, 50],
  rowStart: [0, 2, 4],
  columns: [0, 1, 0, 1],
  values: [1, 2, 2, 1],
};

describe("the solver", () => {
  const solver = openSolver();
  afterAll(() => solver.close());

  it("finds the best whole numbers, and knows that they are", async () => {
    const { values, end, bound } = await solver.solve(workshop, { gap: 0, seconds: 5 });
    expect(values?.map(Math.round)).toEqual([19, 11]);
    expect([end, Math.round(bound)]).toEqual(["solved", -1120]);
  });

  it("tells by the relaxation what no whole numbers can pass", async () => {
    const { bound } = await solver.solve(workshop, { gap: 0, seconds: 5, relaxed: true });
    expect(bound).toBeLessThan(-1120);
    expect(bound).toBeGreaterThan(-1130);
  });

  it("says that there is nothing to find", async () => {
    const impossible = { ...workshop, rowLower: [50, -Infinity], rowUpper: [60, 10] };
    const { values, end } = await solver.solve(impossible, { gap: 0, seconds: 5 });
    expect([values, end]).toEqual([undefined, "infeasible"]);
  });

  it("refuses what is no programme, and solves the next one", async () => {
    const broken = solver.solve({ ...workshop, columns: [0, 7, 0, 1] }, { gap: 0, seconds: 5 });
    const next = solver.solve(workshop, { gap: 0, seconds: 5 });
    await expect(broken).rejects.toMatchObject({ code: "solver/failed", retry: "later" });
    expect((await next).end).toBe("solved");
  });

  it("ends a worker that hangs, and starts another one", { timeout: 30_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "hearthwork-solver-"));
    const begun = join(folder, "begun");
    const honest = new URL("./solver.worker.ts", import.meta.url).href;
    const hangsOnce = `
      import { existsSync, writeFileSync } from "node:fs";
      if (existsSync(${JSON.stringify(begun)})) await import(${JSON.stringify(honest)});
      else {
        writeFileSync(${JSON.stringify(begun)}, "");
        const { parentPort } = await import("node:worker_threads");
        parentPort.on("message", () => { for (;;); });
      }`;
    const other = openSolver({ worker: new URL(`data:text/javascript,${encodeURIComponent(hangsOnce)}`) });
    onTestFinished(async () => {
      await other.close();
      rmSync(folder, { recursive: true });
    });
    const [hung, next] = [workshop, workshop].map((program) =>
      other.solve(program, { gap: 0, seconds: 0.1 }),
    );
    await expect(hung).rejects.toMatchObject({ code: "solver/hung", retry: "later" });
    expect((await next)?.values).toBeDefined();
  });

  it("is of no use once it is closed", async () => {
    const other = openSolver();
    await other.close();
    await expect(other.solve(workshop, { gap: 0, seconds: 1 })).rejects.toMatchObject({
      code: "solver/closed",
    });
  });
});
