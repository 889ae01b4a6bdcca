import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import type { HomeReport } from "../../src/energy/index.ts";

const tenMinutes = 600_000;

it(
  "plans a whole year of all that can be planned within ten minutes on two cores, and tells what that saves",
  { timeout: 1_300_000 },
  () => {
    const args = [
      "bin/hearthwork.js",
      "study",
      "home",
      "data/homes/family.yaml",
      "--climate",
      "chicago",
      "--json",
    ];
    const began = performance.now();
    const report = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as HomeReport;
    expect(performance.now() - began).toBeLessThan(tenMinutes);
    const planned = report.systems.flatMap((system) =>
      system.planned ? [{ ...system, planned: system.planned }] : [],
    );
    expect(planned.map(({ system }) => system)).toEqual([
      "resistive",
      "heat-pump",
      "heater-mining",
      "heater-jobs",
      "heater-beside-heat-pump",
    ]);
    for (const { comfort, money, planned: ahead } of planned) {
      expect(Number(ahead.saved)).toBeGreaterThan(-0.01 * Number(money.cost));
      expect(ahead.comfort.missedDisinfections).toBe(comfort.missedDisinfections);
      expect(ahead.comfort.coldKh).toBeLessThan(comfort.coldKh + 50);
      expect(ahead.plans.made).toBe(2190);
    }
    expect(report.planning).toMatch(/^Planning a day ahead would save/);
  },
);
