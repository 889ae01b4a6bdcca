import { describe, expect, it } from "vitest";
import { unknownEstimate } from "../estimate.ts";
import { restingDevices } from "./deviceBank.ts";
import type { Known } from "./known.ts";
import { loopHome } from "./loopHome.ts";
import { newPlainState, plainRule, type PlainState } from "./plainRule.ts";

const earnings = { small: 0.07, middle: 0.05, water: 0.08 };
const running = (watts: Readonly<Record<string, number>>, toTank = 0) => ({
  ...restingDevices(loopHome.devices),
  ...Object.fromEntries(
    Object.entries(watts).map(([id, own]) => [
      id,
      { watts: own, toTank, since: 7200, settles: 0, starts: 1 },
    ]),
  ),
});
const known = (over: Partial<Known> & { readonly airC?: number } = {}): Known => {
  const { airC = 20.3, ...others } = over;
  return {
    minute: 600,
    estimate: { ...unknownEstimate(), mean: [airC, 18, 0] },
    roomC: airC,
    tankC: 50,
    tankTopC: 52,
    legionella: { heldSeconds: 0, sinceSeconds: 3600 },
    devices: restingDevices(loopHome.devices),
    outdoorC: 0,
    pricePerKwh: 0.24,
    otherW: 400,
    ...others,
  };
};
/** So many minutes in which nothing changes but what the rule remembers. */
const ask = (now: Known, minutes = 1) => {
  let state: PlainState = newPlainState();
  let wishes: ReturnType<typeof plainRule>["wishes"] = {};
  for (let minute = 0; minute < minutes; minute++) {
    ({ state, wishes } = plainRule(loopHome, state, now, earnings));
  }
  const on = Object.entries(wishes).filter(([, { watts }]) => watts > 0);
  return { state, wishes, on: on.map(([id]) => id) };
};

describe("the plain thermostat of the study", () => {
  it("asks for nothing in a warm room with a warm tank", () => {
    expect(ask(known({ airC: 21 })).on).toEqual([]);
  });

  it.each([
    ["the heat pump by day", 0.24, ["heat-pump"]],
    ["the heater whose earnings nearly pay its energy", 0.1, ["water"]],
  ])("takes the cheapest device first: %s", (_, pricePerKwh, on) => {
    expect(ask(known({ airC: 19.9, pricePerKwh })).on).toEqual(on);
  });

  it("lets another device start only when the cheaper one was not enough for three quarters of an hour", () => {
    const cold = known({ airC: 19.8, devices: running({ "heat-pump": 1200 }) });
    const minutes = Array.from({ length: 60 }, (_, index) => index + 1);
    expect(minutes.find((count) => ask(cold, count).on.length > 1)).toBe(46);
    const warmer = { ...cold, estimate: known({ airC: 20.25 }).estimate };
    expect(minutes.find((count) => ask(warmer, count).on.length > 1)).toBeUndefined();
  });

  it("does not wait in a room that is much too cold", () => {
    expect(ask(known({ airC: 17, devices: running({ "heat-pump": 1200 }) })).on.length).toBeGreaterThan(1);
  });

  it("heats the tank by hysteresis", () => {
    const warm = { airC: 21 };
    expect(ask(known({ ...warm, tankC: 47.5 })).on).toEqual([]);
    const cold = ask(known({ ...warm, tankC: 46.5 }));
    expect(cold.on).toEqual(["heat-pump"]);
    expect(cold.wishes["heat-pump"]?.toTank).toBe(1);
    const again = (tankC: number) =>
      plainRule(loopHome, cold.state, known({ ...warm, tankC }), earnings).wishes;
    expect(again(51)["heat-pump"]?.watts).toBe(1200);
    expect(again(52.5)["heat-pump"]?.watts).toBe(0);
  });

  it("gives the room what it wants of a pump that heats the tank, and the tank the rest", () => {
    const { wishes } = ask(known({ airC: 20.1, tankC: 46, devices: running({ "heat-pump": 800 }) }));
    expect(wishes["heat-pump"]?.watts).toBe(1200);
    expect(wishes["heat-pump"]?.toTank).toBeGreaterThanOrEqual(0.25);
    expect(wishes["heat-pump"]?.toTank).toBeLessThan(1);
  });

  it("disinfects the tank in the last night before the deadline, by the cheapest device", () => {
    const at = (hour: number, hoursAgo: number) =>
      ask(
        known({ airC: 21, minute: hour * 60, legionella: { heldSeconds: 0, sinceSeconds: hoursAgo * 3600 } }),
      );
    expect(at(1, 130).on).toEqual([]);
    expect(at(12, 145).on).toEqual([]);
    expect(at(25, 145)).toMatchObject({ on: ["heat-pump"], state: { disinfection: "at night" } });
    const held = plainRule(
      loopHome,
      at(25, 145).state,
      known({ minute: 1700, legionella: { heldSeconds: 1800, sinceSeconds: 0 } }),
      earnings,
    );
    expect(held.state.disinfection).toBe("none");
  });

  it("heats the tank with all that can when the tap runs cold, and when the week is nearly over", () => {
    const cold = ask(known({ airC: 21, tankC: 44, tankTopC: 41 }));
    expect(cold.on.toSorted()).toEqual(["heat-pump", "water"]);
    const due = ask(known({ airC: 21, legionella: { heldSeconds: 0, sinceSeconds: 167 * 3600 } }));
    expect(due.on.toSorted()).toEqual(["heat-pump", "water"]);
    expect(due.state.disinfection).toBe("late");
  });
});
