import { describe, expect, it } from "vitest";
import { Celsius, Seconds, SinkId, Watts } from "../domain/index.ts";
import { asks, codes, heated, heaterOf, Home, levels, range, says, siteOf, traitsOf } from "./home.suite.ts";
import { restoredControl } from "./restoreControl.ts";

const alarms = (home: Home) => home.tick().alarms.map(({ code }) => code);

describe("a heater that takes fewer powers than it has", () => {
  const cold = (steps = levels(60, 90, 125)) => new Home(siteOf([heaterOf("miner", steps)]), { air: 17 });

  it("is asked for those alone, and for the others again when it takes them", () => {
    const home = cold();
    home.device("miner").tells = { available: levels(60, 90) };
    expect(asks(home.run(60))).toBe(90);
    home.device("miner").tells = {};
    expect(asks(home.run(60))).toBe(125);
    home.device("miner").tells = { available: levels(60) };
    expect(asks(home.tick())).toBe(60);
  });

  it.each([
    [range(200, 1000, 50), range(330, 720, 10), 700],
    [range(200, 1000, 50), levels(300, 800), 800],
    [levels(200, 500, 900), range(300, 600, 10), 500],
  ])("of %j within %j gives %d W", (steps, available, watts) => {
    const home = cold(steps);
    home.device("miner").tells = { available };
    expect(asks(home.run(60))).toBe(watts);
  });

  it("is off while it takes none, and says so", () => {
    const home = cold();
    home.device("miner").tells = { available: levels() };
    expect([asks(home.run(60)), says(home.tick())]).toEqual([0, "off: takes no power now"]);
  });
});

describe("a heater that is set to another power than it was asked for", () => {
  it("is asked again at growing intervals, with a warning and at last an alarm, until it is right", () => {
    const home = heated({}, {}, 17);
    const device = home.device("miner");
    device.tells = { setTo: Watts(60) };
    const [again, seen]: [number[], string[]] = [[], []];
    home.run(200, (output, tick) => {
      if (output.decisions[0]?.urgent) again.push(tick);
      seen.push(...codes(output));
    });
    expect(again).toEqual([2, 6, 14, 30, 62, 126]);
    expect(seen).toEqual(["heater/strayed", "heater/disobeys"]);
    expect(home.tick().heaters[0]?.state).toBe("fault");
    device.tells = { setTo: Watts(90) };
    expect(codes(home.tick()).toSorted()).toEqual(["heater/disobeys-cleared", "heater/strayed-cleared"]);
  });

  it.each<[string, ReturnType<typeof levels>, number, number]>([
    ["a level is told as it measures", levels(60, 90, 125), 125, 118],
    ["a range is told in its own steps", range(200, 1000, 10), 1000, 985],
  ])("is none while %s", (_case, steps, asked, setTo) => {
    const home = new Home(siteOf([heaterOf("miner", steps)]), { air: 16 });
    expect(asks(home.run(60))).toBe(asked);
    home.device("miner").tells = { setTo: Watts(setTo) };
    home.run(20, (output) => expect([output.decisions[0]?.urgent, codes(output)]).toEqual([false, []]));
  });

  it("is none while it is busy, or has not taken the setpoint yet", () => {
    const home = heated({}, {}, 17);
    Object.assign(home.device("miner"), { tells: { setTo: Watts(60) }, busy: "calibrating" });
    home.run(20, (output) => expect([output.decisions[0]?.urgent, codes(output)]).toEqual([false, []]));
    Object.assign(home.device("miner"), { busy: undefined, held: undefined });
    home.device("miner").refuses = 90;
    home.run(20, (output) => expect(codes(output)).toEqual([]));
  });
});

