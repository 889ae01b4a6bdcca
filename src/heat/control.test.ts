import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Instant, Seconds, SinkId, Watts } from "../domain/index.ts";
import { control } from "./control.ts";
import {
  asks,
  codes,
  constant,
  dayAndNight,
  heated,
  heaterOf,
  Home,
  levels,
  says,
  sinkOf,
  siteOf,
} from "./home.suite.ts";
import { restoredControl } from "./restoreControl.ts";
import { initialControl, sinkProblems } from "./startControl.ts";

describe("reasons", () => {
  it("tell distance and the time until the target changes", () => {
    const home = new Home(
      siteOf([heaterOf("miner", levels(90))], { sinks: [sinkOf("room", { comfort: dayAndNight })] }),
      { start: "2026-01-05T21:20:00Z", air: 20.6, fabric: 20.6 },
    );
    home.sense = () => 20.6;
    expect(says(home.run(109))).toBe("holding 90 W: 0.4 °C below target, 22 min until set-back");
    expect(says(home.run(133))).toBe("stopped: 3.6 °C above target, 8 h until 21.0 °C");
  });

  it("tell that it is warm, that it starts, rests and runs its time", () => {
    const home = new Home(siteOf([heaterOf("miner", levels(90))]), { air: 20.31 });
    home.sense = () => 20.3;
    expect(says(home.run(30))).toBe("stopped: 0.3 °C above target");
    home.sense = () => 19.2;
    const cold = home.run(1);
    expect(asks(cold)).toBe(0);
    let output = home.tick();
    for (let tick = 0; tick < 60 && asks(output) === 0; tick++) output = home.tick();
    expect(says(output)).toMatch(/^starting at 90 W: 0\.\d °C below target$/);
    home.sense = () => 20.4;
    for (let tick = 0; tick < 12; tick++) output = home.tick();
    expect(says(output)).toMatch(/^holding 90 W: must run another 3 min$/);
    for (let tick = 0; tick < 20; tick++) output = home.tick();
    expect(says(output)).toMatch(/^stopped: 0\.\d °C above target$/);
    home.sense = () => 19.2;
    for (let tick = 0; tick < 8; tick++) output = home.tick();
    expect(says(output)).toMatch(/^off: must rest another \d+ (s|min)$/);
  });

  it("tell that the owner stopped it", () => {
    const home = heated();
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    const output = home.tick();
    expect([says(output), asks(output), output.heaters[0]?.state]).toEqual([
      "stopped: by its owner",
      0,
      "stopped-by-owner",
    ]);
    home.owner = { ...home.owner, stoppedHeaters: [] };
    expect(says(home.run(2))).toBe("off: must rest another 3 min");
    expect(asks(home.run(18))).toBe(90);
  });
});

describe("a target beyond the limits", () => {
  it.each([
    ["above", 40, 25.7],
    ["below", 1, 5.3],
  ])("%s is brought to them", (_case, target, expected) => {
    const home = heated({ comfort: constant(target) }, {}, 3);
    expect(home.tick().sinks[0]?.comfort.target).toBeCloseTo(expected, 9);
  });
});

