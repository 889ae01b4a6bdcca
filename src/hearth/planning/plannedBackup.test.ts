import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Instant, Micros, plus, Seconds, Watts } from "../../domain/index.ts";
import { type ControlConfig, type PowerSteps, type PumpPerformance, solvePlan } from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { initialRound } from "../round.ts";
import type { PlannedSite } from "./askedSite.ts";
import { plannedAt } from "./madePlan.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import { planProblemOf } from "./planProblemOf.ts";

const began = Instant(Date.UTC(2026, 0, 12, 12));
const pump: PumpPerformance = { source: "air", supplyC: Celsius(35), maxSinkC: Celsius(55) };
const miner = Watts(1200);
/** Of a pump that gives about the miner's heat. */
const compressor = Watts(420);

/** A room with a miner and a backup that gives about as much heat. */
function siteWith(
  performance: PumpPerformance | undefined,
  earnsPerKwh = 0,
  outdoorC = 0,
  steps: PowerSteps = { kind: "range", min: Watts(300), max: miner, step: Watts(25) },
): PlannedSite {
  const site = oneRoomSite({ setBackC: Celsius(20), bandK: 0.3, entries: [] }, steps);
  const [heater] = site.heaters;
  if (!heater) throw new Error("no heater");
  const backup = {
    ...heater,
    id: HeaterId("backup"),
    traits: {
      ...heater.traits,
      steps: { heating: { kind: "levels", watts: [performance ? compressor : miner] } as const },
      ...(performance ? { performance } : {}),
    },
  };
  const config: ControlConfig = { ...site, heaters: [heater, backup] };
  const state = initialRound(config);
  const { control } = state;
  const room = control.sinks["room"]!;
  return {
    at: began,
    settings: { hours: 12, warmerK: 1, carbonPerKg: 0 },
    config,
    control: {
      heaters: config.heaters.map(({ id }) => ({
        id,
        state: "off",
        watts: Watts(0),
        trial: control.heaters[id]!.trial,
        isTried: false,
        wattsDiffer: false,
        learned: [],
      })),
    },
    state: {
      ...control,
      sinks: { room: { ...room, estimate: { ...room.estimate, mean: [20.5, 20.5, 0] } } },
      heaters: Object.fromEntries(
        Object.entries(control.heaters).map(([id, memory]) => [id, { ...memory, sinceSwitch: 1e5 }]),
      ),
    },
    owner: state.owner,
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    outside: {
      carbon: [],
      marginal: [],
      weather: [
        {
          from: began,
          until: plus(began, Seconds(5 * 86_400)),
          value: { outdoorC, globalWm2: 0, directNormalWm2: 0, diffuseWm2: 0 },
        },
      ],
    },
    gramsPerKwh: undefined,
    peakWatts: 0,
    names: {},
    earnsPerKwh: { heater: earnsPerKwh },
  };
}

async function hoursOf(site: PlannedSite) {
  const solver = openSolver();
  const problem = planProblemOf(site);
  if (!problem) throw new Error("nothing is planned");
  const plan = await solvePlan(problem, solver.solve, { seconds: 8, gap: 0.1 });
  await solver.close();
  const [, { traits }] = site.config.heaters as [unknown, ControlConfig["heaters"][number]];
  const most = traits.performance ? compressor : miner;
  const hours = (id: string, full: Watts) =>
    plan.steps.reduce((sum, { heaters, backups, duration }) => {
      const watts = [...heaters, ...backups].find((device) => device.id === id)?.watts ?? 0;
      return sum + ((watts / full) * duration) / 3600;
    }, 0);
  return { problem, plan, heater: hours("heater", miner), backup: hours("backup", most) };
}

describe("a plan with a backup", { timeout: 60_000 }, () => {
  it("uses the heat pump where that is better than a heater that earns little", async () => {
    const { heater, backup, problem, plan } = await hoursOf(
      siteWith(pump, 0.05, -9, { kind: "levels", watts: [miner] }),
    );
    expect(backup).toBeGreaterThan(2);
    expect(heater).toBeLessThan(backup / 5);
    const step = plan.steps.find(({ backups }) => (backups[0]?.watts ?? 0) > 0);
    const made = { madeAt: began, problem, plan, explanations: [] };
    const now = plannedAt(made, plan.steps[0]?.from ?? began, "UTC");
    expect(step?.backups[0]?.watts).toBeCloseTo(compressor, 0);
    expect([0, compressor]).toContain(now?.wishes["backup"]?.watts);
    expect(now?.wishes["heater"]?.watts).toBe(0);
  });

  it("uses the heater where what it earns outweighs the pump", async () => {
    const { heater, backup } = await hoursOf(siteWith(pump, 0.29));
    expect(heater).toBeGreaterThan(3);
    expect(backup).toBeLessThan(heater / 5);
  });

  it("never prefers what only heats at the same heat for a watt", async () => {
    const { heater, backup } = await hoursOf(siteWith(undefined, 0.02));
    expect(heater).toBeGreaterThan(3);
    expect(backup).toBeLessThan(heater / 5);
  });

  it("knows that a pump gives less in the cold", () => {
    const at = (outdoorC: number) =>
      planProblemOf(siteWith(pump, 0, outdoorC))?.backups[0]?.performance[0] ?? 0;
    expect(at(10)).toBeGreaterThan(at(-10) + 0.8);
    expect(at(-10)).toBeGreaterThan(1.5);
  });
});
