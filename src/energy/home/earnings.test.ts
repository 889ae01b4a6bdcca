import { describe, expect, it } from "vitest";
import { earningsByHour } from "./earnings.ts";
import { homeMoneySchema } from "./homeMoney.ts";

const money = (over: Record<string, unknown> = {}) =>
  homeMoneySchema.parse({
    electricity: 0.3,
    jobs: {
      wearPerKwh: 0.01,
      offers: [
        { pricePerKwh: 0.5, share: 0.1 },
        { pricePerKwh: 0.12, share: 0.3 },
        { pricePerKwh: 0.04, share: 0.6 },
      ],
    },
    ...over,
  });
const at = (over: Record<string, unknown>, workload: "mining" | "jobs" = "jobs", hour = 12) =>
  earningsByHour(money(over), workload, 0.08)[hour];

describe("what a kWh in the heater earns", () => {
  it("is what mining earns where there are no jobs", () => {
    expect(at({}, "mining")).toMatchObject({ perKwh: 0.08, jobShare: 0, profitShare: 0 });
  });

  it("adds the jobs that pay more than mining and wear, where heat replaces an electric heater", () => {
    const earned = at({});
    expect(earned?.jobShare).toBeCloseTo(0.4, 9);
    expect(earned?.perKwh).toBeCloseTo(0.1 * 0.5 + 0.3 * 0.12 + 0.6 * 0.08, 9);
  });

  it("asks more where the heat replaces something cheap", () => {
    const earned = at({ instead: { kind: "gas", pricePerKwh: 0.042, efficiency: 0.84 } });
    expect(earned?.jobShare).toBeCloseTo(0.1, 9);
  });

  it("goes on without a wish for heat only for what pays the whole of it", () => {
    expect(at({})).toMatchObject({ profitShare: 0.1, profitPerKwh: 0.5, profitJobShare: 1 });
    expect(at({ electricity: 0.05 })?.profitShare).toBe(1);
  });

  it("follows the hours of the price", () => {
    const electricity = [
      { hours: "22-6", pricePerKwh: 0.05 },
      { hours: "6-22", pricePerKwh: 0.4 },
    ];
    expect(at({ electricity }, "mining", 23)?.profitShare).toBe(1);
    expect(at({ electricity }, "mining", 6)?.profitShare).toBe(0);
  });

  it("refuses prices that leave an hour out or name it twice", () => {
    const priced = (...spans: readonly string[]) =>
      homeMoneySchema.safeParse({ electricity: spans.map((hours) => ({ hours, pricePerKwh: 1 })) });
    expect(priced("0-24").success).toBe(true);
    expect(priced("0-23").success).toBe(false);
    expect(priced("0-12", "12-24").success).toBe(true);
    expect(priced("0-13", "12-24").success).toBe(false);
  });
});
