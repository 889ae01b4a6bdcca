import { describe, expect, it } from "vitest";
import { Instant, plus, Seconds, Watts, weekdays } from "../../domain/index.ts";
import type { HeaterInput } from "../controlInput.ts";
import type { LoadConfig, LoadMemory } from "./load.ts";
import { type LoadsInput, type LoadsOutput, runLoads } from "./runLoads.ts";

const midnight = Instant(Date.UTC(2026, 0, 14));
const at = (hour: number) => plus(midnight, Seconds(hour * 3600));

/** A washing boiler: 2 kWh at 2 kW between 10 and 16 h, so at the latest from shortly before 15 h on. */
const boiler: LoadConfig = {
  id: "boiler",
  watts: Watts(2000),
  need: { kind: "energy", joules: 7.2e6 },
  window: { days: [...weekdays], from: "10:00", to: "16:00" },
  minOn: Seconds(600),
  cutsWithin: Seconds(180),
};
const pump: LoadConfig = {
  ...boiler,
  id: "pump",
  watts: Watts(500),
  need: { kind: "time", seconds: Seconds(3600) },
};

type Asked = Partial<Omit<LoadsInput, "at" | "loads">> & {
  readonly silent?: readonly string[];
  readonly inputs?: Readonly<Record<string, Partial<HeaterInput>>>;
};

/** Rounds of ten seconds; plugs do at once as they are told. */
function run(
  configs: readonly LoadConfig[],
  from: number,
  until: number,
  askedAt: (hour: number) => Asked = () => ({}),
  memory: Readonly<Record<string, LoadMemory>> = {},
) {
  let output: LoadsOutput = { memory, decisions: [], hasStarted: false, events: [], alarms: [] };
  let sinceStart = 86_400;
  const events: string[] = [];
  const ran: Record<string, number> = {};
  const starts: Record<string, number> = {};
  for (let second = from * 3600; second < until * 3600; second += 10) {
    const now = plus(midnight, Seconds(second));
    const { silent = [], inputs = {}, ...asked } = askedAt(second / 3600);
    const loads = Object.fromEntries(
      configs
        .filter(({ id }) => !silent.includes(id))
        .map(({ id }): [string, HeaterInput] => {
          const on = output.memory[id]?.on === true;
          const watts = on ? (configs.find((one) => one.id === id)?.watts ?? Watts(0)) : Watts(0);
          const reading = {
            at: now,
            watts,
            provenance: "metered",
            workload: on ? "heating" : "idle",
            faults: [],
          } as const;
          return [id, { reading, answers: true, held: undefined, ...inputs[id] }];
        }),
    );
    output = runLoads(configs, output.memory, {
      elapsed: Seconds(10),
      timezone: "UTC",
      free: 5000,
      isShort: false,
      sinceStart,
      stagger: Seconds(0),
      ...asked,
      at: now,
      loads,
    });
    sinceStart = output.hasStarted ? 10 : sinceStart + 10;
    events.push(...output.events.map(({ code, message }) => `${code}: ${message}`));
    for (const { id, setpoint } of output.decisions) {
      if (setpoint.watts === 0) continue;
      ran[id] = (ran[id] ?? 0) + 10;
      starts[id] ??= second / 3600;
    }
  }
  return { ...output, events, ran, starts };
}
const decisionOf = ({ decisions }: Pick<LoadsOutput, "decisions">, id = "boiler") =>
  decisions.find((one) => one.id === id);

describe("a deferrable load", () => {
  it("begins at the latest when it has to, and is done by its deadline without any plan", () => {
    const day = run([boiler], 9, 17);
    expect(day.starts["boiler"]).toBeGreaterThan(14.8);
    expect(day.starts["boiler"]).toBeLessThan(15);
    expect(day.ran["boiler"]).toBeCloseTo(3600, -2);
    expect(day.events).toEqual([]);
    expect(decisionOf(run([boiler], 9, 15.99))).toMatchObject({
      state: "done",
      reason: "is done, before 16:00",
    });
  });

  it.each([
    { hour: 9, state: "waits", reason: "may begin at 10:00" },
    { hour: 11, state: "waits", reason: "waits, at the latest until 14:56" },
    { hour: 15, state: "runs", reason: "has to run now to be done by 16:00" },
  ])("says at $hour h what it does, and why", ({ hour, state, reason }) => {
    expect(decisionOf(run([boiler], hour - 0.1, hour + 0.01))).toMatchObject({ state, reason });
  });

  it("runs when the plan has it run, never outside its window, and finishes whatever the plan says", () => {
    const planned = (hour: number) => ({
      plan: { boiler: { watts: Watts(hour < 11.5 ? 2000 : 0), why: "planned until 11:30" } },
    });
    const day = run([boiler], 9, 16, planned);
    expect(day.starts["boiler"]).toBe(10);
    expect(day.ran["boiler"]).toBeCloseTo(3600, -2);
    const little = run([boiler], 9, 16, (hour) => ({
      plan: { boiler: { watts: Watts(hour < 10.2 ? 2000 : 0), why: "planned" } },
    }));
    expect(little.ran["boiler"]).toBeCloseTo(3600, -2);
  });

  it("stays on for its least time", () => {
    const blink = (hour: number) => ({
      plan: { boiler: { watts: Watts(hour < 10.01 ? 2000 : 0), why: "planned" } },
    });
    expect(run([boiler], 9.9, 11, blink).ran["boiler"]).toBeCloseTo(600, -2);
  });

  it("that is worth something runs by a plan alone, and is not missed where it did not", () => {
    const optional = { ...boiler, worth: 0.5 };
    const left = run([optional], 9, 16.1);
    expect([left.ran, left.events]).toEqual([{}, []]);
    expect(decisionOf(run([optional], 9, 15.9))).toMatchObject({
      state: "waits",
      reason: "waits, until it is worth it",
      latestStart: undefined,
    });
    const plan = { boiler: { watts: Watts(2000), why: "planned" } };
    const day = run([optional], 9, 16, (hour) => (hour > 12 ? { plan } : {}));
    expect(day.starts["boiler"]).toBeCloseTo(12, 1);
    expect(day.ran["boiler"]).toBeCloseTo(3600, -2);
    expect(decisionOf(day)?.state).toBe("done");
  });

  it("counts the time that it ran where it needs time", () => {
    const day = run([pump], 9, 16.1);
    expect(day.ran["pump"]).toBeGreaterThanOrEqual(3600);
    expect(day.ran["pump"]).toBeLessThan(3700);
  });

  it("begins anew the next day, and goes on after a restart where it was", () => {
    const half = run([boiler], 9, 15.5);
    expect(half.memory["boiler"]?.done).toBeGreaterThan(3e6);
    const kept = JSON.parse(JSON.stringify(half.memory)) as typeof half.memory;
    const rest = run([boiler], 15.5, 17, undefined, kept);
    expect((half.ran["boiler"] ?? 0) + (rest.ran["boiler"] ?? 0)).toBeCloseTo(3600, -2);
    const next = run([boiler], 33, 40.1, undefined, rest.memory);
    expect(next.ran["boiler"]).toBeCloseTo(3600, -2);
  });
});

