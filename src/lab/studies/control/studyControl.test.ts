import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseYaml } from "../../../hearth/index.ts";
import { climateSchema, syntheticYear } from "../../../heat/index.ts";
import { openSolver } from "../../../solver/index.ts";
import type { ControlReport } from "./controlReport.ts";
import { controlTable } from "./controlTable.ts";
import { studyControl } from "./studyControl.ts";

const file = "data/climates/berlin.yaml";
const weather = syntheticYear(parseYaml(readFileSync(file, "utf8"), file, climateSchema), 1);

describe("three winter days of the planner against the plain thermostat", { timeout: 300_000 }, () => {
  const solver = openSolver();
  let report: ControlReport;
  const said: string[] = [];
  beforeAll(async () => {
    const onProgress = (words: string) => said.push(words);
    report = await studyControl({ weather, days: 3, seeds: [1], solve: solver.solve, onProgress });
  }, 300_000);
  afterAll(() => solver.close());

  it("saves a good part of the net cost on time-of-use prices, and loses nothing on flat ones", () => {
    const saved = Object.fromEntries(report.means.map(({ prices, savedShare }) => [prices, savedShare]));
    expect(saved["time-of-use"]).toBeGreaterThan(0.15);
    expect(saved["flat"]).toBeGreaterThan(-0.01);
  });

  it("is no less comfortable", () => {
    for (const { plain, planner } of report.runs) {
      expect(planner.discomfortKh).toBeLessThan(plain.discomfortKh + 0.5);
      expect(planner.coldestC).toBeGreaterThan(19);
      expect(planner.hottestC).toBeLessThan(23.5);
    }
  });

  it("keeps both below the feeder, and the tank disinfected in time", () => {
    for (const figures of report.runs.flatMap(({ plain, planner }) => [plain, planner])) {
      expect(figures.overFeederW).toBe(0);
      expect(figures.longestWithoutDisinfectionH).toBeLessThan(168);
      expect(figures.energyKwh["heat-pump"]).toBeGreaterThan(0);
    }
  });

  it("accounts for all money and all hours", () => {
    const micros = (amount: string) => BigInt(amount.replace(".", ""));
    for (const { plain, planner } of report.runs) {
      for (const { netCost, cost, revenue, storedValue } of [plain, planner]) {
        expect(micros(netCost)).toBe(micros(cost) - micros(revenue) - micros(storedValue));
      }
      expect(planner.hoursPlanned + planner.hoursOverruled + planner.hoursPlain).toBeCloseTo(72, 0);
      expect(plain).toMatchObject({ hoursPlanned: 0, hoursOverruled: 0, hoursPlain: 72, plansMade: 0 });
      expect(planner.plansMade).toBeGreaterThan(48);
    }
  });

  it("has more than three between night and evening, and the same mean by day in both shapes", () => {
    const [shaped, flat] = ["time-of-use", "flat"].map((name) => report.pricesByHour[name] ?? []);
    const mean = (prices: readonly number[] = []) => prices.reduce((sum, price) => sum + price, 0) / 24;
    expect(Math.max(...shaped!) / Math.min(...shaped!)).toBeGreaterThanOrEqual(3);
    expect(mean(flat)).toBeCloseTo(mean(shaped), 9);
  });

  it("tells how far it is, and prints a row for each controller, and the verdict", () => {
    expect(said).toContain("flat, seed 1: day 3 of 3");
    const lines = controlTable(report).split("\n");
    expect(lines.filter((line) => /^(time-of-use|flat) +1 +(plain|planner) /.test(line))).toHaveLength(4);
    expect(lines.at(-1)).toBe(report.verdict);
    expect(report.verdict).toMatch(/^On time-of-use prices the planner's net cost is [\d.]+ % less/);
  });
});
