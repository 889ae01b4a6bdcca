import { describe, expect, it } from "vitest";
import { HeaterId, Seconds } from "../domain/index.ts";
import { asks, codes, heated, heaterOf, Home, levels, says, siteOf, traitsOf } from "./home.suite.ts";

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

describe("a heater that tells its temperature only while it runs", () => {
  const halfHour = 180;

  it.each([
    ["stopped telling", undefined],
    ["was too hot", 95],
  ])("is tried again once it has drawn nothing for half an hour since it %s", (_, temperature) => {
    const home = heated();
    home.device("miner").temperature = temperature;
    expect(asks(home.run(8))).toBe(0);
    home.device("miner").temperature = undefined;
    home.run(halfHour - 4, (output) => expect(asks(output)).toBe(0));
    expect(asks(home.run(8))).toBe(90);
    home.device("miner").temperature = 50;
    home.run(60, (output) => expect(asks(output)).toBe(90));
    expect(home.tick().alarms).toEqual([]);
  });

  it("is tried ever more rarely while it tells nothing, for a minute each time", () => {
    const home = heated();
    home.device("miner").temperature = undefined;
    let starts = 0;
    let rounds = 0;
    let before = 90;
    home.run(24 * 360, (output) => {
      if (asks(output) !== 0) rounds += 1;
      if (asks(output) !== 0 && before === 0) starts += 1;
      before = asks(output) ?? 0;
    });
    expect(starts).toBeGreaterThanOrEqual(5);
    expect(starts).toBeLessThanOrEqual(7);
    expect(rounds).toBeLessThanOrEqual((starts + 1) * 8);
  });

  it("rests on while it draws power though it was told to stop, and all its time from then on", () => {
    const home = heated();
    home.device("miner").temperature = undefined;
    home.run(8 + halfHour - 20, (output) => output);
    home.device("miner").drawsInstead = 90;
    home.run(2 * halfHour, (output) => expect(asks(output)).toBe(0));
    home.device("miner").drawsInstead = undefined;
    home.run(halfHour - 4, (output) => expect(asks(output)).toBe(0));
    expect(asks(home.run(8))).toBe(90);
  });

  it("rests all its time again after a silence in which nobody saw what it did", () => {
    const home = heated();
    home.device("miner").temperature = undefined;
    home.run(8 + halfHour - 20);
    home.device("miner").answers = false;
    home.run(60);
    home.device("miner").answers = true;
    home.run(halfHour - 4, (output) => expect(asks(output)).toBe(0));
    expect(asks(home.run(10))).toBe(90);
  });

  it("is tried at its lowest power, and its alarm lasts until it is seen to be cool", () => {
    const home = heated({}, { traits: traitsOf(levels(50, 90)) });
    home.device("miner").temperature = 95;
    home.tick();
    home.device("miner").temperature = undefined;
    home.run(halfHour + 3, (output) =>
      expect(output.alarms.map(({ code }) => code)).toContain("heater/too-hot"),
    );
    expect(asks(home.tick())).toBe(50);
    home.device("miner").temperature = 60;
    expect(codes(home.tick())).toContain("heater/too-hot-cleared");
    expect(asks(home.run(30))).toBe(90);
  });

  it("that overheats each time it runs is tried ever more rarely", () => {
    const home = heated();
    let [starts, before] = [0, 90];
    home.run(24 * 360, (output) => {
      const asked = asks(output) ?? 0;
      if (asked !== 0 && before === 0) starts += 1;
      before = asked;
      const { temperature } = home.device("miner");
      home.device("miner").temperature = asked === 0 ? undefined : Math.min(95, (temperature ?? 40) + 5);
    });
    expect(starts).toBeGreaterThanOrEqual(4);
    expect(starts).toBeLessThanOrEqual(8);
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
    expect(home.tick().decisions[0]).toMatchObject({ urgent: true, setpoint: { watts: 90 } });
    const late = home.tick();
    expect(late.decisions[0]?.urgent).toBe(false);
    expect(late.alarms.map(({ message }) => message)).toEqual(["miner draws 130 W though asked for 90 W"]);
  });

  it("is told its power again when it idles, as after a reboot, with one warning", () => {
    const home = heated();
    const device = home.device("miner");
    device.drawsInstead = 5;
    const seen: string[] = [];
    expect(home.run(2).decisions[0]).toMatchObject({ urgent: false, setpoint: { watts: 90 } });
    const again: number[] = [];
    home.run(400, (output, tick) => {
      seen.push(...codes(output));
      if (output.decisions[0]?.urgent) again.push(tick);
    });
    expect(again).toEqual([0, 4, 12, 28, 60, 124, 252]);
    expect(seen).toEqual(["heater/underrun", "heater/disobeys"]);
    device.busy = "ramping up";
    expect(home.tick().decisions[0]?.urgent).toBe(false);
    Object.assign(device, { busy: undefined, faults: ["no pool"] });
    home.run(10, (output) => expect(output.decisions[0]?.urgent).toBe(false));
    Object.assign(device, { faults: [], drawsInstead: undefined });
    expect(home.run(5).alarms).toEqual([]);
  });

  it("is not said to hold its power while it idles, and why is told", () => {
    const home = heated();
    const device = home.device("miner");
    Object.assign(device, { drawsInstead: 5, faults: ["no pool answers"] });
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({
      cause: "idles",
      reason: "idles: no pool answers",
      setpoint: { watts: 90 },
      urgent: false,
    });
    device.faults = [];
    expect(says(home.run(4))).toBe("idles: asked for 90 W again");
    device.drawsInstead = undefined;
    expect(says(home.run(4))).toMatch(/^holding 90 W: .* below target$/);
  });

  it("is given its time to begin before it is said to idle", () => {
    const home = new Home(siteOf([heaterOf("miner", levels(90))]), { air: 18 });
    Object.assign(home.device("miner"), { drawsInstead: 5, faults: ["connecting to the pool"] });
    const causes: string[] = [];
    home.run(30, ({ decisions: [decision] }) => {
      if (decision && decision.setpoint.watts > 0) causes.push(decision.cause);
    });
    expect(causes.slice(0, 4)).toEqual(["comfort", "comfort", "comfort", "idles"]);
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
      ["heater/lost-hot"],
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
