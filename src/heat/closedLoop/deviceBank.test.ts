import { describe, expect, it } from "vitest";
import { type BankLimits, type DeviceStates, restingDevices, runDevices, type Wishes } from "./deviceBank.ts";
import { loopHome } from "./loopHome.ts";

const { devices } = loopHome;
const free: BankLimits = {
  freeWatts: 10_000,
  tooHot: { room: false, tank: false },
  elapsed: 60,
  dearest: ["middle", "small", "water", "heat-pump"],
};
const room = (watts: number) => ({ watts, toTank: 0 });
const tank = (watts: number) => ({ watts, toTank: 1 });
const watts = (states: DeviceStates) =>
  Object.fromEntries(Object.entries(states).map(([id, state]) => [id, state.watts]));
/** So many minutes of the same wishes. */
const live = (before: DeviceStates, wishes: Wishes, minutes: number, limits: Partial<BankLimits> = {}) => {
  let states = before;
  for (let minute = 0; minute < minutes; minute++) {
    states = runDevices(devices, states, wishes, { ...free, ...limits });
  }
  return states;
};
const everything: Wishes = {
  small: room(800),
  middle: room(1200),
  water: tank(1600),
  "heat-pump": room(1200),
};

describe("the devices of a home", () => {
  it("start one after the other", () => {
    const on = (minutes: number) =>
      Object.values(watts(live(restingDevices(devices), everything, minutes))).filter((power) => power > 0);
    expect([1, 2, 3, 4].map((minutes) => on(minutes).length)).toEqual([1, 2, 3, 4]);
  });

  it("run at one of their powers at most as high as is wished, a pump from its least on", () => {
    const wishes = { small: room(900), middle: room(1100), water: room(1500), "heat-pump": room(399) };
    expect(watts(live(restingDevices(devices), wishes, 5))).toEqual({
      small: 800,
      middle: 700,
      water: 0,
      "heat-pump": 0,
    });
    expect(live(restingDevices(devices), { "heat-pump": room(777) }, 1)["heat-pump"]?.watts).toBeCloseTo(777);
  });

  it("stay on for their least time, and off for theirs", () => {
    const started = live(restingDevices(devices), { small: room(800) }, 1);
    const minutesOn = Array.from({ length: 40 }, (_, index) => index + 1).filter(
      (minutes) => live(started, {}, minutes)["small"]?.watts === 800,
    );
    expect(minutesOn).toHaveLength(30);
    const stopped = live(started, {}, 31);
    const minutesOff = Array.from({ length: 40 }, (_, index) => index + 1).filter(
      (minutes) => live(stopped, { small: room(800) }, minutes)["small"]?.watts === 0,
    );
    expect(minutesOff).toHaveLength(15);
    expect(live(stopped, { small: room(800) }, 20)["small"]?.starts).toBe(2);
  });

  it("earn only once they have settled, a heater again after each change of its power", () => {
    const settling = (states: DeviceStates) => states["middle"]?.settles;
    const started = live(restingDevices(devices), { middle: room(700) }, 1);
    expect(settling(started)).toBe(300);
    expect(settling(live(started, { middle: room(700) }, 5))).toBe(0);
    expect(settling(live(started, { middle: room(1200) }, 1))).toBe(300);
  });

  it("never draw more than is free: the dearest gives way first, minimum times or not", () => {
    const all = live(restingDevices(devices), everything, 4);
    expect(watts(live(all, everything, 1, { freeWatts: 4700 }))).toMatchObject({ middle: 700, small: 800 });
    expect(watts(live(all, everything, 1, { freeWatts: 2900 }))).toEqual({
      small: 0,
      middle: 0,
      water: 1600,
      "heat-pump": 1200,
    });
    expect(watts(live(all, everything, 1, { freeWatts: 0 }))).toEqual({
      small: 0,
      middle: 0,
      water: 0,
      "heat-pump": 0,
    });
  });

  it("heat no sink that is too hot, minimum times or not", () => {
    const all = live(restingDevices(devices), everything, 4);
    const hotRoom = live(all, everything, 1, { tooHot: { room: true, tank: false } });
    expect(watts(hotRoom)).toEqual({ small: 0, middle: 0, water: 1600, "heat-pump": 0 });
    const hotTank = live(all, everything, 1, { tooHot: { room: false, tank: true } });
    expect(watts(hotTank)).toEqual({ small: 800, middle: 1200, water: 0, "heat-pump": 1200 });
    const split = { ...everything, "heat-pump": { watts: 1200, toTank: 0.5 } };
    expect(live(all, split, 1, { tooHot: { room: true, tank: false } })["heat-pump"]?.toTank).toBe(1);
    expect(live(all, split, 1, { tooHot: { room: false, tank: true } })["heat-pump"]?.toTank).toBe(0);
  });
});
