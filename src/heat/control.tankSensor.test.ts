import { describe, expect, it } from "vitest";
import { Celsius, SinkId } from "../domain/index.ts";
import type { HeaterConfig, TankSink } from "./controlConfig.ts";
import { codes, heaterOf, Home, levels, siteOf, tankOf } from "./home.suite.ts";
import { tankModel } from "./tankModel.ts";

/** Seconds between two rounds: days go by faster. */
const step = 30;
const rule = { celsius: 60, holdSeconds: 1800, everyHours: 168 };

function tankHome(
  watts: number,
  tank: Partial<TankSink> = {},
  air = 45,
  heater: Partial<HeaterConfig> = {},
): Home {
  const heats = heaterOf("coil", levels(watts), { sink: SinkId("tank"), ...heater });
  return new Home(siteOf([heats], { sinks: [tankOf("tank", tank)] }), { air });
}

interface Seen {
  readonly hottest: number;
  readonly alarms: readonly string[];
}

function live(home: Home, hours: number): Seen {
  const alarms = new Set<string>();
  let hottest = -Infinity;
  for (let at = 0; at < hours * 3600; at += step) {
    for (const code of codes(home.tick(step))) alarms.add(code);
    hottest = Math.max(hottest, home.room("tank").air);
  }
  return { hottest, alarms: [...alarms] };
}

describe("a tank's sensor that is stuck", () => {
  it.each([
    ["nonsense", -127],
    ["no number", Number.NaN],
    ["the value of a sensor that has lost its power", 85],
  ])("is found though it tells %s in between", (_, garbage) => {
    const home = tankHome(1000, { limits: { maxC: Celsius(90), minC: Celsius(5) } });
    home.run(60);
    let turn = 0;
    home.sense = () => (turn++ % 3 === 2 ? garbage : 46);
    const { hottest, alarms } = live(home, 12);
    expect(hottest).toBeLessThan(58);
    expect(alarms).toContain("sensor/frozen");
  });

  it("is found over restarts of the hearth, however often", () => {
    const home = tankHome(1000);
    home.run(60);
    home.sense = () => 46;
    let hottest = 0;
    for (let restarts = 0; restarts < 40; restarts++) {
      home.run(60, () => (hottest = Math.max(hottest, home.room("tank").air)));
      home.restart(20);
    }
    expect(hottest).toBeLessThan(58);
  });

  it.each([60, 90, 120])("is found under a weak heater of %d W before the tank is hot by it", (watts) => {
    const home = tankHome(watts);
    home.run(60);
    home.sense = () => 45.5;
    expect(live(home, 24 * 14).hottest).toBeLessThan(60);
  });

  it("does not bring the tank above its limit where that is near", () => {
    const home = tankHome(2000, { disinfection: rule, limits: { maxC: Celsius(66), minC: Celsius(5) } });
    home.sense = ({ air }) => Math.min(air, 59.5);
    expect(live(home, 24).hottest).toBeLessThan(66.5);
  });

  it("at a disinfected tank's temperature is no disinfection", () => {
    const home = tankHome(1000, { disinfection: rule });
    home.sense = ({ air }) => (home.elapsed > 4 * 3600 ? 61 : air);
    const { alarms } = live(home, 24 * 9);
    expect(alarms).toContain("sensor/frozen");
    expect(alarms).toContain("tank/not-disinfected");
  });

  it("is let go on with once it moves", () => {
    const home = tankHome(1000);
    home.run(60);
    const { sense } = home;
    home.sense = () => 46;
    live(home, 3);
    home.sense = sense;
    home.rooms.set("tank", { air: Celsius(44), fabric: Celsius(44) });
    home.run(30);
    expect(home.state.heaters["coil"]?.setpoint.watts).toBe(1000);
  });
});

describe("a tank's sensor that fell out of its pocket", () => {
  it.each([
    [120, 2000, 1.5],
    [120, 300, 1.5],
    [120, 150, 1.5],
    [300, 3000, 2.2],
    [1000, 3000, 3],
  ])("stops %d litres under %d W before they are far above their limit", (litres, watts, loss) => {
    const size = { litres, lossWattsPerKelvin: loss };
    const home = tankHome(watts, { ...size, model: tankModel(size) }, 48);
    home.run(60);
    home.sense = () => 19 + 1.5 * Math.sin((2 * Math.PI * home.elapsed) / 86_400);
    const { hottest, alarms } = live(home, 24 * 10);
    expect(hottest).toBeLessThan(78);
    expect(alarms).toContain("sensor/frozen");
  });
});

describe("a tank's sensor that lives", () => {
  it.each([50, 90, 1000])("stands still without an alarm where %d W hardly heat", (watts) => {
    const home = tankHome(watts, {}, 46);
    expect(live(home, 24 * 10).alarms).toEqual([]);
  });

  it("stands still without an alarm in a tank that is left and cold", () => {
    const home = tankHome(1000, { comfort: { entries: [], setBackC: Celsius(20), bandK: 4 } }, 18);
    expect(live(home, 24 * 20).alarms).toEqual([]);
  });

  it("does so where digits are coarse", () => {
    const home = tankHome(1000, {}, 46);
    home.sense = ({ air }) => Math.round(air * 2) / 2;
    expect(live(home, 24 * 10).alarms).toEqual([]);
  });
});
