import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../domain/index.ts";
import { asks, codes, constant, heated, heaterOf, Home, levels, says, sinkOf, siteOf } from "./home.suite.ts";

describe("a room that is too hot", () => {
  it("stops its heater at once, within its minimum time and by the sensor's bare word, until it is well below", () => {
    const home = heated();
    home.sense = () => 26.2;
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({
      setpoint: { watts: 0, workload: "idle" },
      cause: "sink-too-hot",
      urgent: true,
      reason: "stopped: room above its limit of 26 °C",
    });
    expect(codes(output)).toEqual(["room/too-hot"]);
    expect(output.alarms).toHaveLength(1);
    home.sense = () => 25.8;
    expect(codes(home.run(30))).toEqual([]);
    expect(home.tick().decisions[0]?.cause).toBe("sink-too-hot");
    home.sense = () => 19.4;
    const all: string[] = [];
    home.run(60, (now) => all.push(...codes(now)));
    expect(all.filter((code) => code === "room/too-hot-cleared")).toHaveLength(1);
    expect(home.tick().alarms).toEqual([]);
    expect(asks(home.run(60))).toBe(90);
  });

  it("stays stopped when the sensor is lost meanwhile, whatever the fallback", () => {
    const home = heated({ fallback: { kind: "run", watts: Watts(90), atMost: Seconds(3600) } });
    home.sense = () => 27;
    home.run(2);
    home.sense = () => undefined;
    expect(home.tick().sinks[0]?.estimate).toBeLessThan(20);
    home.run(100, (output) => expect(asks(output)).toBe(0));
    home.restart(5);
    home.run(100, (output) => expect(asks(output)).toBe(0));
  });

  it("is seen in the estimate too, while the sensor is late", () => {
    const home = new Home(
      siteOf([heaterOf("oven", levels(3000))], { sinks: [sinkOf("room", { comfort: constant(25.7) })] }),
      { air: 25.0 },
    );
    home.run(20);
    home.sense = () => undefined;
    let hottest = 0;
    home.run(30, (output) => {
      if ((asks(output) ?? 0) > 0) hottest = Math.max(hottest, output.sinks[0]?.estimate ?? 0);
    });
    expect(hottest).toBeLessThanOrEqual(26);
    expect(home.room().air).toBeLessThan(26.5);
  });
});

describe("a sensor without a word", () => {
  it("lets its heater go on by the estimate, then stops it, and goes on when it speaks", () => {
    const home = heated({}, {}, 19);
    home.sense = () => undefined;
    const late = home.run(35);
    expect([late.sinks[0]?.sensor, asks(late), codes(late)]).toEqual(["late", 90, []]);
    const lost = home.tick();
    expect(lost.decisions[0]).toMatchObject({ cause: "sensor-lost", urgent: true, setpoint: { watts: 0 } });
    expect(says(lost)).toBe("stopped: room sensor silent for 6 min, fallback is off");
    expect(codes(lost)).toEqual(["sensor/lost"]);
    home.sense = () => 19;
    expect(codes(home.tick())).toEqual(["sensor/lost-cleared"]);
    expect(asks(home.run(20))).toBe(90);
  });

  it("gives the fallback's watts, not more, for its time, not longer", () => {
    const fallback = { kind: "run", watts: Watts(100), atMost: Seconds(1200) } as const;
    const home = new Home(
      siteOf([heaterOf("a", levels(60, 90, 125)), heaterOf("b", levels(60, 90, 125))], {
        sinks: [sinkOf("room", { fallback })],
      }),
      { air: 18 },
    );
    home.run(60);
    expect(home.tick().decisions.map(({ setpoint }) => setpoint.watts)).toEqual([125, 125]);
    home.sense = () => undefined;
    const lost = home.run(36);
    expect(lost.decisions.map(({ setpoint }) => setpoint.watts)).toEqual([90, 0]);
    expect(says(lost)).toBe(
      "lowering to 90 W: room sensor silent for 6 min, fallback of 100 W for another 20 min",
    );
    expect(lost.decisions[1]).toMatchObject({ cause: "fallback", urgent: true });
    expect(asks(home.run(119))).toBe(90);
    const ended = home.run(2);
    expect(says(ended)).toBe("stopped: room sensor silent for 26 min, fallback has ended");
    expect(asks(ended)).toBe(0);
  });

  it("at the start waits for the first temperature", () => {
    const home = new Home(siteOf([heaterOf("miner", levels(90))]), { air: 15 });
    home.sense = () => undefined;
    expect(says(home.run(30))).toBe("stopped: waits for the room's first temperature");
    expect(says(home.run(10))).toMatch(/silent for/);
  });

  it("but absurd ones counts as lost at the third", () => {
    const home = heated({}, {}, 19);
    home.sense = () => -127;
    expect(asks(home.run(2))).toBe(90);
    const output = home.tick();
    expect([says(output), codes(output)]).toEqual([
      "stopped: room sensor gives absurd values, fallback is off",
      ["sensor/absurd"],
    ]);
  });

  it("that stands still though the room is heated pauses the heater until it moves", () => {
    const home = new Home(siteOf([heaterOf("oven", levels(1500))]), { air: 18 });
    home.sense = () => 18.5;
    const seen: string[] = [];
    home.run(400, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["sensor/frozen"]);
    expect(home.room().air).toBeLessThan(26);
    const paused = home.tick();
    expect([asks(paused), paused.decisions[0]?.cause]).toEqual([0, "sensor-frozen"]);
    home.sense = () => 18.3;
    const moved: string[] = [];
    home.run(20, (output) => moved.push(...codes(output)));
    expect(moved).toEqual(["sensor/frozen-cleared"]);
  });

  it("that moves as rooms do is never taken for frozen, however weak the heater", () => {
    const home = new Home(siteOf([heaterOf("miner", levels(90))]), { air: 15 });
    const seen: string[] = [];
    home.run(8640, (output, tick) => {
      home.outdoor = 5 + 4 * Math.sin(tick / 1375);
      seen.push(...codes(output));
    });
    expect(seen).toEqual([]);
  });
});
