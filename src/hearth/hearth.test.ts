import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  Celsius,
  HearthworkError,
  HeaterId,
  Instant,
  Micros,
  plus,
  Seconds,
  type SeriesId,
  type SimulatedClock,
  simulatedClock,
  SinkId,
  Watts,
} from "../domain/index.ts";
import {
  controlDefaults,
  type HeaterDriver,
  type HeaterReading,
  roomModel,
  type SensorReading,
  type Setpoint,
} from "../heat/index.ts";
import type { Json, Store } from "../store/index.ts";
import { openReadyStore } from "../../test/readyData.ts";
import type { SiteView } from "../wire/index.ts";
import { type Hearth, startHearth } from "./hearth.ts";
import type { SiteSetup } from "./siteSetup.ts";

const noon = Instant(Date.UTC(2026, 0, 14, 12));
const idle: Setpoint = { watts: Watts(5), workload: "idle" };

/** A heater and a room that do as they are told until a test breaks them. */
function home(clock: SimulatedClock) {
  const device = {
    held: idle,
    temperature: 45,
    extraWatts: 0,
    isSilent: false,
    closed: false,
  };
  const room = { value: 18, at: clock.now() as Instant | undefined, isFrozen: false, isBroken: false };
  const reading = (): HeaterReading => ({
    at: clock.now(),
    watts: Watts(device.held.watts + device.extraWatts),
    provenance: "metered",
    workload: device.held.workload,
    temperature: Celsius(device.temperature),
    faults: [],
  });
  const answer = <T>(value: () => T): Promise<T> =>
    device.isSilent ? Promise.reject(new Error("no route to host")) : Promise.resolve(value());
  const driver: HeaterDriver = {
    traits: {
      steps: { mining: { kind: "levels", watts: [Watts(500), Watts(1000)] } },
      idleWatts: Watts(5),
      maxWatts: Watts(1000),
      powerReturnWatts: Watts(5),
      canStop: true,
      stopSurvivesRestart: true,
      settle: Seconds(10),
      change: "live",
      provenance: "metered",
      safeState: { description: "stops", guard: { by: "device-watchdog", within: Seconds(5) } },
    },
    read: () => answer(reading),
    apply: (setpoint) =>
      answer(() => {
        device.held = setpoint.workload === "idle" ? idle : setpoint;
        return { outcome: "applied", reading: reading() };
      }),
    close: () => {
      device.closed = true;
      device.held = idle;
      return Promise.resolve();
    },
    leave: () => Promise.resolve(),
  };
  const setup: SiteSetup = {
    name: "Home",
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    control: {
      timezone: "Europe/Berlin",
      feeder: { maxWatts: Watts(1500) },
      stagger: Seconds(0),
      sinks: [
        {
          id: SinkId("room"),
          kind: "room",
          comfort: { setBackC: Celsius(21), bandK: 0.3, entries: [] },
          limits: { minC: Celsius(5), maxC: Celsius(26) },
          model: roomModel({ areaM2: 20, insulation: "average" }),
          sensor: controlDefaults.sensor,
          fallback: { kind: "stop" },
        },
      ],
      heaters: [
        {
          id: HeaterId("heater"),
          sink: SinkId("room"),
          traits: driver.traits,
          minOn: Seconds(0),
          minOff: Seconds(0),
          limits: { deviceMaxC: Celsius(80) },
          heatShare: 1,
          trusted: true,
          maxStartsPerHour: 6,
          quiet: [],
        },
      ],
    },
    sinks: [
      {
        id: SinkId("room"),
        name: "Room",
        sensor: {
          latest: (): SensorReading | undefined => {
            if (room.isBroken) throw new Error("a bug");
            if (!room.isFrozen) room.at = clock.now();
            return room.at === undefined ? undefined : { at: room.at, value: room.value };
          },
          drain: () => (room.at === undefined ? [] : [{ at: room.at, value: room.value }]),
          trouble: () => undefined,
          close: () => Promise.resolve(),
        },
      },
    ],
    heaters: [{ id: HeaterId("heater"), name: "Heater", driverName: "test", driver }],
  };
  return { setup, device, room };
}

let started = noon;
let clock: SimulatedClock;
let store: Store;
let hearth: Hearth;
let rig: ReturnType<typeof home>;
let faults: unknown[];