describe("heaters before loads", () => {
  it("does not start where the feeder has no room for all of it, and tells what became of it", () => {
    const day = run([boiler], 9, 16.1, () => ({ free: 1999 }));
    expect(day.ran).toEqual({});
    expect(day.events).toEqual(["load/missed: it was not done by 16:00: 0.00 kWh of 2.00 kWh"]);
    expect(decisionOf(run([boiler], 15, 15.1, () => ({ free: 1999 })))).toMatchObject({
      state: "short",
      reason: "the feeder has no 2000 W to spare: heaters go first",
    });
  });

  it("is shed at once when a heater gets too little, least time or not, and stays off a while", () => {
    const day = run([boiler], 15, 15.2, (hour) => ({ isShort: hour > 15.05 && hour < 15.055 }));
    // 180 s are for the heater, then it goes on.
    const lost = 0.2 * 3600 - (day.ran["boiler"] ?? 0);
    expect(lost).toBeGreaterThanOrEqual(180);
    expect(lost).toBeLessThan(220);
  });

  it("sheds the last first, and only as many as are too much", () => {
    const both = run([boiler, pump], 15, 15.05);
    expect(both.decisions.map(({ setpoint }) => setpoint.watts)).toEqual([2000, 500]);
    const after = run([boiler, pump], 15.05, 15.053, () => ({ free: 2400 }), both.memory);
    expect(after.decisions.map(({ state }) => state)).toEqual(["runs", "short"]);
    const none = run([boiler, pump], 15.05, 15.053, () => ({ free: 400 }), both.memory);
    expect(none.decisions.map(({ state }) => state)).toEqual(["short", "short"]);
  });

  it("starts one at a time, and never two where there is room for one", () => {
    const tight = run([boiler, pump], 15, 15.1, () => ({ free: 2200 }));
    expect(tight.decisions.map(({ state }) => state)).toEqual(["runs", "short"]);
  });
});

describe("starts one after the other", () => {
  it("waits until what was started before it, a heater or a load, has had its time", () => {
    const stagger = () => ({ stagger: Seconds(120) });
    const both = run([boiler, pump], 15, 15.1, stagger);
    const [first = 0, second = 0] = [both.starts["boiler"], both.starts["pump"]];
    expect(Math.round((second - first) * 3600)).toBe(120);
    const behind = run([boiler], 15, 15.05, () => ({ stagger: Seconds(120), sinceStart: 40 }));
    expect(behind.ran).toEqual({});
    expect(decisionOf(behind)).toMatchObject({
      state: "waits",
      reason: "something else has just started, waits 1 min",
    });
  });

  it("begins so much earlier, and is done by its deadline", () => {
    const day = run([boiler], 9, 17, (hour) => ({
      stagger: Seconds(600),
      sinceStart: hour < 14.93 ? 600 : (hour - 14.93) * 3600,
    }));
    expect(day.starts["boiler"]).toBeCloseTo(14.77, 2);
    expect(day.ran["boiler"]).toBeCloseTo(3600, -2);
    expect(day.events).toEqual([]);
  });
});

describe("a load's plug", () => {
  it("that is silent is told once, and once that it is well again", () => {
    const day = run([boiler], 9, 9.1, (hour) => ({ silent: hour > 9.02 && hour < 9.06 ? ["boiler"] : [] }));
    expect(day.events).toEqual([
      "load/plug: its plug cannot be reached: it does not answer",
      "load/plug-well: its plug is well again",
    ]);
    const silent = run([boiler], 9, 9.1, () => ({ silent: ["boiler"] }));
    expect(decisionOf(silent)?.state).toBe("unreachable");
    expect(silent.alarms).toHaveLength(1);
  });

  it("that nobody would cut is not switched on", () => {
    const unguarded = {
      reading: {
        at: at(15),
        watts: Watts(0),
        provenance: "metered",
        workload: "idle",
        faults: [],
        unguarded: "its plug is no guard",
      },
    } as const;
    const day = run([boiler], 15, 15.1, () => ({ inputs: { boiler: unguarded } }));
    expect(day.ran).toEqual({});
    expect(decisionOf(day)).toMatchObject({ state: "fault", reason: "its plug is no guard" });
  });
});
