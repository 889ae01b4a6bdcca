import { describe, expect, it } from "vitest";
import { Celsius, HeaterId, Seconds, SinkId, Watts } from "../domain/index.ts";
import { adaptedControl } from "./adaptControl.ts";
import type { ControlConfig, HeaterConfig } from "./controlConfig.ts";
import type { ControlOutput } from "./controlOutput.ts";
import type { ControlState } from "./controlState.ts";
import type { PowerSteps } from "./heater.ts";
import { asks, codes, heaterOf, Home, levels, range, says, sinkOf, siteOf, traitsOf } from "./home.suite.ts";
import { restoredControl } from "./restoreControl.ts";

const fresh = (id: string, steps = levels(60, 90, 125), changes: Partial<HeaterConfig> = {}) =>
  heaterOf(id, steps, { trusted: false, ...changes });
const homeOf = (heaters: readonly HeaterConfig[], air = 19, changes = {}) =>
  new Home(siteOf(heaters, changes), { air });

const trialOf = ({ heaters }: ControlOutput, index = 0) => heaters[index]?.trial;
const outcomes = (output: ControlOutput) => trialOf(output)?.results.map(({ outcome }) => outcome);

/** Runs until the trial of the first heater has ended; the powers asked for meanwhile, each once. */
function untilTried(home: Home, most = 2000) {
  const asked = new Set<number>();
  const seen: string[] = [];
  let output = home.tick();
  for (let tick = 0; tick < most && trialOf(output)?.status === "waiting"; tick++) {
    output = home.tick();
    asked.add(asks(output) ?? 0);
    seen.push(...codes(output));
  }
  return { output, asked: [...asked], seen };
}

describe("a heater that was just added", () => {
  it("is tried at each of its powers, from the lowest on, and is then heated with", () => {
    const home = homeOf([fresh("miner")]);
    const started = home.run(22);
    expect([asks(started), says(started), started.heaters[0]?.isTried]).toEqual([
      60,
      "holding 60 W: tries 60 W, 1 of 3, for another 50 s",
      true,
    ]);
    const { output, asked, seen } = untilTried(home);
    expect(asked).toEqual([60, 90, 125]);
    expect(trialOf(output)).toMatchObject({
      status: "proven",
      results: [60, 90, 125].map((watts) => ({ watts, outcome: "proven", drawn: watts, why: "" })),
    });
    expect(seen).toEqual(["heater/proven"]);
    expect(says(home.run(3))).toMatch(/below target/);
  });

  it("is watched for a minute at each, after its time to settle", () => {
    const home = homeOf([fresh("miner", levels(60, 90), { traits: traitsOf(levels(60, 90), 300) })]);
    let [first, second] = [0, 0];
    home.run(150, (output) => {
      if (asks(output) === 60) first += 10;
      if (asks(output) === 90 && trialOf(output)?.status === "waiting") second += 10;
    });
    expect([first, second]).toEqual([350, 350]);
  });

  it("with a range is tried at its ends and in its middle", () => {
    const { asked } = untilTried(homeOf([fresh("miner", range(200, 1000, 100))], 17));
    expect(asked.filter((watts) => watts > 0)).toEqual([200, 600, 1000]);
  });

  it("is not counted on: the others heat as if it were not there", () => {
    const site = [fresh("miner", levels(1000)), heaterOf("old", levels(500))];
    const home = homeOf(site, 18);
    home.device("miner").faults = ["no pool answers"];
    home.device("miner").drawsInstead = 5;
    const output = home.run(60);
    expect(output.decisions[1]?.setpoint.watts).toBe(500);
    expect([trialOf(output)?.status, says(output)]).toEqual(["waiting", "idles: no pool answers"]);
    home.device("miner").drawsInstead = undefined;
    home.device("miner").faults = [];
    expect(trialOf(home.run(20))?.status).toBe("proven");
  });

  it("waits for the trial of another", () => {
    const home = homeOf([fresh("a"), fresh("b")]);
    const output = home.run(25);
    expect(says(output, 1)).toBe("off: not tried yet, waits for the trial of a");
    const both = new Set<string>();
    home.run(80, ({ decisions }) => {
      for (const { heaterId, cause } of decisions) if (cause === "trial") both.add(heaterId);
    });
    expect([...both]).toEqual(["a", "b"]);
    expect(home.tick().heaters.map(({ trial }) => trial.status)).toEqual(["proven", "proven"]);
  });

  it("waits until it may be heated with, unless its owner asks for the trial", () => {
    const home = homeOf([fresh("miner")], 22);
    expect(says(home.run(30))).toBe("off: not tried yet, waits until it may be heated with");
    home.owner = { ...home.owner, trials: { miner: "start" } };
    const output = home.tick();
    expect([asks(output), output.owner.trials]).toEqual([60, {}]);
    home.owner = output.owner;
    expect(trialOf(untilTried(home).output)?.status).toBe("proven");
  });

  it.each<[string, (home: Home) => void]>([
    ["a room too hot", (home) => (home.sense = () => 27)],
    ["a stop", (home) => (home.owner = { ...home.owner, stoppedHeaters: [HeaterId("miner")] })],
    ["an absurd sensor", (home) => (home.sense = () => -127)],
  ])("is not tried against %s, and goes on where it was", (_case, change) => {
    const home = homeOf([fresh("miner")]);
    home.run(28);
    expect(outcomes(home.tick())).toEqual(["proven"]);
    change(home);
    expect(asks(home.run(60))).toBe(0);
    home.sense = ({ air }) => air;
    home.owner = { ...home.owner, stoppedHeaters: [] };
    home.rooms.set("room", { air: Celsius(19), fabric: Celsius(19) });
    const { output, asked } = untilTried(home);
    expect([asked.filter((watts) => watts > 0), trialOf(output)?.status]).toEqual([[90, 125], "proven"]);
  });

  it("is tried within the feeder's cap", () => {
    const other = heaterOf("old", levels(500), { sink: SinkId("attic") });
    const home = homeOf([fresh("miner", levels(400, 900)), other], 15, {
      feeder: { maxWatts: Watts(1000) },
      sinks: [sinkOf("room"), sinkOf("attic")],
    });
    const output = home.run(120);
    expect([outcomes(output), output.decisions[0]?.cause]).toEqual([["proven"], "feeder"]);
  });

  it("heats with all it has in frost, and is tried when that is over", () => {
    const home = homeOf([fresh("miner", levels(500, 1500))], 4);
    home.outdoor = -10;
    expect(asks(home.run(30))).toBe(1500);
    home.outdoor = 5;
    home.rooms.set("room", { air: Celsius(15), fabric: Celsius(15) });
    expect(trialOf(untilTried(home).output)?.status).toBe("proven");
  });

  it("goes on where it was after a restart, and begins anew when its powers have changed", () => {
    const home = homeOf([fresh("miner")]);
    home.run(28);
    home.restart(5);
    expect(outcomes(home.run(3))).toEqual(["proven"]);
    const changed = siteOf([fresh("miner", levels(60, 130))]);
    const kept = JSON.parse(JSON.stringify(home.state)) as unknown;
    expect(restoredControl(changed, kept).heaters["miner"]?.trial).toMatchObject({
      results: [],
      powers: [60, 130],
    });
  });

  it("is tried again under another configuration only when its powers have changed", () => {
    const home = homeOf([fresh("miner")]);
    untilTried(home);
    const status = (steps: PowerSteps, heaters: readonly string[]) => {
      const replaced = { sinks: new Set<string>(), heaters: new Set(heaters) };
      const next = siteOf([fresh("miner", steps)]);
      return adaptedControl(next, home.state, replaced).heaters["miner"]?.trial.status;
    };
    expect(status(levels(60, 90, 125), [])).toBe("proven");
    expect(status(levels(60, 90, 125), ["miner"])).toBe("proven");
    expect(status(levels(60, 90), ["miner"])).toBe("waiting");
  });
});