async function start() {
  hearth = await startHearth({
    setup: rig.setup,
    store,
    clock,
    version: "0",
    inbox: [],
    onFault: (thrown) => faults.push(thrown),
  });
}
const heater = () => hearth.view().heaters[0];
/** Lets simulated time pass no faster than the real database writes. */
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 10) {
    await clock.advance(Seconds(Math.min(10, left)));
    await store.latestState();
  }
}
const minutes = (count: number) => pass(count * 60);
async function stop() {
  const closed = hearth.close().then(() => "closed" as const);
  while ((await Promise.race([closed, pass(1)])) !== "closed");
}
const alarmCodes = () => hearth.view().alarms.map(({ code }) => code);

beforeAll(async () => {
  store = await openReadyStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  started = plus(started, Seconds(10 * 86_400));
  clock = simulatedClock(started);
  await store.recordTick({ at: started, readings: [], decisions: [], events: [], state: null });
  rig = home(clock);
  faults = [];
  await start();
  await minutes(5);
});
afterEach(() => stop());

describe("a cold room", () => {
  it("is heated, and the reason is told", () => {
    expect(rig.device.held).toEqual({ watts: 1000, workload: "mining" });
    expect(heater()).toMatchObject({ state: "heating", watts: 1000 });
    expect(heater()?.reason).toMatch(/below target/);
  });

  it("is metered: energy and cost since midnight", async () => {
    await minutes(60);
    const { today } = hearth.view();
    expect(today.energyKwh).toBeGreaterThan(0.95);
    expect(Number(today.cost.amount)).toBeCloseTo(today.energyKwh * 0.3, 5);
    expect(today.energyProvenance).toBe("metered");
  });
});

describe("hard limits, each injected", () => {
  it("stops when the room is too hot", async () => {
    rig.room.value = 26.5;
    await pass(31);
    expect(rig.device.held).toEqual(idle);
    expect(alarmCodes().length).toBeGreaterThan(0);
  });

  it("stops when the device is too hot", async () => {
    rig.device.temperature = 81;
    await pass(21);
    expect(rig.device.held).toEqual(idle);
    expect(heater()?.reason).toMatch(/device above 80 °C/);
  });

  it("stops when the feeder carries more than it may", async () => {
    rig.device.extraWatts = 700;
    await pass(21);
    expect(rig.device.held).toEqual(idle);
  });

  it.each([
    ["falls silent", () => (rig.room.isFrozen = true)],
    ["says what no room is", () => (rig.room.value = 85)],
    ["says what no number is", () => (rig.room.value = Number.NaN)],
  ])("goes to the fallback when the sensor %s", async (_case, breakIt) => {
    breakIt();
    await minutes(8);
    expect(rig.device.held).toEqual(idle);
    expect(hearth.view().sinks[0]?.sensor).toMatch(/lost|absurd/);
  });

  it.each([3600, -3600, 86_400 * 400])("keeps its head when the wall clock jumps by %i s", async (jump) => {
    clock.jump(Seconds(jump));
    await minutes(2);
    expect(rig.device.held.workload).toBe("mining");
    const events = await hearth.events({ limit: 10 });
    expect(events.some(({ code }) => code.includes("clock"))).toBe(true);
    const { today } = hearth.view();
    expect(today.energyKwh).toBeLessThan(0.2);
  });

  it("tells of a heater that does not answer, and goes on when it does", async () => {
    rig.device.isSilent = true;
    await minutes(3);
    expect(heater()?.state).toBe("unreachable");
    rig.device.isSilent = false;
    await minutes(3);
    expect(heater()?.state).toBe("heating");
  });

  it("stops every heater when the loop itself fails, and goes on when it works again", async () => {
    const heard: SiteView[] = [];
    hearth.onChange((view) => heard.push(view));
    rig.room.isBroken = true;
    await pass(21);
    expect(rig.device.held).toEqual(idle);
    expect(faults.length).toBeGreaterThan(0);
    expect(hearth.health()).toMatchObject({ ok: false });
    expect(alarmCodes()).toContain("hearth/loop-fault");
    expect(heard.at(-1)?.alarms.map(({ code }) => code)).toContain("hearth/loop-fault");
    await expect(hearth.stopHeater("heater")).rejects.toMatchObject({ code: "api/unavailable" });
    rig.room.isBroken = false;
    await minutes(5);
    expect(hearth.health()).toMatchObject({ ok: true });
    expect(heater()?.state).toBe("stopped-by-owner");
    await hearth.resumeHeater("heater");
    await minutes(5);
    expect(rig.device.held.workload).toBe("mining");
  });

  it("is not disturbed by a listener that fails", async () => {
    hearth.onChange(() => {
      throw new Error("a page that went away");
    });
    await minutes(1);
    expect(rig.device.held.workload).toBe("mining");
    expect(hearth.health()).toMatchObject({ ok: true });
    expect(faults.length).toBeGreaterThan(0);
  });
});

