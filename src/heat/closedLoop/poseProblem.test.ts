import { describe, expect, it } from "vitest";
import { unknownEstimate } from "../estimate.ts";
import type { PlannedTank } from "../planner/planProblem.ts";
import { restingDevices } from "./deviceBank.ts";
import type { Known } from "./known.ts";
import { loopHome } from "./loopHome.ts";
import { poseProblem } from "./poseProblem.ts";

const earnings = { small: 0.07, middle: 0.05, water: 0.08 };
const known: Known = {
  minute: 10 * 60,
  estimate: { ...unknownEstimate(), mean: [20.4, 18, 200] },
  roomC: 20.5,
  tankC: 50,
  tankTopC: 52,
  legionella: { heldSeconds: 0, sinceSeconds: 0 },
  devices: {
    ...restingDevices(loopHome.devices),
    water: { watts: 1600, toTank: 1, since: 120, settles: 180, starts: 1 },
  },
  outdoorC: 0,
  pricePerKwh: 0.24,
  otherW: 900,
};
const outlook = {
  forecast: (hour: number) => ({ outdoorC: hour, relativeHumidity: 0.85, gainsW: 300 }),
  pricePerKwh: (hour: number) => hour / 100,
  usualLitres: () => 6,
  mainsC: 8,
};
const pose = (over: Partial<Known> = {}) =>
  poseProblem(loopHome, { ...known, ...over }, earnings, outlook, 0);
const tankOf = (problem: ReturnType<typeof pose>) =>
  problem.sinks.find((sink): sink is PlannedTank => sink.kind === "tank");

describe("the problem that a closed loop poses", () => {
  it("looks ahead by quarter-hours, then hours, with each hour's price and forecast", () => {
    const { steps } = pose();
    expect(steps.reduce((sum, { duration }) => sum + duration, 0)).toBe(30 * 3600);
    expect(steps.slice(0, 5).map(({ from }) => from / 60_000)).toEqual([600, 615, 630, 645, 660]);
    expect(steps.at(-1)).toMatchObject({ duration: 3600, pricePerKwh: 0.39, outdoor: 39 });
  });

  it("knows what else draws now, and takes what is usual for later", () => {
    const { steps } = pose();
    expect([steps[3]?.otherWatts, steps[4]?.otherWatts]).toEqual([900, loopHome.otherWatts]);
  });

  it("begins with what is estimated and how the devices run", () => {
    const { heaters, backups, sinks } = pose();
    expect(heaters.find(({ id }) => id === "water")).toMatchObject({ watts: 1600, since: 120 });
    expect(backups[0]?.performance[0]).toBeGreaterThan(2);
    expect(sinks[0]).toMatchObject({ state: { air: 20.4, fabric: 18 } });
    expect(sinks[1]).toMatchObject({ temperature: 50 });
  });

  it("counts on what the model does not explain, less and less", () => {
    const [room] = pose().sinks;
    const gains = room?.kind === "room" ? (room.gains ?? []) : [];
    expect(gains[0]).toBeCloseTo(500);
    expect(gains.at(-1)).toBeLessThan(305);
  });

  it("asks for a disinfection once its deadline is within the horizon, some hours before it", () => {
    expect(tankOf(pose())?.disinfection).toBeUndefined();
    const problem = pose({ legionella: { heldSeconds: 0, sinceSeconds: 148 * 3600 } });
    const { byStep = 0 } = tankOf(problem)?.disinfection ?? {};
    const end = problem.steps[byStep]!;
    const hoursAhead = (end.from - problem.steps[0]!.from) / 3_600_000 + end.duration / 3600;
    expect(hoursAhead).toBe(14);
  });

  it("asks for it at once where the deadline has passed", () => {
    const late = pose({ legionella: { heldSeconds: 0, sinceSeconds: 200 * 3600 } });
    expect(tankOf(late)?.disinfection).toMatchObject({ byStep: 3 });
  });
});
