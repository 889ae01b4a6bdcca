import { describe, expect, it } from "vitest";
import { Watts } from "../domain/index.ts";
import { dayAndNight, heaterOf, Home, levels, range, sinkOf, siteOf } from "./home.suite.ts";
import { restoredControl } from "./restoreControl.ts";
import { type RoomModel, roomModel } from "./room.ts";
import { type Standstill, watchStandstill } from "./standstill.ts";

const ticksPerHour = 360;
const ownModel = roomModel({ areaM2: 20, insulation: "average" });
/** A room of half the capacity and half the loss. */
const wrongModel: RoomModel = {
  ...ownModel,
  airJoulesPerKelvin: ownModel.airJoulesPerKelvin / 2,
  fabricJoulesPerKelvin: ownModel.fabricJoulesPerKelvin / 2,
  airToOutsideWattsPerKelvin: ownModel.airToOutsideWattsPerKelvin / 2,
  fabricToOutsideWattsPerKelvin: ownModel.fabricToOutsideWattsPerKelvin / 2,
};
const heaters = { range: range(200, 1500, 10), level: levels(1000), three: levels(400, 700, 1000) };
const isStuck = (home: Home) => home.state.sinks["room"]?.standstill?.isStuck;

/** A room held at 20 °C by a sensor of so many kelvins a digit, which then sticks so far below that. */
function stuckBelow(kelvin: number, steps = heaters.range, digit = 0.1): Home {
  const home = new Home(siteOf([heaterOf("h", steps)]), { air: 20 });
  home.sense = ({ air }) => Math.round(air / digit) * digit;
  home.run(12 * ticksPerHour);
  home.sense = () => 20 - kelvin;
  return home;
}

describe("a sensor that sticks just below the target", () => {
  it.each([
    ["range", 0.05],
    ["range", 0.1],
    ["range", 0.2],
    ["range", 0.3],
    ["level", 0.05],
    ["level", 0.1],
    ["three", 0.1],
    ["three", 0.3],
  ] as const)("is noticed before its room, heated by a %s, is much too warm: %d K below", (name, kelvin) => {
    const home = stuckBelow(kelvin, heaters[name]);
    let hottest = 0;
    const seen: string[] = [];
    const last = home.run(24 * ticksPerHour, ({ events }) => {
      hottest = Math.max(hottest, home.room().air);
      seen.push(...events.map(({ code }) => code));
    });
    expect(seen).toEqual(["sensor/frozen"]);
    expect(hottest).toBeLessThan(22.6);
    expect(last.decisions[0]).toMatchObject({ setpoint: { watts: 0 }, cause: "sensor-frozen" });
  });

  it("stays noticed until it moves, over a restart of the hearth too", () => {
    const home = stuckBelow(0.1);
    home.run(12 * ticksPerHour);
    expect(isStuck(home)).toBe(true);
    home.restart(60);
    home.run(ticksPerHour);
    expect(isStuck(home)).toBe(true);
    home.sense = () => 19.8;
    home.run(2);
    expect(isStuck(home)).toBe(false);
  });

  it("is noticed where its digits are coarse, too", () => {
    const home = stuckBelow(0.2, heaters.range, 0.5);
    let hottest = 0;
    home.run(24 * ticksPerHour, () => (hottest = Math.max(hottest, home.room().air)));
    expect(isStuck(home)).toBe(true);
    expect(hottest).toBeLessThan(25);
  });

  it("is not noticed at its target: nothing asks for another heat then", () => {
    const home = stuckBelow(0);
    home.run(24 * ticksPerHour);
    expect(isStuck(home)).toBe(false);
    expect(home.room().air).toBeLessThan(21);
  });
});

describe("a sensor that lives", () => {
  const cases = Object.keys(heaters).flatMap((name) =>
    [0.01, 0.1, 0.5, 1].map((digit) => [name as keyof typeof heaters, digit] as const),
  );
  it.each(cases)(
    "is never taken for stuck, in a room unlike its model, by a %s, with digits of %d K",
    (name, digit) => {
      const sink = sinkOf("room", { model: wrongModel, ...(digit === 0.5 ? { comfort: dayAndNight } : {}) });
      const home = new HomeUnlikeItsModel(siteOf([heaterOf("h", heaters[name])], { sinks: [sink] }), {
        air: 20,
        fabric: 18,
      });
      home.sense = ({ air }) => Math.round(air / digit) * digit;
      let [closest, wasStuck] = [0, false];
      home.run(72 * ticksPerHour, (_, tick) => {
        const coldSnap = tick > 40 * ticksPerHour && tick < 47 * ticksPerHour ? -10 : 0;
        home.outdoor = 2 + 8 * Math.sin((2 * Math.PI * tick) / (24 * ticksPerHour)) + coldSnap;
        const { air = 0, isStuck: alarmed } = home.state.sinks["room"]?.standstill ?? {};
        wasStuck ||= alarmed === true;
        closest = Math.max(closest, air / (1.4 + 6 * digit));
      });
      expect(wasStuck).toBe(false);
      expect(closest).toBeLessThan(0.8);
    },
  );
});

describe("what a standstill remembers", () => {
  const after = (seconds: number, raw: number, heat: number, before: Standstill | null) => {
    let state = before;
    for (let passed = 0; passed < seconds; passed += 10) {
      state = watchStandstill(state, ownModel, { raw, heat: Watts(heat), elapsed: 10 });
    }
    return state;
  };

  it("is nothing of heat that stays the same, however much and long", () => {
    expect(after(86_400, 20, 1500, null)).toMatchObject({ isStuck: false, air: 0, least: 1500 });
  });

  it("begins anew when the reading changes, and learns its digit", () => {
    const still = after(3600, 20, 500, after(60, 19.9, 200, null));
    expect(still?.digit).toBeCloseTo(0.1);
    const warmed = after(3600, 20, 900, still);
    expect(warmed?.air).toBeGreaterThan(0.5);
    expect(after(10, 20.1, 900, warmed)).toMatchObject({ air: 0, isStuck: false });
  });

  it("is kept as JSON, and without what cannot be understood", () => {
    const home = stuckBelow(0.1);
    home.run(ticksPerHour);
    const kept = JSON.parse(JSON.stringify(home.state)) as { sinks: { room: { standstill: unknown } } };
    expect(restoredControl(home.config, kept).sinks["room"]?.standstill).toEqual(
      home.state.sinks["room"]?.standstill,
    );
    kept.sinks.room.standstill = { value: "20" };
    expect(restoredControl(home.config, kept).sinks["room"]?.standstill).toBeNull();
  });
});

/** Its rooms live by their own model, whatever the hearth believes. */
class HomeUnlikeItsModel extends Home {
  protected override readonly modelOf = () => ownModel;
}