describe("clocks", () => {
  it.each([
    ["forward", 7200],
    ["back", -7200],
  ])("that jump %s move the schedule, raise one event, and touch no timer", (_way, jump) => {
    const home = heated({}, {}, 19);
    const before = home.state.heaters["miner"]?.sinceSwitch ?? 0;
    const output = home.tick(10, jump);
    expect(codes(output)).toEqual(["clock/jumped"]);
    expect(output.sinks[0]?.sensor).toBe("fresh");
    expect(home.state.heaters["miner"]?.sinceSwitch).toBeCloseTo(before + 10, 6);
    expect(asks(output)).toBe(90);
    home.run(10, (now) => expect(codes(now)).toEqual([]));
  });

  it("that jump make no reading old that was taken just before", () => {
    const home = heated({}, {}, 19);
    const [at, device] = [Instant(home.wall + 5000), home.device("miner")];
    const reading = device.lastRead && { ...device.lastRead, at };
    const after = (jump: number) =>
      control(home.config, home.state, {
        at: Instant(home.wall + 10_000 + jump * 1000),
        elapsed: Seconds(10),
        sensors: { room: { reading: { at, value: 19 } } },
        heaters: { miner: { reading, answers: true, held: device.held } },
        owner: home.owner,
      });
    const jumped = after(300);
    expect([jumped.heaters[0]?.watts, jumped.sinks[0]?.sensor, asks(jumped)]).toEqual([90, "fresh", 90]);
    const slept = after(7200);
    expect([slept.heaters[0]?.watts, slept.sinks[0]?.sensor, asks(slept)]).toEqual([90, "lost", 0]);
  });

  it("that jump as far as a sleep make the last reading too old to heat by", () => {
    const home = heated({}, {}, 19);
    home.sense = () => undefined;
    const asleep = home.tick(10, 400);
    expect([asks(asleep), asleep.sinks[0]?.sensor]).toEqual([0, "lost"]);
    home.sense = () => 19;
    home.run(30);
    expect(asks(home.tick())).toBe(90);
  });

  it("that jump into the night stop the heater by the schedule", () => {
    const home = new Home(
      siteOf([heaterOf("miner", levels(90))], { sinks: [sinkOf("room", { comfort: dayAndNight })] }),
      { start: "2026-01-05T20:00:00Z", air: 19 },
    );
    home.run(90);
    expect(asks(home.tick())).toBe(90);
    expect(asks(home.tick(10, 3 * 3600))).toBe(0);
  });

  it("that were not asked for long raise an event", () => {
    const home = heated({}, {}, 19);
    expect(codes(home.tick(300))).toContain("loop/stalled");
  });

  it.each([Number.NaN, -100, Infinity])("that give %d count for nothing", (elapsed) => {
    const home = heated({}, {}, 19);
    const input = { at: Instant(home.wall), sensors: {}, heaters: {}, owner: home.owner };
    const output = control(home.config, home.state, { ...input, elapsed: elapsed as Seconds });
    expect(output.state.heaters["miner"]?.sinceSwitch).toBe(home.state.heaters["miner"]?.sinceSwitch);
  });
});

describe("a restart", () => {
  it("lets a heater that runs rightly run on, without writing before it was seen", () => {
    const home = heated({}, {}, 19);
    home.restart(20);
    home.device("miner").answers = false;
    expect(home.tick().decisions[0]).toMatchObject({ unseen: true });
    home.device("miner").answers = true;
    const met = home.tick();
    expect(met.decisions[0]).toMatchObject({ unseen: false, setpoint: { watts: 90 } });
  });

  it.each([330, 30])("every %d s with a silent sensor heats nothing", (every) => {
    const home = heated({}, { minOn: Seconds(0), minOff: Seconds(0) }, 19);
    home.sense = () => undefined;
    for (let restart = 0; restart < 20; restart++) {
      home.restart(1);
      home.run(every / 10, (output) => expect(asks(output)).toBe(0));
    }
    expect(codes(home.tick())).toEqual([]);
    expect(home.tick().alarms.map(({ code }) => code)).toEqual(["sensor/lost"]);
  });

  it("begins a fallback's time not anew", () => {
    const fallback = { kind: "run", watts: Watts(90), atMost: Seconds(1200) } as const;
    const home = heated({ fallback }, { minOn: Seconds(0), minOff: Seconds(0) }, 19);
    home.sense = () => undefined;
    let heatedFor = 0;
    for (let restart = 0; restart < 30; restart++) {
      home.restart(1);
      home.run(33, (output) => (heatedFor += asks(output) === 90 ? 10 : 0));
    }
    expect(heatedFor).toBeGreaterThan(600);
    expect(heatedFor).toBeLessThanOrEqual(1200 + 30 * 10);
  });

  it("makes a heater that stands rest its whole minimum time", () => {
    const home = heated({}, {}, 19);
    home.restart(3600);
    home.device("miner").watts = 5;
    const starts: number[] = [];
    home.run(40, (output, tick) => {
      if (asks(output) === 90) starts.push(tick);
    });
    expect(starts[0]).toBe(18);
  });

  it("stops a heater that should have been stopped and runs", () => {
    const home = heated({}, {}, 19);
    home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] };
    home.run(5);
    home.device("miner").drawsInstead = 90;
    home.restart(5);
    home.owner = { ...home.owner, stoppedHeaters: [] };
    home.run(5, (output) => expect(asks(output)).toBe(0));
    expect(home.tick().alarms.map(({ code }) => code)).toEqual(["heater/overrun"]);
  });

  it("keeps open alarms open, raises them no second time, and clears them", () => {
    const home = heated();
    home.sense = () => 27;
    home.run(3);
    home.restart(5);
    const again = home.run(2);
    expect([codes(again), again.alarms.map(({ code }) => code)]).toEqual([[], ["room/too-hot"]]);
    home.sense = () => 19;
    const seen: string[] = [];
    home.run(60, (output) => seen.push(...codes(output)));
    expect(seen).toContain("room/too-hot-cleared");
  });

  it("goes on from what an earlier version kept, which knew less", () => {
    const home = heated();
    home.device("miner").temperature = 95;
    home.tick();
    const early = JSON.stringify({
      version: 1,
      at: home.wall,
      sinks: {
        room: {
          estimate: { mean: [19, 18, 5], covariance: [], sensor: { unbelievedFor: 20 } },
          thermostat: { integral: 700, mode: "regulating", wanted: 50 },
          tooHot: true,
          response: null,
          standstill: null,
        },
      },
      heaters: { miner: { setpoint: { watts: 90, workload: "mining" }, overdraw: 1.3, tooHot: true } },
      sinceStart: 5,
      mains: null,
      open: home.tick().alarms,
    });
    const { sinks, heaters, open } = restoredControl(home.config, JSON.parse(early));
    expect(sinks["room"]).toMatchObject({ tooHot: true, frost: null, estimate: { mean: [19, 18, 5] } });
    expect(heaters["miner"]).toMatchObject({ tooHot: true, overdraw: 1.3, strange: true });
    expect(heaters["miner"]?.starts.ages).toEqual([]);
    expect(open.map(({ code }) => code)).toEqual(["heater/too-hot"]);
  });

  it.each([null, undefined, 7, "x", {}, { version: 2 }, { version: 1, sinks: 3, open: [] }])(
    "from %j begins anew",
    (kept) => {
      const config = siteOf([heaterOf("miner", levels(90))]);
      expect(restoredControl(config, kept)).toEqual(initialControl(config));
    },
  );
});

