import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../domain/index.ts";
import { askThermostat, idleThermostat, type ThermostatInput, type ThermostatState } from "./thermostat.ts";

const tuning = { gainWattsPerKelvin: 500, integralTime: Seconds(2400), trackingTime: Seconds(120) };
const capacity = Watts(1000);
const free = { min: Watts(0), max: capacity };
const near = { temperature: 20, target: 20, band: 0.3, capacity, possible: free, elapsed: Seconds(10) };

function run(state: ThermostatState, input: Partial<ThermostatInput>, rounds = 1) {
  let [now, wanted] = [state, Watts(0)];
  for (let round = 0; round < rounds; round++) {
    ({ state: now, wanted } = askThermostat(tuning, now, { ...near, ...input }));
  }
  return { state: now, wanted };
}

const settled = run(idleThermostat(), { temperature: 19.85 }, 200);

describe("the thermostat", () => {
  it("asks for more the colder it is, and for more with time", () => {
    const at = (temperature: number) => run(settled.state, { temperature }).wanted;
    expect(at(19.8)).toBeGreaterThan(at(19.9));
    expect(at(19.9)).toBeGreaterThan(at(20.1));
    expect(run(settled.state, { temperature: 19.9 }, 100).wanted).toBeGreaterThan(at(19.9));
  });

  it("moves a new target's output without a jump", () => {
    const before = run(settled.state, { temperature: 19.95 });
    const after = run(before.state, { temperature: 19.95, target: 20.2 });
    const unmoved = run(before.state, { temperature: 19.95 });
    expect(Math.abs(after.wanted - unmoved.wanted)).toBeLessThan(1);
    expect(run(after.state, { temperature: 19.95, target: 20.2 }, 60).wanted).toBeGreaterThan(
      after.wanted + 20,
    );
  });

  it("asks for all far below the band, for nothing far above, at once", () => {
    expect(run(settled.state, { temperature: 19.6 }).wanted).toBe(1000);
    expect(run(settled.state, { temperature: 20.4 }).wanted).toBe(0);
  });

  it("comes back into the band from where it was", () => {
    const cold = run(settled.state, { temperature: 19.6 }, 200);
    expect(run(cold.state, { temperature: 19.84 }).wanted).toBe(1000);
    expect(run(cold.state, { temperature: 19.86 }).wanted).toBeGreaterThan(850);
    const warm = run(settled.state, { temperature: 20.4 }, 200);
    expect(run(warm.state, { temperature: 20.14 }).wanted).toBeLessThan(150);
  });

  it.each([
    ["at full power", { temperature: 19.75, possible: free }],
    ["far below", { temperature: 15, possible: free }],
    ["locked out", { temperature: 19.9, possible: { min: Watts(0), max: Watts(0) } }],
    ["locked out far below", { temperature: 10, possible: { min: Watts(0), max: Watts(0) } }],
  ])("does not wind up %s: a day leaves it as a morning does", (_case, input) => {
    const [morning, day] = [2000, 8640].map((rounds) => run(settled.state, input, rounds));
    expect(day?.state.integral).toBeCloseTo(morning?.state.integral ?? Number.NaN, 0);
    const warm = run(day?.state ?? idleThermostat(), { temperature: 20.31 });
    expect(warm.wanted).toBe(0);
  });

  it("does not wind down when it cannot go lower", () => {
    const must = { min: Watts(400), max: capacity };
    const low = run(settled.state, { temperature: 20.05, possible: must }, 8640);
    const once = run(settled.state, { temperature: 20.05, possible: must });
    expect(low.wanted).toBeGreaterThan(Math.min(once.wanted, 400) - 50);
  });

  it("never asks for less than nothing or more than there is, whatever it is told", () => {
    const numbers = fc.double({ min: -40, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            temperature: numbers,
            target: numbers,
            elapsed: fc.double({ min: 0, max: 1e6, noNaN: true }).map(Seconds),
          }),
          { maxLength: 50 },
        ),
        (inputs) => {
          let state = idleThermostat();
          for (const input of inputs) {
            const asked = askThermostat(tuning, state, { ...near, ...input });
            state = asked.state;
            expect(asked.wanted).toBeGreaterThanOrEqual(0);
            expect(asked.wanted).toBeLessThanOrEqual(1000);
            expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          }
        },
      ),
    );
  });
});
