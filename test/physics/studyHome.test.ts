import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HomeReport } from "../../src/energy/index.ts";
import { runHere } from "../runHere.ts";

describe("study home", { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "hearthwork-study-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const study = (...args: string[]) => runHere(["study", "home", ...args]);

  it("compares six ways to heat the sample home, as a table, JSON and a page that needs nothing else", async () => {
    const [json, html] = ["home.json", "home.html"].map((name) => join(folder, name)) as [string, string];
    const files = ["--json-file", json, "--html", html];
    const args = ["data/homes/family.yaml", "--climate", "chicago", "--no-planner", ...files];
    const { stdout: table } = await study(...args);
    const report = JSON.parse(readFileSync(json, "utf8")) as HomeReport;
    expect(report.systems.map(({ system }) => system)).toEqual([
      "resistive",
      "gas",
      "heat-pump",
      "heater-mining",
      "heater-jobs",
      "heater-beside-heat-pump",
    ]);
    for (const { system, money, monthlyNetCost } of report.systems) {
      expect(table).toContain(system);
      const micros = (amount: string) => BigInt(amount.replace(".", ""));
      expect(micros(money.netCost)).toBe(micros(money.cost) - micros(money.revenue));
      expect(monthlyNetCost.map(micros).reduce((sum, month) => sum + month, 0n)).toBe(micros(money.netCost));
    }
    expect(table).toContain(report.verdict);
    expect(report.planning).toBeNull();
    const page = readFileSync(html, "utf8");
    expect(page).toContain(report.verdict);
    expect(page).not.toMatch(/(src|href)=|https?:\/\//);
  });

  it("says plainly when a heat pump is better", async () => {
    const file = join(folder, "old-miner.yaml");
    writeFileSync(
      file,
      "house: { floorAreaM2: 120 }\ndistrictHeat: {}\nmoney: { mining: { joulesPerTerahash: 60 }, district: { pricePerKwh: 0.2, kgPerKwh: 0.1 } }\n",
    );
    const { stdout } = await study(file, "--climate", "london", "--preview", "--json");
    const report = JSON.parse(stdout) as HomeReport;
    expect(report.verdict).toMatch(/^A heat pump is better here/);
    const network = report.systems.find(({ system }) => system === "district");
    const { fuel = 0, auxiliary = 0 } = network?.energyKwh ?? {};
    expect(fuel).toBeGreaterThan(network?.heatKwh.useful ?? Infinity);
    expect(Number(network?.money.cost)).toBeCloseTo(fuel * 0.2 + auxiliary * 0.3, 0);
    expect(network?.carbonKg.used).toBeCloseTo(fuel * 0.1 + auxiliary * 0.35, 1);
  });

  it("names what is wrong in the file by line and key", async () => {
    const file = join(folder, "wrong.yaml");
    writeFileSync(file, "house:\n  floorAreaM2: 120\nheater:\n  maxW: lots\n");
    const { code, stderr } = await study(file, "--climate", "london");
    expect(code).toBe(1);
    expect(stderr).toMatch(/:4: heater\.maxW/);
  });
});
