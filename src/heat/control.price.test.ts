import { describe, expect, it } from "vitest";
import { Celsius, Seconds, Watts } from "../domain/index.ts";
import { asks, heated, heaterOf, Home, levels, says, siteOf } from "./home.suite.ts";

const ceiling = { priceCeiling: 0.3 };

describe("a heater with a price ceiling", () => {
  it.each([
    [undefined, 90],
    [0.3, 90],
    [0.31, 0],
    [-0.1, 90],
  ])("is asked at a price of %d for %d W", (price, watts) => {
    const home = heated({}, ceiling);
    home.price = price;
    expect(asks(home.run(3))).toBe(watts);
  });

  it("says why it is off, and stops though it should run on", () => {
    const home = heated({}, { ...ceiling, minOn: Seconds(7200) });
    home.price = 0.42;
    expect(says(home.tick())).toBe("stopped: energy costs 0.42, above its ceiling of 0.30");
  });

  it("rests its least time before it goes on when energy is cheap again", () => {
    const home = heated({}, { ...ceiling, minOff: Seconds(300) });
    home.price = 0.42;
    home.run(3);
    home.price = 0.2;
    expect(asks(home.run(20))).toBe(0);
    expect(asks(home.run(20))).toBe(90);
  });

  it("leaves the heat to others", () => {
    const heaters = [heaterOf("dear", levels(500), ceiling), heaterOf("other", levels(500))];
    const home = new Home(siteOf(heaters), { air: 19 });
    home.price = 0.5;
    expect(home.run(60).decisions.map(({ setpoint, cause }) => [setpoint.watts, cause])).toEqual([
      [0, "dear"],
      [500, "comfort"],
    ]);
  });

  it("outranks a plan and its owner's power, and frost outranks it", () => {
    const home = heated({ limits: { maxC: Celsius(26), minC: Celsius(16) } }, ceiling, 19.8);
    home.price = 0.5;
    home.plan = { miner: { watts: Watts(90), why: "planned", warmest: Celsius(25) } };
    expect(home.run(30).decisions[0]?.cause).toBe("dear");
    const until = (home.wall + 7_200_000) as never;
    home.owner = { ...home.owner, powers: { miner: { watts: Watts(90), until } } };
    expect(home.run(3).decisions[0]?.cause).toBe("dear");
    home.rooms.set("room", { air: Celsius(15), fabric: Celsius(15) });
    expect(home.run(60).decisions[0]).toMatchObject({ cause: "frost", setpoint: { watts: 90 } });
  });
});
