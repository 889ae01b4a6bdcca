import { describe, expect, it } from "vitest";
import type { Heater, Sink } from "./api.ts";
import { awayEnds, awayTarget, boostFrom, comfortWords, roomState } from "./comfortNow.ts";

const comfort: Sink["comfort"] = {
  targetC: 21,
  minC: 5,
  maxC: 25.7,
  bandK: 0.3,
  source: "schedule",
  until: "2026-11-23T21:30:00.000Z",
  nextTargetC: 18,
};
const now = "2026-11-23T16:40:00.000Z";
const berlin = "Europe/Berlin";

describe("comfort in words", () => {
  it.each([
    [{}, "Schedule until 22:30, then 18.0 °C"],
    [{ source: "hold", nextTargetC: null }, "Held by you until 22:30"],
    [{ source: "away", until: "2026-11-24T17:00:00.000Z" }, "Away until tomorrow 18:00, then 18.0 °C"],
    [{ source: "set-back", until: null, nextTargetC: null }, "Set-back, with no change ahead"],
    [{ source: "disinfection", until: null, nextTargetC: 50 }, "Hot against legionella, then 50.0 °C"],
  ] as const)("says %o", (change, words) => {
    expect(comfortWords({ ...comfort, ...change }, now, berlin, "en-GB").replaceAll("\u00a0", " ")).toBe(
      words,
    );
  });
});

describe("what one can ask of a room", () => {
  it("boosts by two degrees for an hour of the site's time", () => {
    expect(boostFrom({ kind: "room", comfort }, now)).toEqual({
      kind: "boost",
      targetC: 23,
      until: "2026-11-23T17:40:00.000Z",
    });
  });

  it("boosts no further than the room may go", () => {
    const warm = { ...comfort, targetC: 25 };
    expect(boostFrom({ kind: "room", comfort: warm }, now).targetC).toBe(25.7);
  });

  it("boosts a tank by five degrees", () => {
    const hot = { ...comfort, targetC: 50, minC: 9, maxC: 71, bandK: 4 };
    expect(boostFrom({ kind: "tank", comfort: hot }, now).targetC).toBe(55);
  });

  it("keeps an empty room at 16 °C, or as near as it may be set", () => {
    expect(awayTarget(comfort)).toBe(16);
    expect(awayTarget({ ...comfort, minC: 17 })).toBe(17);
  });

  it("offers only ends of an absence that are well ahead", () => {
    expect(awayEnds(now, berlin)[0]).toEqual({
      label: "Tomorrow morning",
      at: Date.parse("2026-11-24T06:00:00Z"),
    });
    expect(awayEnds("2026-11-23T09:00:00.000Z", berlin)[0]?.label).toBe("This evening");
  });
});

describe("how a room is", () => {
  const sink = { id: "room", temperatureC: 21, comfort } as Sink;
  const heater = { sinkId: "room", state: "off", setpointWatts: 0 } as Heater;

  it.each([
    [21, { ...heater, state: "heating" }, "heating"],
    [21, { ...heater, state: "settling", setpointWatts: 300 }, "heating"],
    [21, { ...heater, state: "settling" }, "comfortable"],
    [21, { ...heater, state: "heating", sinkId: "other" }, "comfortable"],
    [21.31, heater, "too warm"],
    [20.69, heater, "too cool"],
    [null, heater, "unknown"],
  ] as const)("at %s °C with %o is %s", (temperatureC, one, state) => {
    expect(roomState({ ...sink, temperatureC }, [one as Heater])).toBe(state);
  });
});
