import { describe, expect, it } from "vitest";
import { Celsius, Instant, Seconds, SinkId, Watts } from "../domain/index.ts";
import type { HeaterConfig, RoomSink } from "./controlConfig.ts";
import {
  asks,
  backupTraits,
  codes,
  constant,
  heaterOf,
  Home,
  levels,
  says,
  sinkOf,
  siteOf,
  tankOf,
} from "./home.suite.ts";

const hour = 360;
const pump = { source: "air", supplyC: Celsius(35), maxSinkC: Celsius(55) } as const;

/** A room with a miner, and a backup behind it. */
function roomHome(
  miner: Partial<HeaterConfig> = {},
  backup: Partial<HeaterConfig> = {},
  room: Partial<RoomSink> = {},
  air = 20,
): Home {
  const heaters = [
    heaterOf("backup", levels(), { traits: backupTraits(1500), ...backup }),
    heaterOf("miner", levels(600), miner),
  ];
  return new Home(siteOf(heaters, { sinks: [sinkOf("room", room)] }), { air });
}

const seconds = (home: Home, id: string, ticks: number) => {
  let ran = 0;
  home.run(ticks, () => (ran += (home.state.heaters[id]?.setpoint.watts ?? 0) > 0 ? 10 : 0));
  return ran;
};

describe("a backup", () => {
  it("stays off while heaters suffice, though it is listed before them", () => {
    const home = roomHome();
    home.outdoor = 8;
    home.run(60);
    expect(seconds(home, "backup", 12 * hour)).toBe(0);
    expect(seconds(home, "miner", 12 * hour)).toBeGreaterThan(3600);
    expect(home.room().air).toBeGreaterThan(19.5);
  });

  it("comes on when they were not enough for three quarters of an hour, and goes when they are", () => {
    const home = roomHome();
    home.outdoor = 8;
    home.run(6 * hour);
    home.outdoor = -12;
    let startedAt: number | undefined;
    const shortAt: number[] = [];
    home.run(12 * hour, (output) => {
      const short = home.state.sinks["room"]?.shortFor ?? 0;
      if (short > 0) shortAt.push(short);
      if (asks(output) === 1500) startedAt ??= Math.max(...shortAt);
    });
    expect(startedAt).toBeGreaterThan(2600);
    expect(startedAt).toBeLessThan(2800);
    expect(home.room().air).toBeGreaterThan(19);
    home.outdoor = 10;
    home.run(3 * hour);
    expect(seconds(home, "backup", 6 * hour)).toBe(0);
  });

  it("says why it waits", () => {
    const home = roomHome({}, {}, {}, 19.5);
    home.outdoor = -12;
    const output = home.run(30);
    expect(says(output)).toMatch(/^off: its heaters are given another \d+ min alone$/);
    expect(output.decisions[0]).toMatchObject({ cause: "heaters-suffice", setpoint: { workload: "idle" } });
  });

  it.each<[string, (home: Home) => void]>([
    [
      "the room is far too cold",
      (home) => home.rooms.set("room", { air: Celsius(18.5), fabric: Celsius(18) }),
    ],
    [
      "its only heater is stopped by its owner",
      (home) => {
        const stoppedHeaters = home.config.heaters.filter(({ id }) => id === "miner").map(({ id }) => id);
        home.owner = { ...home.owner, stoppedHeaters };
        home.rooms.set("room", { air: Celsius(19.6), fabric: Celsius(19) });
      },
    ],
    [
      "its only heater does not answer",
      (home) => {
        home.device("miner").answers = false;
        home.rooms.set("room", { air: Celsius(19.6), fabric: Celsius(19) });
      },
    ],
  ])("does not wait where %s", (_, happens) => {
    const home = roomHome();
    home.outdoor = 0;
    home.run(60);
    happens(home);
    const asked = new Set<string>();
    home.run(60, ({ decisions }) => asked.add(JSON.stringify(decisions[0]?.setpoint)));
    expect([...asked]).toContain(JSON.stringify({ watts: 1500, workload: "heating" }));
  });

  it("comes on where the plan has it, and stays off where the plan has others", () => {
    const home = roomHome();
    home.rooms.set("room", { air: Celsius(20.4), fabric: Celsius(20.4) });
    home.run(60);
    const wish = { why: "planned", warmest: Celsius(22) };
    home.plan = { backup: { ...wish, watts: Watts(1500) }, miner: { ...wish, watts: Watts(0) } };
    const output = home.run(10);
    expect(output.decisions.map(({ setpoint, cause }) => [setpoint.watts, cause])).toEqual([
      [1500, "plan"],
      [0, "plan"],
    ]);
  });

  it("holds the feeder's cap with the heaters, and starts after them", () => {
    const heaters = [
      heaterOf("miner", levels(600)),
      heaterOf("backup", levels(), { traits: backupTraits(1500) }),
    ];
    const home = new Home(siteOf(heaters, { feeder: { maxWatts: Watts(1800) } }), { air: 18 });
    home.outdoor = -5;
    const output = home.run(2 * hour);
    expect(output.decisions.map(({ setpoint }) => setpoint.watts)).toEqual([600, 0]);
    expect(output.decisions[1]?.cause).toBe("feeder");
    const wide = new Home(siteOf(heaters), { air: 18 });
    const starts: number[] = [];
    wide.run(60, ({ decisions }) => {
      const running = decisions.filter(({ setpoint }) => setpoint.watts > 0).length;
      if (running > starts.length) starts.push(wide.elapsed);
    });
    expect(starts).toHaveLength(2);
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(30);
  });

  it.each<[string, (home: Home) => void, string]>([
    [
      "its plug is no guard",
      (home) => (home.device("backup").tells = { unguarded: "its timer does not run" }),
      "unguarded",
    ],
    ["the room is too hot", (home) => (home.sense = () => 26.5), "sink-too-hot"],
    ["the room's sensor is lost", (home) => (home.sense = () => Number.NaN), "sensor-lost"],
    [
      "its owner stops it",
      (home) => {
        home.owner = { ...home.owner, stoppedHeaters: home.config.heaters.map(({ id }) => id) };
      },
      "stopped-by-owner",
    ],
  ])("is off at once where %s", (_, happens, cause) => {
    const home = roomHome({}, { minOn: Seconds(7200) }, {}, 17);
    home.outdoor = -5;
    home.run(60);
    expect(home.state.heaters["backup"]?.setpoint.watts).toBe(1500);
    happens(home);
    const output = home.run(10);
    expect(output.decisions[0]).toMatchObject({ cause, setpoint: { watts: 0, workload: "idle" } });
  });

  it("is tried like any heater before it is counted on", () => {
    const home = roomHome({}, { trusted: false }, {}, 17);
    home.outdoor = -5;
    const all = new Set<string>();
    home.run(60, (output) => codes(output).forEach((code) => all.add(code)));
    expect([...all]).toContain("heater/proven");
  });
});

