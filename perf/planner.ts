import { type Random, seededRandom } from "../src/domain/index.ts";
import { solveFiner, type SolveProgram } from "../src/heat/index.ts";
import { inHalfHours } from "../src/heat/planner/divideDay.suite.ts";
import { sampleDay } from "../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../src/solver/index.ts";
import type { Benchmark } from "./benchmark.ts";

type Name = "medianMs" | "worstMs" | "gapMax" | "unproven" | "finer" | "days";

const days = 200;

export const planner: Benchmark<Name> = {
  title:
    "Plans of a day for three on/off heaters, a room, a tank and a heat pump with a least power, each proven to be within a hundredth of what its energy costs",
  figures: [
    { name: "medianMs", unit: "ms", better: "lower", must: 500, goal: 300 },
    { name: "worstMs", unit: "ms", better: "lower", must: 2000 },
    { name: "gapMax", unit: "of the energy's cost", better: "lower", must: 0.01 },
    { name: "unproven", unit: "days", better: "lower" },
    { name: "finer", unit: "days with half-hours to the twelfth hour", better: "higher" },
    { name: "days", unit: "days", better: "higher" },
  ],
  async measure() {
    const random = seededRandom(2026);
    const solver = openSolver();
    const times: number[] = [];
    let [gapMax, unproven, finer] = [0, 0, 0];
    try {
      await planDay(random.fork("warm-up"), solver.solve);
      for (let day = 0; day < days; day++) {
        const { plan, ms, isFiner } = await planDay(random.fork(`day ${day}`), solver.solve);
        times.push(ms);
        if (isFiner) finer += 1;
        if (plan.origin !== "proven") unproven += 1;
        gapMax = Math.max(gapMax, plan.gap ?? Infinity);
      }
    } finally {
      await solver.close();
    }
    const sorted = times.toSorted((one, other) => one - other);
    const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return { medianMs, worstMs: sorted.at(-1) ?? 0, gapMax, unproven, finer, days };
  },
};

async function planDay(random: Random, solve: SolveProgram) {
  const coarse = sampleDay(random);
  const problems = { coarse, finer: inHalfHours(coarse, random.fork("half-hours")) };
  const began = performance.now();
  const { plan, problem } = await solveFiner(problems, solve);
  return { plan, ms: performance.now() - began, isFiner: problem === problems.finer };
}
