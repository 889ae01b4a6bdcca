import { describe, expect, it } from "vitest";
import { Seconds } from "../../../domain/index.ts";
import type { SiteView } from "../../../wire/index.ts";
import { openAlarm } from "../outletBench.suite.ts";
import { namesOf } from "./names.ts";
import { sampleView } from "../../sampleView.suite.ts";
import { statesOf } from "./states.ts";

const names = namesOf({ prefix: "homeassistant", topicPrefix: "h" });
const plan = { awayC: 16, comfortC: 22, boostK: 1, boostFor: Seconds(3600) };
const shown = (view: SiteView) => {
  const states = statesOf(view, names, () => plan);
  return (topic: string) => JSON.parse(states.get(`h/${topic}/state`) ?? "") as Record<string, unknown>;
};
const withRoom = (comfort: object, heater: object = {}): SiteView => {
  const view = sampleView();
  return {
    ...view,
    sinks: view.sinks.map((sink) => ({ ...sink, comfort: { ...sink.comfort, ...comfort } })),
    heaters: view.heaters.map((one) => ({ ...one, ...heater })),
  };
};

describe("what Home Assistant is shown", () => {
  it("of the site is its power, its totals and what is wrong", () => {
    const view = sampleView();
    expect(shown(view)("site")).toEqual({
      watts: 812.3,
      energyKwh: 12.346,
      heatKwh: 12,
      cost: 3.827136,
      sats: 1234.56789,
      problem: "OFF",
      alarms: [],
    });
    const many = Array.from({ length: 500 }, (_, index) => openAlarm(`room-${index}`));
    const troubled = shown({ ...view, alarms: many })("site");
    expect(troubled["problem"]).toBe("ON");
    expect(troubled["alarms"]).toHaveLength(20);
  });

  it("of a heater is what it tells, and unknown where it tells nothing", () => {
    expect(shown(sampleView())("heater/miner")).toMatchObject({
      watts: 812.3,
      terahashesPerSecond: 40.5,
      temperatureC: 61.2,
      state: "heating",
      run: "ON",
      wantedWatts: null,
    });
    const silent = {
      watts: null,
      hashesPerSecond: null,
      temperatureC: null,
      state: "unreachable",
      stoppedByOwner: true,
    };
    const view = withRoom({}, silent);
    expect(shown(view)("heater/miner")).toMatchObject({
      watts: null,
      terahashesPerSecond: null,
      temperatureC: null,
      run: "OFF",
      energyKwh: 12.346,
    });
    expect(shown(view)("site")).toMatchObject({ watts: null });
    expect(statesOf(view, names, () => plan).get("h/heater/miner/status")).toBe("offline");
    expect(statesOf(sampleView(), names, () => plan).get("h/heater/miner/status")).toBe("online");
  });

  it.each([
    ["heats by its schedule", {}, {}, { mode: "heat", action: "heating", preset: "none" }],
    ["is warm enough", {}, { setpointWatts: 0 }, { mode: "heat", action: "idle", preset: "none" }],
    ["is held", { source: "hold", targetC: 20 }, {}, { mode: "heat", preset: "none", targetC: 20 }],
    ["is held at comfort", { source: "hold", targetC: 22 }, {}, { mode: "heat", preset: "comfort" }],
    ["is boosted", { source: "boost", targetC: 23 }, {}, { mode: "heat", preset: "boost" }],
    ["is left alone", { source: "away", targetC: 16 }, {}, { mode: "heat", preset: "away" }],
    [
      "is off",
      { source: "away", targetC: 5 },
      { setpointWatts: 0 },
      { mode: "off", action: "off", preset: "none", targetC: 5 },
    ],
    ["is off and kept from frost", { source: "away", targetC: 5 }, {}, { mode: "off", action: "heating" }],
  ])("of a room that %s", (_case, comfort, heater, state) => {
    expect(shown(withRoom(comfort, heater))("sink/study")).toMatchObject(state);
  });
});
