import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import {
  climateSchema,
  type HomeOffer,
  homeBuilding,
  homeShape,
  type HomeSystem,
  type HomeYear,
  learnHome,
  planHome,
  simulateHome,
  syntheticYear,
} from "../../src/heat/index.ts";
import { openSolver } from "../../src/solver/index.ts";

const weather = syntheticYear(
  climateSchema.parse(
    parse(readFileSync(new URL("../../data/climates/berlin.yaml", import.meta.url), "utf8")),
  ),
  1,
);
const yearOf = (over: Record<string, unknown>): HomeYear => {
  const home = z.strictObject(homeShape).parse({ hotWater: { legionellaEveryHours: 336 }, ...over });
  return { home, building: homeBuilding(home, weather), weather };
};
const isNight = (hour: number) => hour % 24 < 6 || hour % 24 >= 22;
const byTime = (earns: number): HomeOffer => ({
  electricityPerKwh: new Float64Array(8760).map((_, hour) => (isNight(hour) ? 0.12 : 0.28)),
  earnsPerKwh: new Float64Array(8760).fill(earns),
  profitShare: new Float64Array(8760),
});
type Flows = ReturnType<typeof simulateHome>;
const electric = ["heaterW", "heatPumpW", "resistiveW", "coolingW"] as const;
const netCost = (flows: Flows, { electricityPerKwh, earnsPerKwh }: HomeOffer) =>
  flows.hour.reduce((sum, hour, entry) => {
    const drawn = electric.reduce((all, name) => all + (flows[name][entry] ?? 0), 0) / 1000;
    const earned = ((flows.heaterW[entry] ?? 0) / 1000) * (earnsPerKwh[hour] ?? 0);
    return sum + drawn * (electricityPerKwh[hour] ?? 0) - earned;
  }, 0);
const total = (series: Float64Array) => series.reduce((sum, value) => sum + value, 0);
const shareAtNight = (flows: Flows, name: "poolW" | "coolingW") =>
  total(flows[name].filter((_, entry) => isNight(flows.hour[entry] ?? 0))) / total(flows[name]);

describe("a home that is planned in its warm season", { timeout: 120_000 }, () => {
  const solver = openSolver();
  afterAll(() => solver.close());
  const days = (from: number, count: number) => [
    { from: from * 24, until: (from + count) * 24, warmUp: 5 * 24, weight: 1 },
  ];
  const both = async (
    year: HomeYear,
    system: HomeSystem,
    offer: HomeOffer,
    stretches: ReturnType<typeof days>,
  ) => ({
    plain: simulateHome(year, system, offer, stretches),
    ...(await planHome(year, system, offer, stretches, learnHome(year), {
      solve: solver.solve,
      seconds: 10,
    })),
  });

  it("heats its pool while that is cheap, keeps it as warm, and pays less", async () => {
    const pool = { areaM2: 20, maxHeatW: 9000 };
    const year = yearOf({ house: { floorAreaM2: 120 }, heater: { maxW: 8000, minW: 1200 }, pool });
    const { plain, flows, plans } = await both(year, "heater-mining", byTime(0.09), days(251, 2));
    expect(netCost(flows, byTime(0.09))).toBeLessThan(0.85 * netCost(plain, byTime(0.09)));
    expect(shareAtNight(flows, "poolW")).toBeGreaterThan(2 * shareAtNight(plain, "poolW"));
    expect(total(flows.poolColdK)).toBe(0);
    expect(Math.min(...flows.poolC)).toBeGreaterThan(27 - 0.25);
    expect(Math.max(...flows.poolC)).toBeLessThan(27 + 1.05);
    for (let entry = 0; entry < flows.hour.length; entry++) {
      const at = (name: "roomW" | "tankW" | "poolW" | "heaterHeatW" | "resistiveW" | "heaterW") =>
        flows[name][entry] ?? 0;
      expect(at("roomW") + at("tankW") + at("poolW")).toBeCloseTo(at("heaterHeatW") + at("resistiveW"), 6);
      expect(at("poolW")).toBeLessThanOrEqual(pool.maxHeatW + 1e-6);
      expect(at("heaterW")).toBeLessThanOrEqual(8000 + 1e-6);
    }
    expect(plans).toMatchObject({ made: 12, proven: 12, byRules: 0 });
  });

  it("leaves a pool that is far too cold to the thermostat, which gives it all that is left over", async () => {
    const pool = { areaM2: 60 };
    const year = yearOf({ house: { floorAreaM2: 120 }, pool });
    const { plain, flows } = await both(year, "heater-mining", byTime(0.09), days(251, 1));
    expect(Math.max(...plain.poolC)).toBeLessThan(26);
    expect(Math.abs(total(flows.poolW) / total(plain.poolW) - 1)).toBeLessThan(0.05);
  });

  it("cools its rooms while that is cheap, no further than it may, and pays less", async () => {
    const year = yearOf({ house: { floorAreaM2: 120, coolAboveC: 24 }, planner: { coolerK: 1.5 } });
    const { plain, flows, plans } = await both(year, "heat-pump", byTime(0), days(196, 2));
    const cost = (of: Flows) =>
      of.hour.reduce(
        (sum, hour, entry) => sum + (of.coolingW[entry] ?? 0) * (isNight(hour) ? 0.12 : 0.28),
        0,
      );
    expect(cost(flows)).toBeLessThan(0.98 * cost(plain));
    expect(shareAtNight(flows, "coolingW")).toBeGreaterThan(shareAtNight(plain, "coolingW") + 0.03);
    expect(total(flows.hotK)).toBe(0);
    expect(Math.max(...flows.airC)).toBeLessThan(24.01);
    expect(Math.min(...flows.airC)).toBeGreaterThan(24 - 1.5 - 0.5);
    expect(total(flows.roomW)).toBe(0);
    expect(plans).toMatchObject({ made: 12, proven: 12, byRules: 0 });
  });
});
