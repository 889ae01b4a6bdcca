import { afterAll, describe, expect, it } from "vitest";
import {
  climateSchema,
  type HomeOffer,
  homeBuilding,
  homeShape,
  type HomeSystem,
  learnHome,
  planHome,
  simulateHome,
  type SolveProgram,
  syntheticYear,
} from "../../src/heat/index.ts";
import { openSolver } from "../../src/solver/index.ts";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const berlin = syntheticYear(
  climateSchema.parse(
    parse(readFileSync(new URL("../../data/climates/berlin.yaml", import.meta.url), "utf8")),
  ),
  1,
);
const yearOf = (legionellaEveryHours: number) => {
  const home = z.strictObject(homeShape).parse({
    house: { floorAreaM2: 120 },
    heater: { maxW: 4000, minW: 1200 },
    hotWater: { legionellaEveryHours },
  });
  return { home, building: homeBuilding(home, berlin), weather: berlin };
};
const year = yearOf(60);
/** No deadline falls into these days, so that none is kept by one and not yet by the other. */
const withoutDeadline = yearOf(336);
const learned = learnHome(year);
const offerOf = (priceAt: (hour: number) => number, earns = 0): HomeOffer => ({
  electricityPerKwh: new Float64Array(8760).map((_, hour) => priceAt(hour % 24)),
  earnsPerKwh: new Float64Array(8760).fill(earns),
  profitShare: new Float64Array(8760),
});
const isNight = (hour: number) => hour < 6 || hour >= 22;
const byTime = (earns = 0) => offerOf((hour) => (isNight(hour) ? 0.12 : 0.28), earns);
const flat = (earns = 0) => offerOf(() => 0.22, earns);

type Flows = ReturnType<typeof simulateHome>;
const electric = ["heaterW", "heatPumpW", "resistiveW"] as const;
const netCost = (flows: Flows, { electricityPerKwh, earnsPerKwh }: HomeOffer) =>
  flows.hour.reduce((sum, hour, entry) => {
    const drawn = electric.reduce((all, name) => all + (flows[name][entry] ?? 0), 0) / 1000;
    const earned = ((flows.heaterW[entry] ?? 0) / 1000) * (earnsPerKwh[hour] ?? 0);
    return sum + drawn * (electricityPerKwh[hour] ?? 0) - earned;
  }, 0);
const total = (series: Float64Array) => series.reduce((sum, value) => sum + value, 0);

/** Some days of January, planned every four hours. */
export function describePlannedDays(days: number): void {
  describe(`a home of which ${days} days are planned`, { timeout: 300_000 }, () => {
    const winter = [{ from: 14 * 24, until: (14 + days) * 24, warmUp: 10 * 24, weight: 1 }];
    const solver = openSolver();
    afterAll(() => solver.close());
    const both = async (
      system: HomeSystem,
      offer: HomeOffer,
      { solve = solver.solve, of = year }: { solve?: SolveProgram; of?: typeof year } = {},
    ) => ({
      plain: simulateHome(of, system, offer, winter),
      simple: simulateHome({ ...of, heatsAhead: false }, system, offer, winter),
      planned: await planHome(of, system, offer, winter, learned, { solve, seconds: 10 }),
    });
    const lived = new Map<HomeSystem, ReturnType<typeof both>>();
    /** Where prices differ by time; several tests look at each. */
    const bothByTime = (system: HomeSystem, earns = 0) => {
      const run = lived.get(system) ?? both(system, byTime(earns));
      lived.set(system, run);
      return run;
    };

    it.each([
      ["resistive", 0, 0.03, 0.03],
      ["heat-pump", 0, 0.02, 0.01],
      ["heater-mining", 0.09, 0.06, 0.03],
      ["heater-beside-heat-pump", 0.09, 0.04, 0.03],
    ] as const)(
      "costs less with %s where prices differ by time than on a simple thermostat and on one that heats ahead, and is as warm",
      async (system, earns, onSimple, onAhead) => {
        const offer = byTime(earns);
        const { plain, simple, planned } = await bothByTime(system, earns);
        const cost = netCost(planned.flows, offer);
        expect(1 - cost / netCost(simple, offer)).toBeGreaterThan(onSimple);
        expect(1 - cost / netCost(plain, offer)).toBeGreaterThan(onAhead);
        expect(total(planned.flows.coldK)).toBeLessThan(total(plain.coldK) + 1);
        expect(Math.max(...planned.flows.airC.filter((_, hour) => hour % 24 < 6))).toBeLessThan(21.6);
        expect(total(planned.flows.lukewarmW)).toBeLessThan(0.01 * total(planned.flows.tankW));
        expect([plain.missedDisinfections, planned.flows.missedDisinfections]).toEqual([0, 0]);
        expect(planned.plans).toMatchObject({ made: 6 * days, byRules: 0, daysOnRules: 0 });
      },
    );

    it.each(["resistive", "heat-pump"] as const)(
      "costs hardly more with %s where they do not",
      async (system) => {
        const { plain, planned } = await both(system, flat(), { of: withoutDeadline });
        const kwhPerKelvin = (year.home.hotWater.tankLitres * 1.163) / 1000;
        const stored = (flows: Flows) => (flows.tankC.at(-1) ?? 0) * kwhPerKelvin;
        const worth = (stored(planned.flows) - stored(plain)) * 0.22 * (system === "resistive" ? 1 : 0.5);
        expect((netCost(planned.flows, flat()) - worth) / netCost(plain, flat())).toBeLessThan(1.01);
      },
    );

    it("disinfects its tank while it is cheap", async () => {
      const { planned } = await bothByTime("resistive");
      const { hour, tankC, tankW } = planned.flows;
      const hot = [...hour].filter((_, entry) => (tankC[entry] ?? 0) > 58 && (tankW[entry] ?? 0) > 50);
      expect(hot.length).toBeGreaterThan(0);
      expect(hot.filter((one) => !isNight(one % 24))).toEqual([]);
    });

    it("gives its sinks what its sources make, no more and no less, whatever the plan said", async () => {
      const { planned } = await bothByTime("heater-beside-heat-pump", 0.09);
      const { flows } = planned;
      for (let entry = 0; entry < flows.hour.length; entry++) {
        const at = (name: "roomW" | "tankW" | "heaterHeatW" | "heatPumpHeatW" | "resistiveW" | "heaterW") =>
          flows[name][entry] ?? 0;
        expect(at("roomW") + at("tankW")).toBeCloseTo(
          at("heaterHeatW") + at("heatPumpHeatW") + at("resistiveW"),
          6,
        );
        expect(at("heaterHeatW")).toBeCloseTo(0.97 * at("heaterW"), 6);
        expect(at("heaterW")).toBeLessThanOrEqual(4000 + 1e-6);
      }
    });

    it("is planned by rules where no solver answers, which is told, and stays warm", async () => {
      const dead = () => Promise.reject(new Error("gone"));
      const { planned } = await both("heat-pump", byTime(), { solve: dead });
      expect(planned.plans).toMatchObject({
        made: 6 * days,
        proven: 0,
        byRules: 6 * days,
        daysOnRules: days,
      });
      expect(total(planned.flows.coldK)).toBeLessThan(5);
      expect(planned.flows.missedDisinfections).toBe(0);
    });
  });
}