describe("the owner", () => {
  it("stops and resumes a heater, at once and across a restart", async () => {
    await hearth.stopHeater("heater");
    await pass(1);
    expect(rig.device.held).toEqual(idle);
    await stop();
    await start();
    await minutes(5);
    expect(rig.device.held).toEqual(idle);
    expect(heater()?.state).toBe("stopped-by-owner");
    await hearth.resumeHeater("heater");
    await minutes(5);
    expect(rig.device.held.workload).toBe("mining");
  });

  it("is still obeyed when the rest of the state cannot be read", async () => {
    await hearth.stopHeater("heater");
    await stop();
    const kept = (await store.latestState())?.state as Record<string, Json>;
    const { owner } = kept;
    const state: Json = { version: 0, owner: owner ?? null, earnings: "none", energy: 7, control: [] };
    await store.recordTick({ at: clock.now(), readings: [], decisions: [], events: [], state });
    await start();
    await minutes(5);
    expect(heater()?.state).toBe("stopped-by-owner");
  });

  it("sets the temperature wanted, within the limits", async () => {
    await hearth.setOverride("room", { kind: "hold", targetC: 15 });
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 15, source: "hold" });
    await hearth.clearOverride("room");
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 21, source: "set-back" });
    await expect(hearth.setOverride("room", { kind: "hold", targetC: 26 })).rejects.toMatchObject({
      code: "api/bad-request",
    });
  });

  it("boosts until an end", async () => {
    const until = new Date(plus(clock.now(), Seconds(1800))).toISOString();
    await hearth.setOverride("room", { kind: "boost", targetC: 23, until });
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 23, source: "boost", until });
    await minutes(31);
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 21, source: "set-back" });
  });

  it("who leaves home means it, and every wish is told", async () => {
    await hearth.setOverride("room", { kind: "hold", targetC: 23 });
    const until = new Date(plus(clock.now(), Seconds(86_400))).toISOString();
    await hearth.setOverride("room", { kind: "away", targetC: 16, until });
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 16, source: "away" });
    await hearth.setOverride("room", { kind: "hold", targetC: 22 });
    expect(hearth.view().sinks[0]?.comfort).toMatchObject({ targetC: 22, source: "hold" });
    const events = await hearth.events({ before: plus(clock.now(), Seconds(1)), limit: 3 });
    expect(events.map(({ message }) => message)).toEqual([
      "held at 22 °C by you",
      `away: 16 °C until ${until}, by you`,
      "held at 23 °C by you",
    ]);
  });

  it("runs a heater at a power until an end, over a restart, or until it is taken back", async () => {
    const inMinutes = (count: number) => new Date(plus(clock.now(), Seconds(count * 60))).toISOString();
    rig.room.value = 21.2;
    await hearth.stopHeater("heater");
    await minutes(3);
    await hearth.resumeHeater("heater");
    const until = inMinutes(30);
    await hearth.setPower("heater", { watts: 600, until });
    await stop();
    await start();
    await minutes(3);
    expect(rig.device.held).toEqual({ watts: 500, workload: "mining" });
    expect(heater()).toMatchObject({ ownerPower: { watts: 600, until } });
    expect(heater()?.reason).toMatch(/asked for 600 W by its owner/);
    await hearth.clearPower("heater");
    await minutes(2);
    expect(heater()).toMatchObject({ ownerPower: null, setpointWatts: 0 });
    await hearth.setPower("heater", { watts: 1000, until: inMinutes(2) });
    await minutes(4);
    expect(heater()).toMatchObject({ ownerPower: null, setpointWatts: 0 });
  });

  it("has its powers tried, or trusts them, and sees how that goes", async () => {
    expect(heater()?.trial.status).toBe("skipped");
    await hearth.tryHeater("heater");
    await minutes(1);
    expect(heater()).toMatchObject({ setpointWatts: 500, trial: { status: "running" } });
    await minutes(3);
    expect(heater()?.trial).toEqual({
      status: "proven",
      powers: [500, 1000].map((watts) => ({ watts, outcome: "proven", drawnWatts: watts, why: "" })),
    });
    await hearth.tryHeater("heater");
    await hearth.trustHeater("heater");
    expect(heater()?.trial.status).toBe("skipped");
    const events = await hearth.events({ limit: 20 });
    expect(events.some(({ code }) => code === "heater/proven")).toBe(true);
  });

  it.each([
    [{ watts: 100, until: "2999-01-01T00:00:00Z" }, /one of 500, 1000 W/],
    [{ watts: 500, until: "2020-01-01T00:00:00Z" }, /must be later/],
    [{ watts: 500, until: "2999-01-01T00:00:00Z" }, /within a year/],
  ])("is refused a power that cannot be: %j", async (request, words) => {
    await expect(hearth.setPower("heater", request)).rejects.toMatchObject({
      code: "api/bad-request",
      message: expect.stringMatching(words) as string,
    });
  });

  it.each([
    () => hearth.setPower("toaster", { watts: 0, until: "2999-01-01T00:00:00Z" }),
    () => hearth.clearPower("toaster"),
    () => hearth.tryHeater("toaster"),
    () => hearth.trustHeater("toaster"),
    () => hearth.stopHeater("toaster"),
    () => hearth.clearOverride("attic"),
    () => hearth.setOverride("attic", { kind: "hold", targetC: 20 }),
  ])("is told what there is when a name is wrong", async (call) => {
    await expect(async () => call()).rejects.toMatchObject({ code: "api/not-found" });
  });
});