describe("a heater that nobody would stop if the hearth died", () => {
  it("is stopped at once, within its minimum time and in frost, until its guard is back", () => {
    const home = heated({}, {}, 17);
    home.device("miner").tells = { unguarded: "its plug lost its timer" };
    const output = home.tick();
    expect(output.decisions[0]).toMatchObject({ cause: "unguarded", urgent: true, setpoint: { watts: 0 } });
    expect(says(output)).toBe("stopped: nobody would stop it if the hearth died: its plug lost its timer");
    expect([codes(output), output.heaters[0]?.state]).toEqual([["heater/unguarded"], "fault"]);
    home.rooms.set("room", { air: Celsius(3), fabric: Celsius(3) });
    home.run(60, (now) => expect(asks(now)).toBe(0));
    home.device("miner").tells = {};
    expect(asks(home.run(30))).toBe(90);
  });
});

describe("a device that lies about its watts", () => {
  const told = (own: number, watts = 90) => {
    const home = heated({}, { traits: traitsOf(levels(90), 60) }, 17);
    Object.assign(home.device("miner"), { tells: { ownWatts: Watts(own) }, drawsInstead: watts });
    return home;
  };

  it("is told of when its figure and its plug's differ for long, over restarts, until they agree", () => {
    const home = told(70);
    const seen: string[] = [];
    home.run(29, (output) => seen.push(...codes(output)));
    expect(seen).toEqual([]);
    home.run(20, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["heater/watts-differ"]);
    expect(home.tick().heaters[0]?.wattsDiffer).toBe(true);
    home.restart(20);
    home.run(5, (output) => seen.push(...codes(output)));
    expect(seen).toHaveLength(1);
    home.device("miner").tells = { ownWatts: Watts(88) };
    home.run(200, (output) => seen.push(...codes(output)));
    expect(seen).toEqual(["heater/watts-differ", "heater/watts-differ-cleared"]);
  });

  it.each([
    ["a sixth apart, but of few watts", 12, 20],
    ["less than 15 % apart", 80, 90],
  ])("is none when it is %s", (_case, own, watts) => {
    const home = told(own, watts);
    home.run(400, (output) => expect(codes(output)).not.toContain("heater/watts-differ"));
  });

  it("is none for a moment", () => {
    const home = told(90);
    home.run(60);
    home.device("miner").tells = { ownWatts: Watts(20) };
    home.run(6);
    home.device("miner").tells = { ownWatts: Watts(90) };
    home.run(60, (output) => expect(codes(output)).toEqual([]));
  });
});

describe("what a power was metered to draw", () => {
  const drawing = (share: number, changes = {}) => {
    const home = new Home(siteOf([heaterOf("miner", levels(500, 1000))], changes), { air: 15 });
    const device = home.device("miner");
    const live = (ticks: number) =>
      home.run(
        ticks,
        () => (device.drawsInstead = device.held?.watts ? device.held.watts * share : undefined),
      );
    return { home, device, live };
  };

  it("is learned by power, hardly moved by single readings, and kept over restarts", () => {
    const { home, device, live } = drawing(1.08);
    const [learned] = live(180).heaters[0]?.learned ?? [];
    expect(learned?.watts).toBe(1000);
    expect(learned?.drawn).toBeCloseTo(1080, 0);
    device.says = 30;
    home.tick();
    device.says = undefined;
    expect(home.tick().heaters[0]?.learned[0]?.drawn).toBeGreaterThan(1078);
    home.restart(5);
    expect(home.tick().heaters[0]?.learned[0]?.drawn).toBeGreaterThan(1078);
    const other = siteOf([heaterOf("miner", levels(400, 800))]);
    const kept = JSON.parse(JSON.stringify(home.state)) as unknown;
    expect(restoredControl(other, kept).heaters["miner"]?.learned).toEqual([]);
  });

  it("follows a lasting change", () => {
    const { home, device, live } = drawing(1);
    live(180);
    home.run(720, () => (device.drawsInstead = device.held?.watts ? 1120 : undefined));
    expect(home.tick().heaters[0]?.learned[0]?.drawn).toBeGreaterThan(1100);
  });

  it("is what the feeder is planned with where it is more, even long after", () => {
    const { home, device, live } = drawing(1.15, { feeder: { maxWatts: Watts(1200) } });
    live(360);
    const narrow = new Home(
      siteOf([heaterOf("miner", levels(500, 1000))], { feeder: { maxWatts: Watts(1100) } }),
      {
        air: 15,
      },
    );
    const kept = JSON.parse(JSON.stringify(home.state)) as { heaters: Record<string, object> };
    narrow.state = restoredControl(narrow.config, {
      ...kept,
      heaters: { miner: { ...kept.heaters["miner"], overdraw: 1, setpoint: { watts: 0 } } },
    });
    expect(asks(narrow.run(120))).toBe(500);
    expect(device.watts).toBe(1150);
  });

  it("of less is never counted on: the feeder is planned with what was asked", () => {
    const { live } = drawing(0.7, { feeder: { maxWatts: Watts(800) } });
    expect(asks(live(360))).toBe(500);
  });

  it("is not learned from a device's own word", () => {
    const steps = levels(90);
    const traits = { ...traitsOf(steps), provenance: "reported" } as const;
    const home = new Home(siteOf([heaterOf("miner", steps, { traits })]), { air: 17 });
    home.device("miner").provenance = "reported";
    expect(home.run(120).heaters[0]?.learned).toEqual([]);
  });

  it("of a range is learned at some points of it, whatever is asked", () => {
    const home = new Home(siteOf([heaterOf("miner", range(200, 1200, 1))]), { air: 18 });
    home.run(6000, (_, tick) => (home.outdoor = 6 * Math.sin(tick / 700)));
    const learned = home.tick().heaters[0]?.learned ?? [];
    expect(learned.length).toBeGreaterThan(2);
    expect(learned.length).toBeLessThanOrEqual(11);
    for (const { watts } of learned) expect((watts - 200) % 100).toBe(0);
  });
});

