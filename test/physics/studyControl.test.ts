import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlReport } from "../../src/lab/index.ts";
import { type Outcome, runHere } from "../runHere.ts";

const study = (...args: string[]) => runHere(["study", "control", ...args]);

describe("study control: three winter days of the planner against the plain thermostat", () => {
  let folder: string;
  let run: Outcome;
  let report: ControlReport;
  let page: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "hearthwork-study-"));
    const [json, html] = ["control.json", "control.html"].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    run = await study("--days", "3", "--seeds", "1", "--json-file", json, "--html", html);
    report = JSON.parse(readFileSync(json, "utf8")) as ControlReport;
    page = readFileSync(html, "utf8");
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
      expect(planner.plansMade).toBeGreaterThan(50);
    }
  });

  it("has more than three between night and evening, and the same mean by day in both shapes", () => {
    const [shaped, flat] = ["time-of-use", "flat"].map((name) => report.pricesByHour[name] ?? []);
    const mean = (prices: readonly number[] = []) => prices.reduce((sum, price) => sum + price, 0) / 24;
    expect(Math.max(...shaped!) / Math.min(...shaped!)).toBeGreaterThanOrEqual(3);
    expect(mean(flat)).toBeCloseTo(mean(shaped), 9);
  });

  it("tells how far it is, and prints a row for each controller, and the verdict", () => {
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("flat, seed 1: day 2 of 3");
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines[0]).toContain("Berlin");
    expect(lines.filter((line) => /^(time-of-use|flat) +1 +(plain|planner) /.test(line))).toHaveLength(4);
    for (const { planner } of report.runs) expect(run.stdout).toContain(Number(planner.netCost).toFixed(2));
    expect(lines.at(-1)).toBe(report.verdict);
    expect(report.verdict).toMatch(/^On time-of-use prices the planner's net cost is [\d.]+ % less/);
  });

  it("draws how the first seed went on a page that needs nothing else", () => {
    expect(page).toContain(report.verdict);
    expect(page.match(/<polyline/g)).toHaveLength(16);
    const points = page.match(/points="([^"]*)"/)?.[1]?.split(" ");
    expect(points).toHaveLength(288);
    expect(page).not.toMatch(/(src|href)=|https?:\/\//);
  });
});

describe("study control", () => {
  it.each([
    [["--days", "0"], /whole number from 1 to 28/],
    [["--seeds", "many"], /whole number from 1 to 50/],
    [["--climate", "atlantis"], /there is no climate "atlantis"/],
    [["--weather", "a.epw", "--climate", "berlin"], /either by --weather FILE or by --climate NAME/],
  ])("refuses %s", async (args, words) => {
    const { code, stderr } = await study(...args);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});
