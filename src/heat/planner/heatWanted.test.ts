import { describe, expect, it } from "vitest";
import { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";
import { roomModel } from "../room.ts";
import { heatWanted } from "./heatWanted.ts";
import type { PlannedStep } from "./plan.ts";
import type { PlanProblem } from "./planProblem.ts";

const hour = 3_600_000;
const switching = {
  minOn: Seconds(600),
  minOff: Seconds(600),
  startCost: 0,
  watts: Watts(0),
  since: Seconds(3600),
};
const problem = (prices: readonly number[], most = 21): PlanProblem => ({
  steps: prices.map((pricePerKwh, at) => ({
    from: Instant(at * hour),
    duration: Seconds(3600),
    pricePerKwh,
    exportPerKwh: 0,
    kgPerKwh: 0,
    outdoor: Celsius(5),
    otherWatts: Watts(0),
    solarWatts: Watts(0),
  })),
  heaters: [
    {
      ...switching,
      id: "pc",
      steps: { kind: "levels", watts: [Watts(500)] },
      heatShare: 1,
      sinks: ["room"],
      earnsPerKwh: prices.map(() => 0.05),
    },
  ],
  backups: [
    {
      ...switching,
      id: "pump",
      minWatts: Watts(100),
      maxWatts: Watts(1000),
      performance: prices.map(() => 3),
      sinks: ["room"],
    },
  ],
  sinks: [
    {
      kind: "room",
      id: "room",
      model: roomModel({ areaM2: 20, insulation: "average" }),
      state: { air: Celsius(20), fabric: Celsius(20) },
      least: prices.map(() => 20),
      most: prices.map(() => most),
      coldPerKelvinHour: 1,
      hotPerKelvinHour: 1,
    },
  ],
  loads: [],
  feederWatts: Watts(5000),
  carbonPerKg: 0,
  peakPerKw: 0,
  peakSoFar: Watts(0),
});
/** W of heat by heater and by heat pump, in each step, at 20 °C. */
const plan = (...given: readonly (readonly [pc: number, pump: number])[]): PlannedStep[] =>
  given.map(([pc, pump], at) => ({
    from: Instant(at * hour),
    duration: Seconds(3600),
    heaters: [{ id: "pc", watts: Watts(pc), heat: { room: pc } }],
    backups: [{ id: "pump", watts: Watts(pump / 3), heat: { room: pump } }],
    loads: [],
    temperatures: { room: Celsius(20) },
    importedWatts: Watts(0),
    exportedWatts: Watts(0),
    netCost: 0,
  }));
const worth = (of: PlanProblem, steps: PlannedStep[], asking = ["pc"]) =>
  heatWanted(of, steps, "room", 0, new Set(asking)).map(
    ({ watts, perKwh }) => `${watts.toFixed(0)} W at ${perKwh.toFixed(3)}`,
  );

describe("the worth of the next kWh of heat", () => {
  it("is what a heat pump takes for it that would give it now", () => {
    expect(worth(problem([0.3], 20), plan([0, 900]))).toEqual(["900 W at 0.100"]);
  });

  it("is what its energy costs where the heater that asks would give it anyway", () => {
    expect(worth(problem([0.3], 20), plan([500, 0]))).toEqual(["500 W at 0.300"]);
  });

  it("is what another heater pays for it, less what that earns", () => {
    expect(worth(problem([0.3], 20), plan([500, 0]), [])).toEqual(["500 W at 0.250"]);
  });

  it("comes in the order of its worth", () => {
    expect(worth(problem([0.3], 20), plan([500, 900]))).toEqual(["500 W at 0.300", "900 W at 0.100"]);
  });

  it("is nothing where no heat is planned, now or later", () => {
    expect(worth(problem([0.3, 0.3], 22), plan([0, 0], [0, 0]))).toEqual([]);
  });

  it("is what it saves later where the room may store it, less what is lost until then", () => {
    const [stored = "", ...more] = worth(problem([0.1, 0.4], 21), plan([0, 0], [0, 900]));
    expect(more).toEqual([]);
    const [, watts, perKwh] = /(\d+) W at ([\d.]+)/.exec(stored) ?? [];
    expect(Number(watts)).toBeGreaterThan(100);
    expect(Number(perKwh)).toBeGreaterThan(0.1);
    expect(Number(perKwh)).toBeLessThan(0.4 / 3);
  });

  it("is nothing for what the room may not store", () => {
    expect(worth(problem([0.1, 0.4], 20), plan([0, 0], [0, 900]))).toEqual([]);
  });
});
