import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/domain/index.ts";
import { solveFiner, type SolveProgram } from "../../src/heat/index.ts";
import { inHalfHours } from "../../src/heat/planner/divideDay.suite.ts";
import { sampleDay } from "../../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../../src/solver/index.ts";

describe("a plan in finer steps", { timeout: 180_000 }, () => {
  const solver = openSolver();
  afterAll(() => solver.close());
  const random = seededRandom(7).fork("finer");
  const coarse = sampleDay(random);
  const finer = inHalfHours(coarse, random);
  const ample = { seconds: 160 };

  it("is the one that counts, where it is proven", async () => {
    expect([coarse.steps.length, finer.steps.length]).toEqual([42, 48]);
    const { problem, plan } = await solveFiner({ coarse, finer }, solver.solve, ample);
    expect(problem).toBe(finer);
    expect(plan.origin).toBe("proven");
    expect(plan.steps).toHaveLength(48);
  });

  it("gives way to the coarse one where it is not proven", async () => {
    let columns = Infinity;
    const solve: SolveProgram = (program, limits) => {
      columns = Math.min(columns, program.lower.length);
      return program.lower.length > columns
        ? Promise.reject(new Error("is away"))
        : solver.solve(program, limits);
    };
    const { problem, plan } = await solveFiner({ coarse, finer }, solve, ample);
    expect(problem).toBe(coarse);
    expect([plan.origin, plan.steps.length]).toEqual(["proven", 42]);
  });

  it("is not tried where the coarse one is not proven, so that the time that is asked is kept", async () => {
    let asked = 0;
    const solve: SolveProgram = () => {
      asked += 1;
      return Promise.reject(new Error("is away"));
    };
    const { problem, plan } = await solveFiner({ coarse, finer }, solve);
    expect([problem === coarse, plan.origin, asked]).toEqual([true, "rules", 1]);
  });
});