describe("another device behind the same id", () => {
  const miner = (device?: string) => siteOf([{ ...fresh("miner"), ...(device ? { device } : {}) }]);
  const proven = (device?: string) => {
    const home = new Home(miner(device), { air: 15 });
    untilTried(home);
    expect(home.state.heaters["miner"]?.trial.status).toBe("proven");
    return home.state;
  };
  const nothing = { sinks: new Set<string>(), heaters: new Set<string>() };
  const ways: [string, (next: ControlConfig, state: ControlState) => ControlState][] = [
    ["while the hearth lives", (next, state) => adaptedControl(next, state, nothing)],
    ["over a restart", (next, state) => restoredControl(next, JSON.parse(JSON.stringify(state)))],
  ];

  it.each(ways)("is tried anew, though its powers are the same: %s", (_, goOn) => {
    const status = (before: string | undefined, after: string | undefined) =>
      goOn(miner(after), proven(before)).heaters["miner"]?.trial.status;
    expect(status("axeos 10.0.0.5", "axeos 10.0.0.9")).toBe("waiting");
    expect(status("axeos 10.0.0.5", "axeos 10.0.0.5")).toBe("proven");
    expect(status(undefined, "axeos 10.0.0.5")).toBe("proven");
  });

  it("is known from then on, also when its owner trusted the one before", () => {
    const state = proven();
    const known = adaptedControl(miner("axeos 10.0.0.5"), state, nothing);
    expect(adaptedControl(miner("axeos 10.0.0.9"), known, nothing).heaters["miner"]?.trial).toMatchObject({
      status: "waiting",
      results: [],
      device: "axeos 10.0.0.9",
    });
    const home = new Home(miner("axeos 10.0.0.5"), { air: 15 });
    home.owner = { ...home.owner, trials: { miner: "skip" } };
    home.run(2);
    expect(home.state.heaters["miner"]?.trial.status).toBe("skipped");
    expect(adaptedControl(miner("axeos 10.0.0.9"), home.state, nothing).heaters["miner"]?.trial.status).toBe(
      "waiting",
    );
  });
});

