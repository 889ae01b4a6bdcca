import { afterAll, describe, expect, it } from "vitest";
import { Celsius, seededRandom, Watts } from "../../src/domain/index.ts";
import type { PlanProblem } from "../../src/heat/index.ts";
import { sampleDay } from "../../src/heat/planner/sampleDay.suite.ts";
import { openSolver } from "../../src/solver/index.ts";
import { liveHalfADay } from "./livedDay.suite.ts";

describe("half a day planned anew each hour ends warm and within limits", { timeout: 120_000 }, () => {
  const solver = openSolver();
  afterAll(() => solver.close());
  const known = (steps: PlanProblem["steps"]) => steps;
  const off = (kelvin: number) => (steps: PlanProblem["steps"]) =>
    steps.map((step) => ({ ...step, outdoor: Celsius(step.outdoor + kelvin) }));
  const start = (room: number, tank: number): Partial<PlanProblem> => ({
    sinks: usual.sinks.map((sink) =>
      sink.kind === "room"
        ? { ...sink, state: { air: Celsius(room), fabric: Celsius(room) } }
        : { ...sink, temperature: Celsius(tank) },
    ),
  });
  const usual = sampleDay(seededRandom(5).fork("lived"));
  const prices = (of: (at: number) => number): Partial<PlanProblem> => ({
    steps: usual.steps.map((step, at) => ({ ...step, pricePerKwh: of(at), exportPerKwh: 0 })),
  });

  it.each<[string, Partial<PlanProblem>, (steps: PlanProblem["steps"]) => PlanProblem["steps"]]>([
    ["from a room far below its target", start(6, 50), known],
    ["from a cold tank", start(20, 10), known],
    ["on negative prices", prices((at) => (at < 24 ? -0.1 : 0.2)), known],
    ["with a forecast that is 8 K too warm", {}, off(8)],
    ["with a forecast that is 8 K too cold", {}, off(-8)],
    [
      "with neither prices nor weather: a flat price and 7 °C",
      {},
      (steps) => steps.map((step) => ({ ...step, pricePerKwh: 0.3, kgPerKwh: 0, outdoor: Celsius(7) })),
    ],
  ])("%s", async (_, over, foresee) => {
    const problem = { ...usual, ...over };
    const lived = await liveHalfADay(problem, solver.solve, foresee);
    expect(lived.room).toBeGreaterThan(18.5);
    expect(lived.tank).toBeGreaterThan(44);
    expect(lived.hottest).toBeLessThan(25);
    expect(lived.most).toBeLessThan(problem.feederWatts + 0.5);
  });

  it("under a feeder smaller than the need: warmer than with nothing, and never above it", async () => {
    const problem = { ...usual, feederWatts: Watts(1700), ...start(15, 45) };
    const lived = await liveHalfADay(problem, solver.solve, known);
    const unheated = { ...problem, feederWatts: Watts(0) };
    const cold = await liveHalfADay(unheated, () => Promise.reject(new Error("is away")), known);
    expect(lived.most).toBeLessThan(1700.5);
    expect(lived.room).toBeGreaterThan(cold.room + 3);
  });
});
