import { describe, expect, it } from "vitest";
import { Instant, Seconds, Watts } from "../../domain/index.ts";
import type { PlannedStep } from "./plan.ts";
import { stepInAct } from "./planInAct.ts";

const step = (minute: number, minutes: number): PlannedStep => ({
  from: Instant(minute * 60_000),
  duration: Seconds(minutes * 60),
  heaters: [],
  backups: [],
  loads: [],
  temperatures: {},
  importedWatts: Watts(0),
  exportedWatts: Watts(0),
  netCost: 0,
});
const plan = { steps: [step(60, 15), step(75, 15), step(90, 60), step(150, 60)] };

describe("the step of a plan that acts", () => {
  it.each<[string, number, number | undefined]>([
    ["before its first step: none", 59, undefined],
    ["at its beginning", 60, 0],
    ["to the end of a step", 74.9, 0],
    ["in the next one", 75, 1],
    ["in a longer one", 149, 2],
    ["to two hours", 179, 3],
    ["beyond that: none, though it has more steps", 180, undefined],
  ])("%s", (_, minute, index) => {
    const found = stepInAct(plan, Instant(minute * 60_000));
    expect(found && plan.steps.indexOf(found)).toBe(index);
  });

  it("is none where there is no plan", () => {
    expect(stepInAct(undefined, Instant(0))).toBeUndefined();
    expect(stepInAct({ steps: [] }, Instant(0))).toBeUndefined();
  });
});
