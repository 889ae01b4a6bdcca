import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Watts } from "../../src/domain/index.ts";
import { parseYaml } from "../../src/hearth/index.ts";
import {
  climateSchema,
  loopHome,
  loopWorld,
  type LoopRun,
  runLoop,
  syntheticYear,
} from "../../src/heat/index.ts";
import { openSolver } from "../../src/solver/index.ts";

const file = "data/climates/berlin.yaml";
const weather = syntheticYear(parseYaml(readFileSync(file, "utf8"), file, climateSchema), 1);
const warmUpHours = 8;
const hours = warmUpHours + 24;
const begins = 9 * 24;

const world = (over: { readonly forecastOffK?: number } = {}) =>
  loopWorld(loopHome, weather, { seed: 1, hours, begins, ...over });
const timeOfUse = (hour: number) =>
  hour % 24 < 6 || hour % 24 >= 22 ? 0.12 : hour % 24 >= 17 && hour % 24 < 21 ? 0.4 : 0.24;

const usual: Omit<LoopRun, "planner"> = {
  home: loopHome,
  world: world(),
  start: { roomC: 20.5, tankC: 50 },
  earnings: { small: 0.071, middle: 0.051, water: 0.081 },
  pricePerKwh: timeOfUse,
  warmUpHours,
};

describe("the planner in the loop ends warm and safe", { timeout: 120_000 }, () => {
  const solver = openSolver();
  afterAll(() => solver.close());
  const live = async (over: Partial<LoopRun> = {}) => {
    const planner = { solve: solver.solve, seconds: 0.3, gap: 0.05 };
    const result = await runLoop({ ...usual, ...over, planner });
    const { account, plans } = result;
    expect(account.overFeederW).toBeLessThanOrEqual(0);
    expect(account.hottestC).toBeLessThan(24.2);
    expect(plans.actedHours + plans.overruledHours + plans.plainHours).toBeCloseTo(
      hours - (over.warmUpHours ?? warmUpHours),
      6,
    );
    return result;
  };
  const expectWarm = ({ endedC }: Awaited<ReturnType<typeof live>>) => {
    expect(endedC.room).toBeGreaterThan(19.5);
    expect(endedC.tank).toBeGreaterThan(40);
  };

  it("from a room far below its target", async () => {
    const result = await live({ start: { roomC: 8, tankC: 50 } });
    expectWarm(result);
    expect(result.account.coldestC).toBeLessThan(18);
    expect(result.plans.made).toBeGreaterThan(6);
  });

  it("from a cold tank", async () => {
    const result = await live({ start: { roomC: 20.5, tankC: 12 }, warmUpHours: 4 });
    expectWarm(result);
    expect(result.plans.made).toBeGreaterThan(12);
  });

  it("under a feeder that is smaller than the need: it draws what there is, and no more", async () => {
    const home = { ...loopHome, feederWatts: Watts(1100) };
    const { account, endedC, plans } = await live({ home, start: { roomC: 20.5, tankC: 50 } });
    const drawn = Object.values(account.joules).reduce((sum, joules) => sum + joules, 0);
    expect(drawn / ((hours - warmUpHours) * 3600)).toBeGreaterThan(500);
    expect(endedC.room).toBeGreaterThan(13);
    expect(plans.made).toBeGreaterThan(12);
  });

  it("when prices and weather are gone from midday on: by the plan for two hours, then by the thermostat", async () => {
    const gone = { from: warmUpHours + 12, until: hours };
    const result = await live({ pricesGone: gone, weatherGone: gone });
    expectWarm(result);
    expect(result.plans.made).toBe(12);
    expect(result.plans.plainHours).toBeGreaterThanOrEqual(10);
    expect(result.account.coldKh).toBeLessThan(3);
  });

  it("when only the weather is gone: by the last forecast for half a day", async () => {
    const result = await live({ weatherGone: { from: warmUpHours + 6, until: hours } });
    expectWarm(result);
    expect(result.plans.made).toBeGreaterThan(8);
    expect(result.plans.made).toBeLessThanOrEqual(19);
  });

  it.each([8, -8])("with a forecast wrong by %i K: by the plain thermostat", async (forecastOffK) => {
    const result = await live({ world: world({ forecastOffK }) });
    expectWarm(result);
    expect(result.plans.plainHours).toBeGreaterThan(20);
    expect(result.account.coldKh).toBeLessThan(3);
  });

  it("with a model that loses three times the heat: by the plain thermostat", async () => {
    const { model } = loopHome;
    const home = {
      ...loopHome,
      model: {
        ...model,
        airToOutsideWattsPerKelvin: 3 * model.airToOutsideWattsPerKelvin,
        fabricToOutsideWattsPerKelvin: 3 * model.fabricToOutsideWattsPerKelvin,
      },
    };
    const result = await live({ home });
    expectWarm(result);
    expect(result.plans.plainHours).toBeGreaterThan(20);
    expect(result.account.coldKh).toBeLessThan(3);
  });

  it("on negative prices", async () => {
    const result = await live({ pricePerKwh: (hour) => (hour % 24 < 12 ? -0.15 : 0.1) });
    expectWarm(result);
    expect(result.account.hotKh).toBeLessThan(3);
    expect(result.plans.actedHours).toBeGreaterThan(12);
  });
});