describe("a backup whose relay sticks", () => {
  it("is told, counted at the feeder and to its tank, and told to stop again and again; nothing else heats there", () => {
    const heaters = ["coil", "other"].map((id) =>
      heaterOf(id, levels(), { sink: SinkId("tank"), traits: backupTraits(1500), minOn: Seconds(0) }),
    );
    const site = siteOf([...heaters, heaterOf("miner", levels(600), { sink: SinkId("room") })], {
      sinks: [tankOf("tank"), sinkOf("room")],
      feeder: { maxWatts: Watts(2000) },
    });
    const home = new Home(site, { air: 45 });
    home.rooms.set("room", { air: Celsius(23), fabric: Celsius(23) });
    home.run(30);
    expect(home.device("coil").watts).toBe(1500);
    home.device("coil").drawsInstead = 1500;
    const seen = { alarms: new Set<string>(), others: 0, stops: 0 };
    home.run(5 * hour, ({ decisions, events }) => {
      for (const { code } of events) seen.alarms.add(code);
      seen.stops += decisions[0]?.urgent === true && decisions[0].setpoint.watts === 0 ? 1 : 0;
      seen.others += decisions[1]?.setpoint.watts ?? 0;
    });
    expect([...seen.alarms]).toEqual(expect.arrayContaining(["heater/overrun", "tank/too-hot"]));
    expect(seen.others).toBe(0);
    expect(seen.stops).toBeGreaterThan(100);
  });
});

