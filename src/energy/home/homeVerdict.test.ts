import { describe, expect, it } from "vitest";
import { homeVerdict } from "./homeVerdict.ts";
import type { SystemReport } from "./systemReport.ts";

const system = (name: string, netCost: string, depreciation: string, over: Partial<SystemReport> = {}) =>
  ({ system: name, levels: null, money: { netCost, depreciation }, ...over }) as SystemReport;
const levels = { energyIsFree: false, freeAfterHeat: true, beatsHeatPump: false };
const verdict = (mining: string, depreciation = "800", over: Partial<SystemReport> = {}) =>
  homeVerdict(
    [
      system("heat-pump", "1500.00", "600"),
      system("heater-mining", mining, depreciation, { levels, ...over }),
    ],
    "EUR",
  );

describe("the verdict on a home", () => {
  it.each([
    [
      "says plainly when a heat pump is better",
      "2000",
      "800",
      "A heat pump is better here: its energy costs 1,500 EUR a year, that of a compute heater that mines 2,000 EUR.",
    ],
    [
      "adds when its price turns that round",
      "1600",
      "100",
      "A heat pump is better here: its energy costs 1,500 EUR a year, that of a compute heater that mines 1,600 EUR, though counting what the devices cost it is dearer by 400 EUR a year.",
    ],
    [
      "calls little little",
      "1490",
      "800",
      "Computing changes next to nothing here: a compute heater that mines costs 1,490 EUR a year for energy, a heat pump 1,500 EUR; counting what the devices cost a heat pump is better by 190 EUR a year.",
    ],
    [
      "counts what devices cost beside what energy costs",
      "1400",
      "800",
      "A compute heater that mines costs 1,400 EUR a year for energy, a heat pump 1,500 EUR, and its energy is paid only when its heat is counted; counting what the devices cost a heat pump is better by 100 EUR a year.",
    ],
  ])("%s", (_what, mining, depreciation, sentence) => {
    expect(verdict(mining, depreciation)).toBe(sentence);
  });

  it("says when computing pays for everything", () => {
    expect(verdict("-100", "800", { levels: { ...levels, energyIsFree: true } })).toBe(
      "A compute heater that mines costs -100 EUR a year for energy, a heat pump 1,500 EUR, and computing pays for all of its energy; counting what the devices cost it is ahead by 1,400 EUR a year.",
    );
  });
});