describe("a power that fails", () => {
  it.each<[string, (home: Home, asked: number) => void, RegExp]>([
    [
      "draws far more",
      (home, asked) => (home.device("miner").drawsInstead = asked === 90 ? 140 : undefined),
      /drew 140 W/,
    ],
    [
      "becomes too hot",
      (home, asked) => (home.device("miner").temperature = asked === 90 ? 92 : 40),
      /became too hot/,
    ],
  ])("since the device %s ends the trial: higher ones are never asked for", (_case, act, words) => {
    const home = homeOf([fresh("miner")]);
    const seen: string[] = [];
    const most = { watts: 0 };
    const output = home.run(400, (now) => {
      seen.push(...codes(now));
      most.watts = Math.max(most.watts, asks(now) ?? 0);
      act(home, trialOf(now)?.status === "waiting" ? (asks(now) ?? 0) : 0);
    });
    expect([outcomes(output), trialOf(output)?.status]).toEqual([["proven", "failed"], "proven"]);
    expect(trialOf(output)?.results[1]?.why).toMatch(words);
    expect(most.watts).toBe(90);
    expect(asks(output)).toBe(60);
    expect(output.alarms.map(({ code }) => code)).toContain("heater/trial-partly-failed");
    expect(seen).toContain("heater/proven");
  });

  it.each<[string, Partial<Home["devices"] extends Map<string, infer D> ? D : never>, RegExp]>([
    ["draws far less", { drawsInstead: 20 }, /drew only 20 W/],
    ["never computes", { drawsInstead: 5 }, /did not begin to compute/],
  ])("since the device %s leaves nothing to run it at: it is off, with an alarm", (_case, device, words) => {
    const home = homeOf([fresh("miner", levels(90))]);
    Object.assign(home.device("miner"), device);
    const { output } = untilTried(home);
    expect(trialOf(output)?.status).toBe("failed");
    const later = home.run(20);
    expect([asks(later), later.decisions[0]?.cause, later.heaters[0]?.state]).toEqual([0, "trial", "fault"]);
    expect(says(later)).toMatch(words);
    expect(later.alarms.map(({ code }) => code)).toContain("heater/trial-failed");
    home.device("miner").drawsInstead = undefined;
    home.owner = { ...home.owner, trials: { miner: "start" } };
    home.owner = home.tick().owner;
    expect(trialOf(untilTried(home).output)?.status).toBe("proven");
    expect(home.tick().alarms).toEqual([]);
  });

  it("is not run at in frost either", () => {
    const home = homeOf([fresh("miner", levels(500, 1500))], 15);
    home.run(400, (now) => {
      home.device("miner").drawsInstead = asks(now) === 1500 ? 2400 : undefined;
    });
    home.rooms.set("room", { air: Celsius(3), fabric: Celsius(3) });
    expect(asks(home.run(200))).toBe(500);
  });

  it("of a heater whose trial its owner skips is believed all the same", () => {
    const home = homeOf([fresh("miner", levels(90))], 18);
    home.device("miner").drawsInstead = 12;
    untilTried(home);
    home.owner = { ...home.owner, trials: { miner: "skip" } };
    home.owner = home.tick().owner;
    const output = home.run(60);
    expect([trialOf(output)?.status, asks(output)]).toEqual(["skipped", 90]);
  });
});

describe("a setpoint that the device does not take", () => {
  it("fails after its time, and the others are tried", () => {
    const home = homeOf([fresh("miner")]);
    const device = home.device("miner");
    const { output, asked } = (() => {
      const seen = new Set<number>();
      let now = home.tick();
      for (let tick = 0; tick < 400 && trialOf(now)?.status === "waiting"; tick++) {
        device.refuses = 60;
        now = home.tick();
        seen.add(asks(now) ?? 0);
      }
      return { output: now, asked: [...seen] };
    })();
    expect([outcomes(output), asked.filter((watts) => watts > 0)]).toEqual([
      ["failed", "proven", "proven"],
      [60, 90, 125],
    ]);
    expect(trialOf(output)?.results[0]?.why).toBe("did not take it: refused: no such mode");
  });
});

describe("heaters of two rooms", () => {
  it("are tried one after the other all the same", () => {
    const site = siteOf([fresh("a"), fresh("b", levels(90), { sink: SinkId("attic"), minOff: Seconds(0) })], {
      sinks: [sinkOf("room"), sinkOf("attic")],
    });
    const home = new Home(site, { air: 19 });
    home.run(200, ({ heaters }) => {
      expect(heaters.filter(({ isTried }) => isTried).length).toBeLessThanOrEqual(1);
    });
    expect(home.tick().heaters.map(({ trial }) => trial.status)).toEqual(["proven", "proven"]);
  });
});
