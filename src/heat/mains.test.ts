import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../domain/index.ts";
import { asks, codes, heaterOf, Home, levels, range, siteOf } from "./home.suite.ts";
import { otherLoads, watchMains } from "./mains.ts";

/** A cold room on a feeder of 2000 W, whose site meter sees what else hangs on it. */
function metered(steps = range(200, 1500, 10)) {
  const home = new Home(siteOf([heaterOf("h", steps)], { feeder: { maxWatts: Watts(2000) } }), { air: 15 });
  const meter = { others: 0, isSilent: false };
  home.mains = () => (meter.isSilent ? undefined : Watts(home.device("h").watts + meter.others));
  home.run(60);
  expect(home.device("h").watts).toBe(1500);
  return { home, meter };
}

describe("a site meter", () => {
  it("has the heaters lowered for what else is drawn, with an alarm, and raised when that ends", () => {
    const { home, meter } = metered();
    meter.others = 1200;
    const seen: string[] = [];
    const output = home.run(6, (round) => seen.push(...codes(round)));
    expect(asks(output)).toBe(800);
    expect(output.decisions[0]).toMatchObject({ cause: "feeder" });
    expect(seen).toContain("feeder/exceeded");
    expect(home.device("h").watts + meter.others).toBeLessThanOrEqual(2000);
    meter.others = 0;
    expect(asks(home.run(12))).toBe(1500);
  });

  it("has a heater stopped that has no power low enough, within its minimum time too", () => {
    const { home, meter } = metered(levels(1500));
    meter.others = 900;
    expect(asks(home.run(6))).toBe(0);
  });

  it("that is silent says nothing: the sum of the heaters counts alone", () => {
    const { home, meter } = metered();
    meter.others = 1200;
    home.run(6);
    meter.isSilent = true;
    expect(asks(home.run(4))).toBe(800);
    expect(asks(home.run(12))).toBe(1500);
  });

  it("does not lower them for a moment, for themselves, or for power that flows back", () => {
    const { home, meter } = metered();
    const seen = new Set<number | undefined>();
    home.run(60, (output, tick) => {
      meter.others = tick % 10 === 0 ? 3000 : tick < 30 ? -4000 : 0;
      seen.add(asks(output));
    });
    expect([...seen]).toEqual([1500]);
  });
});

it("nothing is known of other loads by fewer than three readings, or by no number", () => {
  const next = (before: ReturnType<typeof watchMains>, watts: number | undefined) =>
    watchMains(before, watts as Watts | undefined, [], Seconds(10));
  const two = next(next(null, 500), 400);
  expect(otherLoads(two)).toBe(0);
  expect(otherLoads(next(two, 600))).toBe(400);
  expect(otherLoads(next(next(two, Number.NaN), 600))).toBe(400);
});
