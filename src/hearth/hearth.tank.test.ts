import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  Celsius,
  HeaterId,
  Instant,
  Micros,
  Seconds,
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
  type SinkConfig,
  type TankSink,
  tankModel,
} from "../heat/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { type Hearth, startHearth } from "./hearth.ts";
import type { SiteSetup } from "./siteSetup.ts";

const idle: Setpoint = { watts: Watts(0), workload: "idle" };
const heats: Setpoint = { watts: Watts(2000), workload: "heating" };
const size = { litres: 120, lossWattsPerKelvin: 1.5 };
const { tank: usual } = controlDefaults;

const tank: TankSink = {
  id: SinkId("water"),
  kind: "tank",
  ...size,
  model: tankModel(size),
  comfort: { entries: [], setBackC: usual.targetC, bandK: usual.bandK },
  limits: usual.limits,
  sensor: { ...controlDefaults.sensor, plausible: usual.plausible },
  fallback: { kind: "stop" },
  aroundC: usual.aroundC,
  // Due at once.
  disinfection: { celsius: 60, holdSeconds: 1800, everyHours: 2 },
  hotWater: { litresPerDay: 100, profile: "household", tapC: usual.tapC, mainsC: usual.mainsC },
  storeC: usual.storeC,
};
const room: SinkConfig = {
  id: SinkId("room"),
  kind: "room",
  comfort: { setBackC: Celsius(20), bandK: 0.3, entries: [] },
  limits: { minC: Celsius(5), maxC: Celsius(26) },
  model: roomModel({ areaM2: 20, insulation: "average" }),
  sensor: controlDefaults.sensor,
  fallback: { kind: "stop" },
};

/** A tank with an element whose plug takes a while to cut, and a room beside it. */
function home(clock: SimulatedClock) {
  const told: string[] = [];
  const water = { celsius: 57 };
  const element = { held: idle, cutsFor: 0 };
  const reading = (): HeaterReading => ({
    at: clock.now(),
    watts: element.held.watts,
    provenance: "metered",
    workload: element.held.workload,
    faults: [],
  });
  const driver: HeaterDriver = {
    traits: {
      steps: { heating: { kind: "levels", watts: [Watts(2000)] } },
      idleWatts: Watts(0),
      maxWatts: Watts(2000),
      powerReturnWatts: Watts(0),
      canStop: true,
      stopSurvivesRestart: true,
      settle: Seconds(10),
      change: "live",
      provenance: "metered",
      safeState: { description: "cut", guard: { by: "plug-timer", within: Seconds(180) } },
    },
    read: () => Promise.resolve(reading()),
    apply: (setpoint) => {
      element.held = setpoint;
      told.push(`${setpoint.watts} W`);
      return Promise.resolve({ outcome: "applied", reading: reading() });
    },
    async close() {
      told.push("closing");
      await clock.sleep(Seconds(element.cutsFor));
      element.held = idle;
      told.push("closed");
    },
    leave: () => Promise.resolve(),
  };
  const sensorOf = (value: () => number) => ({
    latest: (): SensorReading => ({ at: clock.now(), value: value() }),
    drain: () => [],
    trouble: () => undefined,
    close: () => Promise.resolve(),
  });
  const sensors = { water: sensorOf(() => water.celsius), room: sensorOf(() => 20) };
  const setupOf = (sinks: readonly SinkConfig[], hasElement: boolean): SiteSetup => ({
    name: "Home",
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    control: {
      timezone: "Europe/Berlin",
      feeder: { maxWatts: Watts(2500) },
      stagger: Seconds(0),
      sinks,
      heaters: hasElement
        ? [
            {
              id: HeaterId("element"),
              sink: tank.id,
              traits: driver.traits,
              minOn: Seconds(0),
              minOff: Seconds(0),
              limits: { deviceMaxC: Celsius(90) },
              heatShare: 1,
              trusted: true,
              maxStartsPerHour: 6,
              quiet: [],
            },
          ]
        : [],
    },
    sinks: sinks.map(({ id, kind }) => ({
      id,
      name: id,
      sensor: kind === "tank" ? sensors.water : sensors.room,
    })),
    heaters: hasElement ? [{ id: HeaterId("element"), name: "Element", driverName: "test", driver }] : [],
  });
  return { told, water, element, setupOf };
}

let clock: SimulatedClock;
let store: Store;
let hearth: Hearth;
let rig: ReturnType<typeof home>;

const start = async () => {
  hearth = await startHearth({
    setup: rig.setupOf([tank, room], true),
    store,
    clock,
    version: "0",
    inbox: [],
    onFault: (thrown) => {
      throw thrown;
    },
  });
};
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 10) {
    await clock.advance(Seconds(Math.min(10, left)));
    await store.latestState();
  }
}
async function through<T>(work: Promise<T>): Promise<T> {
  const over = work.then(
    () => "over" as const,
    () => "over" as const,
  );
  while ((await Promise.race([over, pass(1)])) !== "over");
  return work;
}
const sink = () => hearth.view().sinks[0];

beforeEach(async () => {
  store = await openStore({});
  clock = simulatedClock(Instant(Date.UTC(2026, 0, 14, 12)));
  rig = home(clock);
  await start();
  await pass(60);
});
afterEach(async () => {
  await through(hearth.close());
  await store.close();
});

describe("a hearth with a tank", () => {
  it("is disinfected when it is due, and tells the same range of targets that it takes", async () => {
    expect(rig.element.held).toEqual(heats);
    expect(sink()).toMatchObject({
      kind: "tank",
      comfort: { source: "disinfection", targetC: 62, minC: 9, maxC: 71 },
    });
    const until = new Date(clock.now() + 3_600_000).toISOString();
    await expect(hearth.setOverride("water", { kind: "boost", targetC: 71.5, until })).rejects.toMatchObject({
      code: "api/bad-request",
    });
  });

  it("goes on disinfecting after it was killed, once the sensor speaks, and holds it for all of its time", async () => {
    rig.water.celsius = 62.5;
    await pass(1500);
    expect(sink()?.comfort.source).toBe("disinfection");
    const killed = hearth;
    await start();
    await through(killed.close());
    await pass(600);
    expect(sink()?.comfort.source).toBe("disinfection");
    await pass(1300);
    expect(sink()?.comfort.source).toBe("set-back");
  });

  it("cuts the element of a tank that a change takes away before it forgets it, whatever its owner asks meanwhile", async () => {
    rig.element.cutsFor = 5;
    const change = hearth.reconfigure({
      setup: rig.setupOf([room], false),
      replaced: { sinks: new Set(), heaters: new Set() },
    });
    await clock.advance(Seconds(1));
    const until = new Date(clock.now() + 3_600_000).toISOString();
    const wish = hearth.setPower("element", { watts: 2000, until });
    await through(Promise.allSettled([change, wish]));
    await pass(60);
    expect(rig.told.slice(-2)).toEqual(["closing", "closed"]);
    expect(rig.element.held).toEqual(idle);
    expect(hearth.view()).toMatchObject({ sinks: [{ id: "room" }], heaters: [] });
    await expect(hearth.setPower("element", { watts: 2000, until })).rejects.toMatchObject({
      code: "api/not-found",
    });
  });
});
