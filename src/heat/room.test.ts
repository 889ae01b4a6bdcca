import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Celsius, Seconds, Watts } from "../domain/index.ts";
import {
  type Insulation,
  lossWattsPerKelvin,
  type RoomInputs,
  type RoomModel,
  type RoomState,
  roomModel,
  steadyRoom,
  stepRoom,
  storedHeat,
} from "./room.ts";

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const models: fc.Arbitrary<RoomModel> = fc.record({
  airJoulesPerKelvin: positive(1e4, 1e7),
  fabricJoulesPerKelvin: positive(1e5, 1e8),
  airToOutsideWattsPerKelvin: positive(0, 500),
  fabricToOutsideWattsPerKelvin: positive(0, 500),
  airToFabricWattsPerKelvin: positive(1, 2000),
  heatToAir: positive(0, 1),
});
const states: fc.Arbitrary<RoomState> = fc.record({
  air: positive(-20, 50).map(Celsius),
  fabric: positive(-20, 50).map(Celsius),
});
const inputs: fc.Arbitrary<RoomInputs> = fc.record({
  outdoor: positive(-30, 40).map(Celsius),
  heat: positive(0, 5000).map(Watts),
});

describe("stepRoom", () => {
  it("gives the same in one step as in many", () => {
    fc.assert(
      fc.property(models, states, inputs, positive(1, 1e6), fc.integer({ min: 2, max: 20 }), (...args) => {
        const [model, start, acting, duration, parts] = args;
        let state = start;
        for (let part = 0; part < parts; part++) {
          state = stepRoom(model, state, acting, Seconds(duration / parts));
        }
        const whole = stepRoom(model, start, acting, Seconds(duration));
        expect(state.air).toBeCloseTo(whole.air, 5);
        expect(state.fabric).toBeCloseTo(whole.fabric, 5);
      }),
    );
  });

  it("keeps the energy's balance: what is stored is what came in less what went out", () => {
    fc.assert(
      fc.property(models, states, inputs, positive(10, 7200), (model, start, acting, duration) => {
        const lossAt = ({ air, fabric }: RoomState) =>
          model.airToOutsideWattsPerKelvin * (air - acting.outdoor) +
          model.fabricToOutsideWattsPerKelvin * (fabric - acting.outdoor);
        const at = (time: number) => stepRoom(model, start, acting, Seconds(time));
        const lost = simpson((time) => lossAt(at(time)), duration);
        const gained = storedHeat(model, at(duration)) - storedHeat(model, start);
        const scale = Math.abs(acting.heat * duration) + Math.abs(lost) + 1e6;
        expect(Math.abs(gained - (acting.heat * duration - lost)) / scale).toBeLessThan(1e-3);
      }),
    );
  });

  it("comes to rest at the steady state, where heat in is heat out", () => {
    const leaky = models.filter((m) => m.airToOutsideWattsPerKelvin + m.fabricToOutsideWattsPerKelvin > 5);
    fc.assert(
      fc.property(leaky, states, inputs, (model, start, acting) => {
        const rest = steadyRoom(model, acting);
        const late = stepRoom(model, start, acting, Seconds(1e12));
        expect(late.air).toBeCloseTo(rest.air, 6);
        expect(late.fabric).toBeCloseTo(rest.fabric, 6);
        const lost =
          model.airToOutsideWattsPerKelvin * (rest.air - acting.outdoor) +
          model.fabricToOutsideWattsPerKelvin * (rest.fabric - acting.outdoor);
        expect(lost).toBeCloseTo(acting.heat, 5);
      }),
    );
  });

  it("only ever warms by heat when nothing is lost", () => {
    const closed = { ...roomModel({ areaM2: 20, insulation: "good" }) };
    const model = { ...closed, airToOutsideWattsPerKelvin: 0, fabricToOutsideWattsPerKelvin: 0 };
    const start = { air: Celsius(20), fabric: Celsius(20) };
    const acting = { outdoor: Celsius(-10), heat: Watts(1000) };
    const after = stepRoom(model, start, acting, Seconds(36_000));
    expect(storedHeat(model, after) - storedHeat(model, start)).toBeCloseTo(36e6, 0);
  });

  it("stays where it is over no time", () => {
    fc.assert(
      fc.property(models, states, inputs, (model, state, acting) => {
        const after = stepRoom(model, state, acting, Seconds(0));
        expect(after.air).toBeCloseTo(state.air, 9);
        expect(after.fabric).toBeCloseTo(state.fabric, 9);
      }),
    );
  });

  it("stays between the outside and the warmer store when nothing heats it", () => {
    fc.assert(
      fc.property(models, states, inputs, positive(1, 1e7), (model, state, { outdoor }, duration) => {
        const after = stepRoom(model, state, { outdoor, heat: Watts(0) }, Seconds(duration));
        const all = [state.air, state.fabric, outdoor];
        for (const temperature of [after.air, after.fabric]) {
          expect(temperature).toBeGreaterThanOrEqual(Math.min(...all) - 1e-6);
          expect(temperature).toBeLessThanOrEqual(Math.max(...all) + 1e-6);
        }
      }),
    );
  });
});

describe("roomModel", () => {
  it.each<[Insulation, number, number]>([
    ["poor", 70, 110],
    ["average", 35, 60],
    ["good", 15, 30],
  ])("makes a %s room lose %i to %i W/m² at 30 K", (insulation, min, max) => {
    const loss = lossWattsPerKelvin(roomModel({ areaM2: 20, insulation })) * (30 / 20);
    expect(loss).toBeGreaterThan(min);
    expect(loss).toBeLessThan(max);
  });

  it("scales with the floor", () => {
    const [small, large] = [10, 100].map((areaM2) => roomModel({ areaM2, insulation: "average" }));
    const heat = (watts: number) => ({ outdoor: Celsius(0), heat: Watts(watts) });
    expect(steadyRoom(large as RoomModel, heat(5000)).air).toBeCloseTo(
      steadyRoom(small as RoomModel, heat(500)).air,
      9,
    );
  });

  it.each([0, -3, Number.NaN, Infinity])("refuses a floor of %d m²", (areaM2) => {
    expect(() => roomModel({ areaM2, insulation: "good" })).toThrow(/floor area/);
  });
});

function simpson(f: (x: number) => number, end: number): number {
  const parts = 4000;
  const h = end / parts;
  let sum = f(0) + f(end);
  for (let index = 1; index < parts; index++) sum += f(index * h) * (index % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}
