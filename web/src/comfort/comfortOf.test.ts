import { describe, expect, it } from "vitest";
import type { Config } from "../api.ts";
import { comfortOf } from "./comfortOf.ts";

const configOf = (comfort: unknown) =>
  ({ settings: { sinks: [{ id: "other" }, { id: "room", comfort }] } }) as unknown as Config;

describe("the comfort in hearth.yaml", () => {
  it("is read with its week; an entry without days is for all of them", () => {
    const week = [
      { days: ["sat", "mon"], from: "06:30", to: "24:00", targetC: 21 },
      { from: "22:00", to: "06:00", targetC: 18.5 },
    ];
    expect(comfortOf(configOf({ setBackC: 17, bandK: 0.5, week }), "room")).toEqual({
      setBackC: 17,
      bandK: 0.5,
      week: [
        { days: ["mon", "sat"], from: "06:30", to: "24:00", targetC: 21 },
        {
          days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
          from: "22:00",
          to: "06:00",
          targetC: 18.5,
        },
      ],
    });
    expect(comfortOf(configOf({ setBackC: 17 }), "room")).toEqual({
      setBackC: 17,
      bandK: undefined,
      week: [],
    });
  });

  it("is the usual of a tank that says none", () => {
    const tank = { settings: { sinks: [{ id: "tank", kind: "tank" }] } } as unknown as Config;
    expect(comfortOf(tank, "tank")).toEqual({ setBackC: 50, bandK: undefined, week: [] });
  });

  it.each([
    ["no comfort", undefined],
    ["comfort that is a word", "cosy"],
    ["no set-back", { week: [] }],
    ["a time that is none", { setBackC: 17, week: [{ from: "7", to: "08:00", targetC: 20 }] }],
    ["a target that is a word", { setBackC: 17, week: [{ from: "07:00", to: "08:00", targetC: "warm" }] }],
  ])("is not guessed at: %s", (_what, comfort) => {
    expect(comfortOf(configOf(comfort), "room")).toBeUndefined();
  });

  it("is none of a room that the file does not know, or of a file that is no YAML", () => {
    expect(comfortOf(configOf({ setBackC: 17 }), "attic")).toBeUndefined();
    expect(comfortOf({ settings: null } as Config, "room")).toBeUndefined();
  });
});
