import { describe, expect, it } from "vitest";
import { HeaterId, Seconds, Watts } from "../domain/index.ts";
import {
  asks,
  codes,
  constant,
  heated,
  heaterOf,
  Home,
  levels,
  says,
  sinkOf,
  siteOf,
  traitsOf,
} from "./home.suite.ts";

describe("a room that is too hot", () => {
  it("stops its heater at once, within its minimum time and by the sensor's bare word, until it is well below", () => {
    const home = heated();
    home.sense = () => 26.2;
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({
      setpoint: { watts: 0, workload: "idle" },
      cause: "room-too-hot",
      urgent: true,
      reason: "stopped: room above its limit of 26 °C",
    });
    expect(codes(output)).toEqual(["room/too-hot"]);
    expect(output.alarms).toHaveLength(1);
    home.sense = () => 25.8;
    expect(codes(home.run(30))).toEqual([]);
    expect(home.tick().decisions[0]?.cause).toBe("room-too-hot");
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

describe("a heater that is too hot", () => {
  it("is stopped at once and rests until it has cooled well below", () => {
    const home = heated();
    home.device("miner").temperature = 90;
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({
      cause: "device-too-hot",
      urgent: true,
      setpoint: { watts: 0 },
    });
    expect([codes(output), output.heaters[0]?.state]).toEqual([["heater/too-hot"], "fault"]);
    home.device("miner").temperature = 81;
    expect(asks(home.run(60))).toBe(0);
    home.device("miner").temperature = 79;
    expect(codes(home.tick())).toEqual(["heater/too-hot-cleared"]);
    expect(asks(home.run(3))).toBe(90);
  });
});

describe("a heater that was too hot or no longer tells", () => {
  it("stays stopped over a restart while it tells nothing", () => {
    const home = heated();
    home.device("miner").temperature = 91;
    home.run(2);
    home.restart(5);
    home.device("miner").temperature = undefined;
    home.run(60, (output) =>
      expect([asks(output), output.decisions[0]?.cause]).toEqual([0, "device-too-hot"]),
    );
    home.device("miner").temperature = Number.NaN;
    home.run(60, (output) => expect(asks(output)).toBe(0));
    home.device("miner").temperature = 50;
    expect(asks(home.run(30))).toBe(90);
  });

  it.each([undefined, Number.NaN])("is stopped a minute after its temperature became %s", (temperature) => {
    const home = heated();
    home.device("miner").temperature = temperature;
    expect(asks(home.run(6))).toBe(90);
    const output = home.tick();
    expect([asks(output), codes(output), output.heaters[0]?.state]).toEqual([
      0,
      ["heater/unwatched"],
      "fault",
    ]);
    expect(says(output)).toBe("stopped: device no longer tells its temperature");
    home.restart(5);
    home.run(60, (now) => expect(asks(now)).toBe(0));
    home.device("miner").temperature = 40;
    expect(codes(home.tick())).toEqual(["heater/unwatched-cleared"]);
    expect(asks(home.run(30))).toBe(90);
  });

  it("may be silent of it while it is off, or for ever", () => {
    const home = heated();
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    home.run(2);
    home.device("miner").temperature = undefined;
    home.run(60, (output) => expect(output.alarms).toEqual([]));
    const bare = new Home(siteOf([heaterOf("miner", levels(90))]), { air: 18 });
    bare.device("miner").temperature = undefined;
    expect(asks(bare.run(60))).toBe(90);
  });
});

describe("a heater that does not obey", () => {
  it("is told to stop again and again, with one alarm", () => {
    const home = heated({}, { traits: traitsOf(levels(90), 30) });
    home.device("miner").drawsInstead = 90;
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    const seen: string[] = [];
    home.run(30, (output) => {
      seen.push(...codes(output));
      expect(output.decisions[0]?.urgent).toBe(true);
    });
    expect(seen).toEqual(["heater/overrun"]);
    home.device("miner").drawsInstead = undefined;
    home.run(3, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["heater/overrun", "heater/overrun-cleared"]);
    expect(home.tick().decisions[0]?.urgent).toBe(false);
  });

  it("is told its power again when it draws more", () => {
    const home = heated();
    home.device("miner").drawsInstead = 130;
    expect(home.run(2).decisions[0]?.urgent).toBe(false);
    const late = home.run(2);
    expect(late.decisions[0]).toMatchObject({ urgent: true, setpoint: { watts: 90 } });
    expect(late.alarms.map(({ message }) => message)).toEqual(["miner draws 130 W though asked for 90 W"]);
  });

  it("is told its power again when it idles, as after a reboot, with one warning", () => {
    const home = heated();
    const device = home.device("miner");
    device.drawsInstead = 5;
    const seen: string[] = [];
    expect(home.run(2).decisions[0]).toMatchObject({ urgent: false, setpoint: { watts: 90 } });
    const late = home.run(10, (output) => seen.push(...codes(output)));
    expect(late.decisions[0]).toMatchObject({ urgent: true, setpoint: { watts: 90 } });
    expect(seen).toEqual(["heater/underrun"]);
    device.busy = "ramping up";
    expect(home.tick().decisions[0]?.urgent).toBe(false);
    Object.assign(device, { busy: undefined, faults: ["no pool"] });
    home.run(10, (output) => expect(output.decisions[0]?.urgent).toBe(false));
    Object.assign(device, { faults: [], drawsInstead: undefined });
    expect(home.run(5).alarms).toEqual([]);
  });

  it("counts as resting only from when it is seen to be off", () => {
    const home = heated();
    home.device("miner").drawsInstead = 90;
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    home.run(60);
    home.device("miner").drawsInstead = undefined;
    home.owner = { ...home.owner, stoppedHeaters: [] };
    expect(asks(home.run(17))).toBe(0);
    expect(asks(home.run(4))).toBe(90);
  });

  it("is not started while it still draws, though it need not rest", () => {
    const home = heated({}, { minOff: Seconds(0), minOn: Seconds(0) });
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    home.run(5);
    home.device("miner").drawsInstead = 700;
    home.owner = { ...home.owner, stoppedHeaters: [] };
    const output = home.run(10, (now) => expect(asks(now)).toBe(0));
    expect(says(output)).toBe("off: still draws 700 W though it should be off");
  });

  it("is given its time to settle before an alarm", () => {
    const home = heated({}, { traits: traitsOf(levels(90), 120) });
    home.device("miner").obeys = false;
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    const seen: string[] = [];
    home.run(12, (output) => seen.push(...codes(output)));
    expect(seen).toEqual([]);
    home.run(3, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["heater/overrun"]);
  });
});

describe("a heater that is busy", () => {
  it("is left alone, but for safety", () => {
    const home = heated();
    home.device("miner").busy = "calibrating";
    home.sense = () => 20.5;
    const busy = home.run(60);
    expect([asks(busy), says(busy)]).toEqual([90, "holding 90 W: busy: calibrating"]);
    home.sense = () => 26.5;
    expect(home.tick().decisions[0]).toMatchObject({ setpoint: { watts: 0 }, urgent: true });
    expect(home.run(5).decisions[0]).toMatchObject({ setpoint: { watts: 0 }, urgent: true });
    expect(home.device("miner").watts).toBe(90);
  });
});

describe("a heater that does not answer", () => {
  it("keeps its setpoint for a minute, then is stopped, and rests when it is back", () => {
    const home = heated();
    home.device("miner").answers = false;
    const short = home.run(6);
    expect([asks(short), short.heaters[0]?.watts, codes(short)]).toEqual([90, undefined, []]);
    const long = home.tick();
    expect([asks(long), codes(long), long.heaters[0]?.state]).toEqual([
      0,
      ["heater/unreachable"],
      "unreachable",
    ]);
    home.run(200);
    Object.assign(home.device("miner"), { answers: true, drawsInstead: 5 });
    const back = home.run(2);
    expect(says(back)).toBe("off: must rest another 3 min");
    home.device("miner").drawsInstead = undefined;
    expect(asks(home.run(20))).toBe(90);
  });

  it("counts as such when it only repeats itself", () => {
    const home = heated();
    home.device("miner").repeats = true;
    expect(home.run(12).heaters[0]).toMatchObject({ state: "heating", watts: undefined });
    expect(home.run(2).heaters[0]?.state).toBe("unreachable");
  });

  it("counts as such when it reads no number", () => {
    const home = heated();
    home.device("miner").says = Number.NaN;
    expect(home.run(8).heaters[0]?.state).toBe("unreachable");
  });
});
