import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parseYaml } from "../../../hearth/index.ts";
import { climateSchema, syntheticYear } from "../../../heat/index.ts";
import { openSolver } from "../../../solver/index.ts";
import { studyControl } from "./studyControl.ts";

const file = "data/climates/berlin.yaml";
const weather = syntheticYear(parseYaml(readFileSync(file, "utf8"), file, climateSchema), 1);

describe("two winter weeks of the planner against the plain thermostat, by five seeds", () => {
  const solver = openSolver();
  afterAll(() => solver.close());

  it("cost at least 15 % less on time-of-use prices and at most 1 % more on flat ones, at no more discomfort", async () => {
    const { report } = await studyControl({ weather, days: 14, seeds: [1, 2, 3, 4, 5], solve: solver.solve });
    const means = Object.fromEntries(report.means.map((mean) => [mean.prices, mean]));
    expect(means["time-of-use"]?.savedShare).toBeGreaterThan(0.15);
    expect(means["flat"]?.worstSavedShare).toBeGreaterThan(-0.01);
    for (const { plannerDiscomfortKh, plainDiscomfortKh } of report.means) {
      expect(plannerDiscomfortKh).toBeLessThanOrEqual(plainDiscomfortKh);
    }
    for (const { plain, planner } of report.runs) {
      for (const figures of [plain, planner]) {
        expect(figures.overFeederW).toBe(0);
        expect(figures.longestWithoutDisinfectionH).toBeLessThan(168.5);
      }
    }
  });
});
