import { describe, expect, it } from "vitest";
import { planningVerdict } from "./planningVerdict.ts";
import type { SystemReport } from "./systemReport.ts";

const system = (name: string, saved?: string, daysOnRules = 0) =>
  ({
    system: name,
    money: { cost: "1000.00" },
    planned: saved === undefined ? null : { saved, plans: { daysOnRules } },
  }) as SystemReport;

describe("the words on planning", () => {
  it("say what it saves, the most first, and what it knew", () => {
    expect(
      planningVerdict(
        [system("resistive", "12.40"), system("gas"), system("heater-mining", "80.00")],
        "EUR",
        "forecast",
      ),
    ).toBe(
      "Planning a day ahead would save 80 EUR a year (8.0 % of its energy) with a compute heater that mines, 12 EUR a year (1.2 % of its energy) with electric heaters. It knew forecasts that err and how much hot water is usual; plain rules never had to do.",
    );
  });

  it("say as plainly where it loses or changes nothing, and how often rules had to do", () => {
    expect(
      planningVerdict([system("heat-pump", "-20.00", 3), system("resistive", "1.00", 7)], "USD", "perfect"),
    ).toBe(
      "Planning a day ahead would save nothing; it changes next to nothing with electric heaters; it would cost 20 USD more a year (2.0 % of its energy) with a heat pump. It knew weather and hot water in advance, which no home does; on up to 7 days of the year plain rules had to do.",
    );
  });

  it("call a single day one", () => {
    expect(planningVerdict([system("resistive", "20.00", 1)], "EUR", "forecast")).toContain(
      "; on one day of the year plain",
    );
  });

  it("say nothing where nothing was planned", () => {
    expect(planningVerdict([system("gas")], "EUR", "forecast")).toBeNull();
  });
});
