import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Micros } from "../domain/index.ts";
import { askOfHeat, type ComputingHeater, curveOf, type HeatedSite } from "./heatAsk.ts";

const heater = (change: Partial<ComputingHeater> = {}): ComputingHeater => ({
  id: "pc",
  sink: "office",
  slots: 1,
  wattsPerSlot: 500,
  speed: 1,
  heatShare: 1,
  miningPerKwh: 0,
  ...change,
});
const site = (change: Partial<HeatedSite> = {}): HeatedSite => ({
  pricePerKwh: 0.3,
  wearPerKwh: 0.01,
  marginPerKwh: 0.02,
  leastPerClassHour: Micros(1n),
  heat: {},
  heaters: [heater()],
  ...change,
});
const prices = (of: HeatedSite) => askOfHeat(of).map(({ perClassHour }) => Number(perClassHour) / 1e6);

describe("a hearth's ask", () => {
  it("is the whole price of its energy where the heat is dumped", () => {
    // 500 W for a class-second a second: half a kWh for a class-hour, at 0.30 + 0.01 + 0.02.
    expect(prices(site())).toEqual([0.165]);
  });

  it("is wear and margin alone where each kWh heats what would be heated with electricity anyway", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.3 }] };
    expect(prices(site({ heat }))).toEqual([0.015]);
  });

  it("is a third below the price of energy where a heat pump would give the heat three times as cheaply", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.1 }] };
    expect(prices(site({ heat }))).toEqual([0.115]);
  });

  it("is never below what mining would earn there", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.3 }] };
    expect(prices(site({ heat, heaters: [heater({ miningPerKwh: 0.08 })] }))).toEqual([0.055]);
  });

  it("is never below what its owner wants at least", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.3 }] };
    expect(prices(site({ heat, leastPerClassHour: Micros(50_000n) }))).toEqual([0.05]);
  });

  it("counts only the share of the power that reaches the sink", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.3 }] };
    expect(prices(site({ heat, heaters: [heater({ heatShare: 0.5 })] }))).toEqual([0.09]);
  });

  it("is half as much on a machine that is twice as fast with as much power", () => {
    expect(prices(site({ heaters: [heater({ speed: 2 })] }))).toEqual([0.0825]);
  });

  it("lets two heaters of a room claim its heat once", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.3 }] };
    expect(prices(site({ heat, heaters: [heater(), heater({ id: "other" })] }))).toEqual([0.015, 0.165]);
  });

  it("takes the heat that is worth more first, and means of a slot that needs both", () => {
    const heat = { office: [{ watts: 250, perKwh: 0.3 }, { watts: 500, perKwh: 0.1 }] }; // prettier-ignore
    expect(prices(site({ heat, heaters: [heater({ slots: 3 })] }))).toEqual([0.065, 0.14, 0.165]);
  });

  it("runs first on the heater whose heat is wanted most", () => {
    const heat = { office: [{ watts: 500, perKwh: 0.1 }], bath: [{ watts: 500, perKwh: 0.2 }] };
    const heaters = [heater(), heater({ id: "tank", sink: "bath" })];
    expect(askOfHeat(site({ heat, heaters })).map(({ heater: id }) => id)).toEqual(["tank", "pc"]);
  });
});

const worths = fc
  .array(
    fc.record({
      watts: fc.double({ min: 1, max: 3000, noNaN: true }),
      perKwh: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 4 },
  ) // prettier-ignore
  .map((heat) => heat.toSorted((one, other) => other.perKwh - one.perKwh));
const anySite = fc.record({
  pricePerKwh: fc.double({ min: -0.2, max: 1, noNaN: true }),
  wearPerKwh: fc.constant(0.01),
  marginPerKwh: fc.constant(0.02),
  leastPerClassHour: fc.bigInt(1n, 50_000n).map((least) => Micros(least)),
  heat: fc.record({ office: worths, bath: worths }),
  heaters: fc.array(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      sink: fc.constantFrom("office", "bath", "loft"),
      slots: fc.integer({ min: 0, max: 6 }),
      wattsPerSlot: fc.double({ min: 1, max: 1500, noNaN: true }),
      speed: fc.double({ min: 0.1, max: 4, noNaN: true }),
      heatShare: fc.double({ min: 0, max: 1, noNaN: true }),
      miningPerKwh: fc.double({ min: 0, max: 0.3, noNaN: true }),
    }),
    { maxLength: 4 },
  ),
});

describe("any hearth's ask", () => {
  it("rises, offers every slot once, and is never below its owner's least price", () => {
    fc.assert(
      fc.property(anySite, (of) => {
        const slots = askOfHeat(of);
        const curve = curveOf(slots, 16);
        expect(slots).toHaveLength(of.heaters.reduce((sum, one) => sum + one.slots, 0));
        slots.forEach(({ perClassHour }, at) => {
          expect(perClassHour >= of.leastPerClassHour).toBe(true);
          expect(perClassHour >= (slots[at - 1]?.perClassHour ?? 0n)).toBe(true);
        });
        expect(curve.reduce((sum, step) => sum + step.slots, 0)).toBe(slots.length);
      }),
    );
  });

  it("never falls when heat is worth less, or when a lease has claimed some of it", () => {
    fc.assert(
      fc.property(anySite, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const less = Object.fromEntries(
          Object.entries(of.heat).map(([sink, heat]) => [
            sink,
            heat.map(({ watts, perKwh }) => ({ watts, perKwh: perKwh * share })),
          ]),
        );
        const [wanted, dumped] = [askOfHeat(of), askOfHeat({ ...of, heat: less })];
        wanted.forEach(({ perClassHour }, at) => expect(perClassHour <= dumped[at]!.perClassHour).toBe(true));
      }),
    );
  });

  it("never claims a kWh of heat twice", () => {
    fc.assert(
      fc.property(anySite, (of) => {
        const credit = (ask: { heater: ComputingHeater; perClassHour: bigint }) => {
          const kwh = ask.heater.wattsPerSlot / ask.heater.speed / 1000;
          const whole = of.pricePerKwh + of.wearPerKwh + of.marginPerKwh;
          return Math.max(0, whole - Number(ask.perClassHour) / 1e6 / kwh) * ask.heater.wattsPerSlot;
        };
        const named = of.heaters.map((one, at) => ({ ...one, id: String(at) }));
        const byId = new Map(named.map((one) => [one.id, one]));
        const given = askOfHeat({ ...of, heaters: named })
          .map(({ heater: id, perClassHour }) => credit({ heater: byId.get(id)!, perClassHour }))
          .reduce((sum, one) => sum + one, 0);
        const wanted = Object.values(of.heat).flat();
        const worth = wanted.reduce((sum, { watts, perKwh }) => sum + watts * perKwh, 0);
        expect(given).toBeLessThanOrEqual(worth + 1e-6);
      }),
    );
  });
});
