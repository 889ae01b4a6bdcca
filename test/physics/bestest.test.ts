import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { BestestReport } from "../../src/lab/index.ts";
import { describeWith } from "../parts.ts";
import { runHere } from "../runHere.ts";

describeWith("shared-data", "ASHRAE Standard 140", (shared) => {
  const weather = join(shared, "data/weather/USA_CO_Denver.Intl.AP.725650_TMY3.epw");
  const reference = join(shared, "data/bestest/ashrae140-2020-600-900.csv");
  const run = async (...args: string[]) => (await runHere(["study", ...args])).stdout;

  it("is met by the command, figure by figure", { timeout: 60_000 }, async () => {
    const report = JSON.parse(
      await run("bestest", "--weather", weather, "--reference", reference, "--json"),
    ) as BestestReport;
    expect(report.figures).toHaveLength(10);
    expect(report.figures.filter(({ withinLimits }) => withinLimits === false)).toEqual([]);
    const outside = report.figures.filter(({ withinPrograms }) => !withinPrograms);
    expect(outside.map((figure) => `${figure.case} ${figure.quantity}`)).toEqual([
      "600 annual_sensible_cooling",
    ]);
    expect(report.passed).toBe(true);
  });

  it("has a building of which the hours can be written out", { timeout: 60_000 }, async () => {
    const hourly = join(mkdtempSync(join(tmpdir(), "study-")), "hours.csv");
    const report = JSON.parse(
      await run("building", "data/bestest/940.yaml", "--weather", weather, "--hourly", hourly, "--json"),
    ) as Record<string, number>;
    const lines = readFileSync(hourly, "utf8").trim().split("\n");
    expect(lines).toHaveLength(8761);
    const heating = lines.slice(1).reduce((sum, line) => sum + Number(line.split(",")[3]), 0);
    expect(heating / 1e6).toBeCloseTo(report["heatingMWh"] ?? 0, 3);
  });
});