describe("what is kept", () => {
  it("holds every reading, decision with its reason, and event", async () => {
    const { series, resolution } = await hearth.history(
      ["sink/room/temperature", "heater/heater/power"],
      started,
      clock.now(),
    );
    expect(resolution).toBe("raw");
    expect(series.map(({ times }) => times.length)).toEqual([
      expect.toSatisfy((n) => n >= 25),
      expect.toSatisfy((n) => n >= 25),
    ]);
    const decisions = await hearth.decisions({ limit: 50 });
    expect(decisions.some(({ reason }) => /below target/.test(reason))).toBe(true);
  });

  it("sums up since ever, and no total goes back over a crash while the database was away", async () => {
    await minutes(10);
    const before = hearth.view();
    expect(before.total.energyKwh).toBeGreaterThan(0.15);
    expect(before.heaters[0]?.total).toEqual({
      energyKwh: before.total.energyKwh,
      heatKwh: before.total.heatKwh,
      cost: before.total.cost,
    });
    const away = new HearthworkError({ code: "store/unreachable", message: "database away", retry: "later" });
    vi.spyOn(store, "recordTick").mockRejectedValue(away);
    vi.spyOn(store, "recordHistory").mockRejectedValue(away);
    await minutes(4);
    const told = hearth.view();
    expect(told.today.energyKwh).toBeGreaterThan(before.today.energyKwh + 0.05);
    expect(told.total.energyKwh - before.total.energyKwh).toBeLessThan(0.01);
    await stop();
    vi.restoreAllMocks();
    await start();
    expect(hearth.view().total.energyKwh).toBeGreaterThanOrEqual(told.total.energyKwh);
    await minutes(2);
    expect(hearth.view().total.energyKwh).toBeGreaterThan(told.total.energyKwh);
  });

  it("has no series that the site has not and never had", async () => {
    const ask = (id: SeriesId) => hearth.history([id], started, clock.now());
    await expect(ask("heater/toaster/power")).rejects.toMatchObject({
      code: "api/not-found",
      message: expect.stringMatching(/"heater\/toaster\/power"; there are .*heater\/heater\/power/),
    });
    await expect(ask("sink/room/power")).rejects.toMatchObject({ code: "api/not-found" });
    expect((await ask("heater/heater/hashrate")).series).toMatchObject([{ unit: "H/s", times: [] }]);
    const table = hearth.historyCsv(["heater/toaster/power"], started, clock.now());
    await expect(table).rejects.toMatchObject({ code: "api/not-found" });
    const reading = { series: "heater/sold/power", at: started, value: 7, provenance: "metered" } as const;
    await store.recordTick({ at: started, readings: [reading], decisions: [], events: [], state: null });
    expect((await ask("heater/sold/power")).series).toMatchObject([{ values: [7] }]);
  });

  it("does not fill the time that the hearth was away", async () => {
    await stop();
    const before = hearth.view().today;
    await minutes(60);
    await start();
    await minutes(2);
    const { today } = hearth.view();
    expect(today.energyKwh - before.energyKwh).toBeLessThan(0.05);
    expect(today.unmeteredSeconds - before.unmeteredSeconds).toBeGreaterThan(3000);
  });
});

it("leaves the heater in its safe state when it closes", async () => {
  await stop();
  expect(rig.device).toMatchObject({ closed: true, held: idle });
  await start();
});
