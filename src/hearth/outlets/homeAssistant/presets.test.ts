import { describe, expect, it } from "vitest";
import { Celsius, Seconds } from "../../../domain/index.ts";
import { overrideOfOff, overrideOfPreset, planOf, type Preset, presetOf, presets } from "./presets.ts";

const comfort = {
  targetC: 20,
  minC: 5,
  maxC: 25,
  bandK: 0.3,
  source: "schedule" as const,
  until: null,
  nextTargetC: null,
};
const schedule = {
  setBackC: Celsius(17),
  bandK: 0.3,
  entries: [20, 22, 21].map((targetC) => {
    return { days: ["mon" as const], from: "06:00", to: "08:00", targetC: Celsius(targetC) };
  }),
};
const plan = planOf(schedule, { boostK: 1.5, boostMinutes: 30 });
const now = "2026-01-14T12:00:00.000Z";
const asked = (preset: Preset, of = comfort) => overrideOfPreset(preset, plan, of, now);

describe("a preset", () => {
  it("is made of the schedule and the configuration", () => {
    expect(plan).toEqual({ awayC: 17, comfortC: 22, boostK: 1.5, boostFor: Seconds(1800) });
    expect(planOf(schedule, { awayC: 12, boostK: 1, boostMinutes: 60 }).awayC).toBe(12);
    expect(planOf({ ...schedule, entries: [] }, { boostK: 1, boostMinutes: 60 }).comfortC).toBe(17);
  });

  it("is a wish that the owner has too", () => {
    expect(asked("away")).toEqual({ kind: "away", targetC: 17, until: null });
    expect(asked("comfort")).toEqual({ kind: "hold", targetC: 22 });
    expect(asked("boost")).toEqual({ kind: "boost", targetC: 21.5, until: "2026-01-14T12:30:00.000Z" });
  });

  it("stays within the room's limits", () => {
    const narrow = { ...comfort, minC: 19, maxC: 20.5 };
    expect(presets.map((preset) => asked(preset, narrow).targetC)).toEqual([19, 20.5, 20.5]);
  });

  it.each(presets)("%s is recognised once it is so", (preset) => {
    const { kind, targetC } = asked(preset);
    expect(presetOf({ ...comfort, source: kind, targetC }, plan)).toBe(preset);
  });

  it("is none by the schedule, when something else is held, and when the room is off", () => {
    expect(presetOf(comfort, plan)).toBe("none");
    expect(presetOf({ ...comfort, source: "hold" }, plan)).toBe("none");
    const { kind, targetC } = overrideOfOff(comfort);
    expect(presetOf({ ...comfort, source: kind, targetC }, plan)).toBe("none");
  });
});