describe("what the owner wished for", () => {
  it("is given back without what has ended", () => {
    const home = heated();
    const room = SinkId("room");
    const at = (seconds: number) => Instant(home.wall + seconds * 1000);
    const boost = { kind: "boost", targetC: Celsius(23), until: at(60) } as const;
    const away = { kind: "away", targetC: Celsius(12), until: at(6000) } as const;
    home.owner = { ...home.owner, overrides: { [room]: [boost, away] } };
    const boosted = home.tick();
    expect([boosted.sinks[0]?.comfort.source, boosted.owner]).toEqual(["boost", home.owner]);
    const later = home.run(6);
    expect(later.sinks[0]?.comfort.source).toBe("away");
    expect(later.owner.overrides[room]).toEqual([away]);
    home.run(600);
    expect(home.tick().owner.overrides).toEqual({});
  });
});

describe("a site that cannot be", () => {
  const miner = heaterOf("miner", levels(90));
  it.each([
    ["two heaters of one name", siteOf([miner, miner]), /twice/],
    ["a heater in no sink", siteOf([{ ...miner, sink: SinkId("attic") }]), /attic/],
    ["a zone that is none", siteOf([miner], { timezone: "Moon/Base" }), /Moon/],
    [
      "limits that leave no room",
      siteOf([miner], { sinks: [sinkOf("room", { limits: { minC: Celsius(20), maxC: Celsius(20.5) } })] }),
      /limits/,
    ],
    [
      "a time that is none",
      siteOf([miner], {
        sinks: [
          sinkOf("room", {
            comfort: {
              ...dayAndNight,
              entries: [{ days: ["mon"], from: "6:30", to: "22:00", targetC: Celsius(20) }],
            },
          }),
        ],
      }),
      /6:30/,
    ],
  ])("is refused: %s", (_case, config, message) => {
    expect(() => initialControl(config)).toThrow(message);
  });

  it.each([
    [20, 20.6, 1],
    [20, 20.7, 0],
    [20, Number.NaN, 1],
  ])("has a name for limits of %d to %d °C", (minC, maxC, problems) => {
    const limits = { minC: Celsius(minC), maxC: maxC as Celsius };
    expect(sinkProblems({ limits, comfort: constant(20) })).toHaveLength(problems);
  });
});