describe("a heat pump", () => {
  it("is counted for more heat than it draws, less in the cold", () => {
    const home = roomHome({}, { traits: backupTraits(1000, pump) }, { comfort: constant(20) }, 17);
    const heating = (outdoor: number) => {
      home.outdoor = outdoor;
      home.rooms.set("room", { air: Celsius(17), fabric: Celsius(17) });
      const output = home.run(40);
      expect(asks(output)).toBe(1000);
      return (output.sinks[0]?.heating ?? 0) - 600;
    };
    const [mild, cold] = [heating(10), heating(-10)];
    expect(mild).toBeGreaterThan(3000);
    expect(cold).toBeGreaterThan(1500);
    expect(cold).toBeLessThan(mild - 500);
  });

  it("is within a fallback's watts by its heat, where a sensor is lost", () => {
    const fallback = { kind: "run", watts: Watts(1200), atMost: Seconds(7200) } as const;
    const backup = { traits: backupTraits(1000, pump), minOn: Seconds(0) };
    const home = roomHome({}, backup, { fallback }, 17);
    home.run(60);
    home.sense = () => undefined;
    const output = home.run(60);
    expect(output.decisions.map(({ setpoint }) => setpoint.watts)).toEqual([0, 600]);
  });

  it.each<[string, (home: Home) => void]>([
    [
      "its owner",
      (home) => {
        const until = Instant(home.wall + 86_400_000);
        home.owner = { ...home.owner, powers: { hp: { watts: Watts(800), until } } };
      },
    ],
    ["a plan", (home) => (home.plan = { hp: { watts: Watts(800), why: "planned", warmest: Celsius(70) } })],
  ])("is not run for %s in a tank that is hotter than the water it makes", (_, asksFor) => {
    const heaters = [heaterOf("hp", levels(), { sink: SinkId("tank"), traits: backupTraits(800, pump) })];
    const home = new Home(siteOf(heaters, { sinks: [tankOf("tank")] }), { air: 51 });
    home.run(60);
    asksFor(home);
    expect(home.run(10).decisions[0]).toMatchObject({
      setpoint: { watts: 0 },
      cause: "out-of-reach",
      reason: expect.stringContaining("hotter than the 50 °C that it reaches"),
    });
  });

  it("counts for the heat that it gives while it has to run on beyond its reach", () => {
    const heaters = [
      heaterOf("hp", levels(), {
        sink: SinkId("tank"),
        traits: backupTraits(800, pump),
        minOn: Seconds(7200),
      }),
    ];
    const home = new Home(siteOf(heaters, { sinks: [tankOf("tank")] }), { air: 45.5 });
    const output = home.run(160);
    expect(home.room("tank").air).toBeGreaterThan(50.5);
    expect(output.decisions[0]).toMatchObject({ setpoint: { watts: 800 }, cause: "must-run" });
    expect(output.sinks[0]?.heating).toBeGreaterThan(1200);
  });

  it("is not counted on for a disinfection that it cannot reach", () => {
    const heaters = [
      heaterOf("hp", levels(), { sink: SinkId("tank"), traits: backupTraits(2000, pump) }),
      heaterOf("coil", levels(), { sink: SinkId("tank"), traits: backupTraits(400) }),
    ];
    const disinfection = { celsius: 60, holdSeconds: 1800, everyHours: 168 };
    const comfort = { entries: [], setBackC: Celsius(42), bandK: 4 };
    const home = new Home(siteOf(heaters, { sinks: [tankOf("tank", { comfort, disinfection })] }), {
      air: 40,
    });
    const idles = { watts: Watts(0), why: "planned", warmest: Celsius(70) };
    home.plan = { hp: idles, coil: idles };
    const alarms = new Set<string>();
    home.run(26 * hour, (output) => codes(output).forEach((code) => alarms.add(code)));
    expect([...alarms]).toEqual([]);
    expect(home.state.sinks["tank"]?.disinfection?.sinceSeconds).toBeLessThan(24 * 3600);
  });

  it("does not heat a tank that is hotter than the water it makes", () => {
    const heaters = [
      heaterOf("hp", levels(), { sink: SinkId("tank"), traits: backupTraits(800, pump) }),
      heaterOf("coil", levels(), { sink: SinkId("tank"), traits: backupTraits(1500) }),
    ];
    const comfort = { entries: [], setBackC: Celsius(60), bandK: 4 };
    const home = new Home(siteOf(heaters, { sinks: [tankOf("tank", { comfort })] }), { air: 45 });
    home.run(6 * hour);
    expect(home.room("tank").air).toBeGreaterThan(56);
    home.rooms.set("tank", { air: Celsius(53), fabric: Celsius(53) });
    const output = home.run(4 * 6);
    expect(output.decisions.map(({ setpoint }) => setpoint.watts)).toEqual([0, 1500]);
  });
});
