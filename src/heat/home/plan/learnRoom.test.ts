import { describe, expect, it } from "vitest";
import { Celsius, Seconds, Watts } from "../../../domain/index.ts";
import { facadesOf } from "../../building/solarGains.ts";
import { stepRoom } from "../../room.ts";
import { type Dwelling, openDwelling, stepSeconds, stepsPerHour } from "../dwelling.ts";
import { sampleYear } from "../sampleHome.suite.ts";
import { foresee } from "./foresight.ts";
import { steadyBuilding } from "./learnRoom.ts";
import { learnHome } from "./planHome.ts";

const march = { from: 60 * 24, until: 64 * 24, warmUp: 7 * 24, weight: 1 };

describe.each(["poor", "average", "good"] as const)("a house of %s insulation", (insulation) => {
  const year = sampleYear({ house: { floorAreaM2: 120, insulation } });
  const { model } = learnHome(year);
  const facades = facadesOf(year.weather);
  const open = () => openDwelling(steadyBuilding(year.building), year.weather, facades);

  it("answers to some hours of heat as its learned room does, within a sixth, in another season", () => {
    const trialW = 2000;
    const on = (hour: number) => hour % 24 < 5;
    const [held, given] = [live(open(), () => 0), live(open(), (hour) => (on(hour) ? trialW : 0))];
    let state = { air: Celsius(0), fabric: Celsius(0) };
    let [square, all] = [0, 0];
    held.forEach((celsius, at) => {
      const heat = Watts(on(march.from + Math.floor(at / stepsPerHour)) ? trialW : 0);
      state = stepRoom(model, state, { outdoor: Celsius(0), heat }, Seconds(stepSeconds));
      const risen = (given[at] ?? 0) - celsius;
      square += (state.air - risen) ** 2;
      all += risen ** 2;
    });
    expect(all / held.length).toBeGreaterThan(0.1);
    expect(Math.sqrt(square / all)).toBeLessThan(1 / 6);
  });

  /** Air by step, with the heat that holds it steady and some more. */
  function live(dwelling: Dwelling, moreW: (hour: number) => number): readonly number[] {
    const steady = open();
    const air: number[] = [];
    for (let hour = march.from - march.warmUp; hour < march.until; hour++) {
      for (let step = 0; step < stepsPerHour; step++) {
        const { heatW } = steady.begin(hour, step);
        steady.end(heatW, 0);
        dwelling.begin(hour, step);
        const { airC } = dwelling.end(heatW + (hour < march.from ? 0 : moreW(hour)), 0);
        if (hour >= march.from) air.push(airC);
      }
    }
    return air;
  }

  it("is foreseen so that the room under the same heat does what the house does", () => {
    const foresight = foresee(open(), model, year.weather, march);
    const steady = open();
    let state: { air: Celsius; fabric: Celsius } | undefined;
    for (let hour = march.from - march.warmUp - 96; hour < march.until; hour++) {
      for (let step = 0; step < stepsPerHour; step++) {
        const { heatW, coolW } = steady.begin(hour, step);
        const { airC } = steady.end(heatW, coolW);
        const heat = Watts(heatW - coolW + foresight.gainsW(hour, step));
        const outdoor = Celsius(year.weather.outdoorC[hour] ?? 0);
        if (state) state = stepRoom(model, state, { outdoor, heat }, Seconds(stepSeconds));
        else state = { air: Celsius(airC), fabric: Celsius(airC) };
        if (hour >= march.from) expect(state.air).toBeCloseTo(airC, 2);
      }
    }
  });
});