describe("when a heater fails", () => {
  const pair = (changes = {}) =>
    new Home(siteOf([heaterOf("a", levels(700)), heaterOf("b", levels(700), changes)]), { air: 19 });

  it.each<[string, (home: Home) => void]>([
    ["idles", (home) => Object.assign(home.device("a"), { drawsInstead: 5, faults: ["no pool answers"] })],
    ["draws next to nothing", (home) => Object.assign(home.device("a"), { drawsInstead: 40 })],
    ["does not answer", (home) => Object.assign(home.device("a"), { answers: false, drawsInstead: 5 })],
    ["becomes too hot", (home) => (home.device("a").temperature = 95)],
    ["loses its guard", (home) => (home.device("a").tells = { unguarded: "no timer" })],
  ])("since it %s, the other takes over", (_case, fail) => {
    const home = pair();
    home.outdoor = 0;
    home.run(8 * 360);
    fail(home);
    let [coldest, ran] = [Infinity, 0];
    home.run(6 * 360, () => {
      coldest = Math.min(coldest, home.room().air);
      if (home.device("b").watts === 700) ran += 1 / (6 * 360);
    });
    expect(coldest).toBeGreaterThan(19);
    expect(ran).toBeGreaterThan(0.8);
  });

  it("and is lost while it was hot, that is an alarm, also after a restart", () => {
    const home = heated();
    home.device("miner").answers = false;
    home.run(8);
    expect(alarms(home)).toEqual(["heater/lost-hot"]);
    home.restart(5);
    home.run(10);
    expect(alarms(home)).toEqual(["heater/lost-hot"]);
    Object.assign(home.device("miner"), { answers: true, temperature: 75, drawsInstead: 5 });
    expect(alarms(home)).toEqual([]);
    home.device("miner").answers = false;
    home.run(8);
    expect(alarms(home)).toEqual(["heater/lost-hot"]);
  });

  it("and is lost while it was cold, that is a warning", () => {
    const home = heated({}, { sink: SinkId("room"), minOff: Seconds(0) }, 19.4);
    home.sense = () => 21;
    home.run(60);
    home.device("miner").answers = false;
    home.run(8);
    expect(alarms(home)).toEqual(["heater/unreachable"]);
  });
});
