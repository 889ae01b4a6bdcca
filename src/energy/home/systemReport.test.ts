import { describe, expect, it } from "vitest";
import { earningsByHour } from "./earnings.ts";
import { homeMoneySchema } from "./homeMoney.ts";
import { type MeteredFlows, systemLevels, systemReport } from "./systemReport.ts";

const money = homeMoneySchema.parse({
  electricity: 0.2,
  gasPerKwh: 0.1,
  instead: { kind: "resistive" },
  devices: { heater: { price: 3000, lifeYears: 5 }, resistive: { price: 1000, lifeYears: 20 } },
  carbon: { gridKgPerKwh: 0.4 },
});
const series = (...values: number[]) => Float64Array.from(values);
const none = series(0, 0);

/** Two hours of January, the second of which stands for three. */
const flows = (over: Partial<MeteredFlows> = {}): MeteredFlows => ({
  hour: Int32Array.from([0, 1]),
  weight: series(1, 3),
  heaterW: none,
  heaterForProfitW: none,
  heatPumpW: none,
  resistiveW: none,
  coolingW: none,
  auxiliaryW: none,
  fuelW: none,
  roomW: none,
  tankW: none,
  poolW: none,
  chillerW: none,
  outsideW: none,
  heaterHeatW: none,
  heatPumpHeatW: none,
  coolingSavedW: none,
  lukewarmW: none,
  coldK: none,
  hotK: none,
  poolColdK: none,
  missedDisinfections: 0,
  ...over,
});
const mined = flows({
  heaterW: series(1000, 2000),
  heaterForProfitW: series(0, 1000),
  roomW: series(600, 1000),
  tankW: series(200, 600),
  poolW: series(100, 200),
  heaterHeatW: series(900, 1800),
  outsideW: series(0, 900),
  coldK: series(1, 2),
});
const report = (of: MeteredFlows, hasChiller = false, system = "heater-mining") =>
  systemReport(system, of, money, earningsByHour(money, "mining", 0.05), hasChiller);

describe("what a system cost, earned and gave", () => {
  const { energyKwh, heatKwh, money: sums, ...rest } = report(mined);

  it("credits no heat beyond what was wanted, such as a plan stores", () => {
    const hours = earningsByHour(money, "mining", 0.05);
    const planned = systemReport("heater-mining", mined, money, hours, false, 3.15);
    expect(Number(planned.money.heatValue)).toBeCloseTo(Number(sums.heatValue) / 2, 5);
    expect(planned.carbonKg.displaced).toBeCloseTo(rest.carbonKg.displaced / 2, 9);
    expect([planned.money.netCost, planned.heatKwh.useful]).toEqual([sums.netCost, heatKwh.useful]);
  });

  it("counts each hour as often as it stands for", () => {
    expect(energyKwh).toMatchObject({ electricity: 10, heater: 10 });
    expect(heatKwh).toMatchObject({
      useful: 6.3,
      room: 3.6,
      tank: 2,
      pool: 0.7,
      byHeater: 6.3,
      outside: 2.7,
    });
    expect(rest.comfort.coldKh).toBe(7);
    expect(rest.heaterUsefulShare).toBeCloseTo(0.63, 12);
  });

  it("adds up its money, with what its devices lose in value apart", () => {
    expect(sums).toMatchObject({
      cost: "2.000000",
      revenue: "0.350000",
      netCost: "1.650000",
      heatValue: "1.260000",
      capital: "4000.000000",
      depreciation: "650.000000",
    });
    expect(rest.monthlyNetCost[0]).toBe("1.650000");
  });

  it("keeps its carbon in three ledgers", () => {
    expect(rest.carbonKg.used).toBeCloseTo(4, 9);
    expect(rest.carbonKg.displaced).toBeCloseTo(2.52, 9);
    expect(rest.carbonKg.consequential).toBeCloseTo(1.48, 9);
  });

  it("tells the power that is passed in each part of the time, the highest first", () => {
    expect(rest.durationW[0]).toBe(3000);
    expect(rest.durationW[74]).toBe(3000);
    expect(rest.durationW.at(-1)).toBe(1000);
  });

  it("counts a chiller's price where there is one, whether it ran or not", () => {
    expect(Number(report(mined, true).money.capital)).toBe(13_000);
  });

  it("tells a heat pump's heat by its electricity", () => {
    const pump = flows({ heatPumpW: series(500, 1000), heatPumpHeatW: series(1500, 2500) });
    expect(report(pump, false, "heat-pump").heatPumpPerformance).toBeCloseTo(9 / 3.5, 12);
  });
});

describe("the levels", () => {
  const pumped = (watts: number) =>
    report(flows({ heatPumpW: series(watts, watts) }), false, "heat-pump").account;

  it("hold against the net cost of the home's heat pump", () => {
    expect(systemLevels(report(mined), pumped(3000))).toMatchObject({ beatsHeatPump: true });
    expect(systemLevels(report(mined), pumped(1500))).toMatchObject({ beatsHeatPump: false });
  });

  it("credit only the heat of the heater", () => {
    const useful = {
      roomW: series(4000, 4000),
      heatPumpHeatW: series(4000, 4000),
      heatPumpW: series(1000, 1000),
    };
    const beside = report(flows(useful), false, "heater-beside-heat-pump");
    expect(systemLevels(beside, pumped(1000)).freeAfterHeat).toBe(false);
    const own = report(
      flows({ heaterW: series(1000, 1000), roomW: series(1000, 1000), heaterHeatW: series(1000, 1000) }),
    );
    expect(systemLevels(own, pumped(1000)).freeAfterHeat).toBe(true);
  });
});
