import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Seconds, Watts } from "../domain/index.ts";
import { asks, codes, constant, heaterOf, Home, levels, says, sinkOf, siteOf } from "./home.suite.ts";

const cabin = (air: number, heater = {}, watts = 1500, site = {}) =>
  new Home(
    siteOf([heaterOf("oven", levels(watts), heater)], {
      sinks: [sinkOf("room", { comfort: constant(5) })],
      ...site,
    }),
    { air },
  );

describe("a room below its lower limit", () => {
  it("is heated with all there is, with one alarm, until it is a band above", () => {
    const home = cabin(4.8);
    const seen: string[] = [];
    let output = home.run(20, (now) => seen.push(...codes(now)));
    expect([seen, asks(output), output.decisions[0]?.cause, says(output)]).toEqual([
      ["room/frost"],
      1500,
      "frost",
      "holding 1500 W: frost protection, the room is below its limit of 5 °C",
    ]);
    while (output.alarms.length > 0) output = home.tick();
    expect(codes(output)).toEqual(["room/frost-cleared"]);
    expect(output.sinks[0]?.estimate).toBeGreaterThanOrEqual(5.3);
    expect(output.sinks[0]?.estimate).toBeLessThan(5.5);
  });

  it("is heated though its owner stopped the heater, and not any more when it is over", () => {
    const home = cabin(6);
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("oven")] };
    home.outdoor = -10;
    let output = home.tick();
    while (asks(output) === 0) output = home.tick();
    expect(home.room().air).toBeLessThan(5);
    expect(home.room().air).toBeGreaterThan(4.8);
    while (asks(output) !== 0) output = home.tick();
    expect(home.room().air).toBeGreaterThan(5.2);
    expect(says(output)).toBe("stopped: by its owner");
    expect(output.heaters[0]?.state).toBe("stopped-by-owner");
  });

  it("is heated though its owner is away and wants it colder", () => {
    const home = cabin(10);
    home.outdoor = -15;
    const away = { kind: "away", targetC: Celsius(2), until: null } as const;
    home.owner = { ...home.owner, overrides: { room: [away] } };
    expect(home.tick().sinks[0]?.comfort.target).toBeCloseTo(5.3, 9);
    let coldest = Infinity;
    home.run(3 * 8640, () => (coldest = Math.min(coldest, home.room().air)));
    expect(coldest).toBeGreaterThan(4.9);
  });

  it("does not wait for a heater's rest", () => {
    const home = cabin(8, { minOff: Seconds(7200) });
    home.run(60);
    expect(asks(home.tick())).toBe(0);
    home.rooms.set("room", { air: Celsius(4), fabric: Celsius(4) });
    expect(asks(home.run(30))).toBe(1500);
  });

  it.each<[string, (home: Home) => void, string]>([
    ["a device that is too hot", (home) => (home.device("oven").temperature = 95), "device-too-hot"],
    ["a device that does not answer", (home) => (home.device("oven").answers = false), "silent"],
    ["a sensor that is lost", (home) => (home.sense = () => undefined), "sensor-lost"],
    ["a sensor that stands still", (home) => (home.sense = () => 4), "sensor-frozen"],
  ])("is not heated by %s", (_case, breakIt, cause) => {
    const home = cabin(4);
    home.outdoor = -20;
    home.run(20);
    breakIt(home);
    const output = home.run(3 * 360);
    expect([asks(output), output.decisions[0]?.cause]).toEqual([0, cause]);
  });

  it("is not heated over the feeder's cap", () => {
    const home = cabin(4, {}, 1500, { feeder: { maxWatts: Watts(1000) } });
    const output = home.run(60);
    expect([asks(output), output.decisions[0]?.cause]).toEqual([0, "feeder"]);
  });

  it("is told of once more when its heaters do not hold it", () => {
    const home = cabin(4.9, {}, 100);
    home.outdoor = -10;
    const seen: string[] = [];
    home.run(360, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["room/frost", "room/frost-unheld"]);
    home.restart(20);
    home.run(10, (output) => seen.push(...codes(output)));
    expect(seen).toHaveLength(2);
    home.outdoor = 15;
    home.run(2 * 360, (output) => seen.push(...codes(output)));
    expect(seen.slice(2).toSorted()).toEqual(["room/frost-cleared", "room/frost-unheld-cleared"]);
  });

  it("that becomes warmer, however slowly, is held", () => {
    const home = cabin(-2, {}, 800);
    home.sense = ({ air }) => Math.round(air * 10) / 10;
    home.outdoor = -5;
    const seen: string[] = [];
    home.run(360, (output) => seen.push(...codes(output)));
    expect(seen).not.toContain("room/frost-unheld");
  });
});

describe("readings below what is plausible", () => {
  it("are believed of a room that cooled to there", () => {
    const home = cabin(3, {}, 100);
    home.outdoor = -25;
    let output = home.tick();
    while (home.room().air > 0) output = home.tick();
    expect([output.sinks[0]?.sensor, asks(output), output.decisions[0]?.cause]).toEqual([
      "fresh",
      100,
      "frost",
    ]);
  });

  it("are not believed of a sensor that leaps there", () => {
    const home = cabin(10);
    home.sense = () => 0;
    expect(home.run(4).sinks[0]?.sensor).not.toBe("fresh");
  });
});
