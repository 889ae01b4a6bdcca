import { seededRandom } from "../src/domain/index.ts";
import { solvePlan } from "../src/heat/index.ts";
import { sampleDay } from "../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../src/solver/index.ts";
import type { Benchmark } from "./benchmark.ts";

type Name = "medianMs" | "worstMs" | "gapMax" | "unproven" | "days";

const days = 200;

export const planner: Benchmark<Name> = {
  title:
    "Plans of a day for three on/off heaters, a room, a tank and a heat pump with a least power, each proven to be within a hundredth of what its energy costs",
  figures: [
    { name: "medianMs", unit: "ms", better: "lower", must: 500, goal: 300 },
    { name: "worstMs", unit: "ms", better: "lower", must: 2000 },
    { name: "gapMax", unit: "of the energy's cost", better: "lower", must: 0.01 },
    { name: "unproven", unit: "days", better: "lower" },
    { name: "days", unit: "days", better: "higher" },
  ],
  async measure() {
    const random = seededRandom(2026);
    const solver = openSolver();
    const times: number[] = [];
    let [gapMax, unproven] = [0, 0];
    try {
      await solvePlan(sampleDay(random.fork("warm-up")), solver.solve);
      for (let day = 0; day < days; day++) {
        const problem = sampleDay(random.fork(`day ${day}`));
        const began = performance.now();
        const plan = await solvePlan(problem, solver.solve);
        times.push(performance.now() - began);
        if (plan.origin !== "proven") unproven += 1;
        gapMax = Math.max(gapMax, plan.gap ?? Infinity);
      }
    } finally {
      await solver.close();
    }
    const sorted = times.toSorted((one, other) => one - other);
    const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return { medianMs, worstMs: sorted.at(-1) ?? 0, gapMax, unproven, days };
  },
};
