import { describe, expect, it } from "vitest";
import { HeaterId, Instant, Seconds, Watts, weekdays } from "../domain/index.ts";
import { asks, constant, heaterOf, Home, levels, says, sinkOf, siteOf, traitsOf } from "./home.suite.ts";
import { hushAt, type QuietHours } from "./quiet.ts";

const night = (maxWatts: number, changes: Partial<QuietHours> = {}): QuietHours => ({
  days: weekdays,
  from: "22:00",
  to: "07:00",
  maxWatts: Watts(maxWatts),
  ...changes,
});
const berlin = "Europe/Berlin";
const at = (text: string) => Instant(Date.parse(text));

describe("quiet hours", () => {
  it.each([
    ["2026-01-05T20:59Z", undefined],
    ["2026-01-05T21:00Z", 90],
    ["2026-01-06T05:59Z", 90],
    ["2026-01-06T06:00Z", undefined],
    ["2026-07-05T19:59Z", undefined],
    ["2026-07-05T20:00Z", 90],
    // Clocks go forward at 01:00Z, back at 01:00Z.
    ["2026-03-29T04:59Z", 90],
    ["2026-03-29T05:00Z", undefined],
    ["2026-10-25T05:59Z", 90],
    ["2026-10-25T06:00Z", undefined],
  ])("follow the wall's clock: %s", (text, watts) => {
    expect(hushAt([night(90)], at(text), berlin)?.maxWatts).toBe(watts);
  });

  it("cap at the lowest where they overlap, and tell when that ends", () => {
    const both = [night(90), night(60, { from: "23:00", to: "05:00" })];
    expect(hushAt(both, at("2026-01-06T00:00Z"), berlin)).toEqual({
      maxWatts: 60,
      until: at("2026-01-06T04:00Z"),
    });
    expect(hushAt([], at("2026-01-06T00:00Z"), berlin)).toBeUndefined();
  });
});

describe("a heater in its quiet hours", () => {
  const steps = levels(60, 90, 125);
  const cold = (quiet: QuietHours, changes = {}, start = "2026-01-05T21:30:00Z") =>
    new Home(
      siteOf([heaterOf("miner", steps, { quiet: [quiet], ...changes })], {
        sinks: [sinkOf("room", { comfort: constant(20) })],
      }),
      { start, air: 17 },
    );

  it("is lowered to the highest level under the cap, and raised again after", () => {
    const home = cold(night(100));
    expect(asks(home.run(179))).toBe(125);
    const quiet = home.tick();
    expect([asks(quiet), says(quiet)]).toEqual([
      90,
      "lowering to 90 W: quiet hours, at most 100 W for another 9 h",
    ]);
    expect(quiet.decisions[0]?.cause).toBe("quiet");
    home.run(9 * 360 - 2);
    expect(asks(home.run(2))).toBe(125);
  });

  it("is stopped when none of its levels is quiet enough, though it has just started or settles", () => {
    const home = cold(night(0), { traits: traitsOf(steps, 600) }, "2026-01-05T21:45:00Z");
    expect(asks(home.run(89))).toBe(125);
    const quiet = home.tick();
    expect([asks(quiet), says(quiet)]).toEqual([0, "stopped: quiet hours for another 9 h"]);
    expect(says(home.run(20))).toBe("off: settles for another 7 min");
    expect(says(home.run(60))).toBe("off: quiet hours for another 9 h");
  });

  it("runs on at its lowest level when it cannot stop, and is left alone while it is busy", () => {
    const stubborn = cold(night(0), { traits: { ...traitsOf(steps), canStop: false } });
    expect(asks(stubborn.run(181))).toBe(60);
    stubborn.device("miner").tells = { available: levels() };
    expect(asks(stubborn.run(30))).toBe(60);
    const busy = cold(night(90));
    busy.run(170);
    busy.device("miner").busy = "calibrating";
    expect(asks(busy.run(30))).toBe(125);
    busy.device("miner").busy = undefined;
    expect(asks(busy.run(1))).toBe(90);
  });

  it("keeps to a cap that it does not reach without a word of it", () => {
    const home = cold(night(125));
    expect(says(home.run(200))).toMatch(/^holding 125 W: 3\.\d °C below target$/);
  });

  it("settles at a power that is quiet enough, though it would not be given that one again", () => {
    const home = cold(night(100), { traits: traitsOf(steps, 600) });
    home.run(180);
    expect(asks(home.run(1))).toBe(90);
    home.device("miner").tells = { available: levels(60) };
    expect(says(home.run(30))).toMatch(/^holding 90 W/);
  });

  it("stays stopped by its owner", () => {
    const home = cold(night(90));
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    expect(says(home.run(200))).toBe("stopped: by its owner");
  });

  it("heats all the same in frost", () => {
    const home = cold(night(0), { minOff: Seconds(0) });
    home.rooms.set("room", { air: 4 as never, fabric: 4 as never });
    expect(asks(home.run(240))).toBe(125);
  });
});
