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
} from "../../../domain/index.ts";
import {
  controlDefaults,
  type HeaterConfig,
  type HeaterDriver,
  type HeaterReading,
  roomModel,
  type Setpoint,
  type SinkConfig,
} from "../../../heat/index.ts";
import type { Store } from "../../../store/index.ts";
import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";
import { type Hearth, startHearth } from "../../hearth.ts";
import type { HeaterSetup, SinkSetup, SiteSetup } from "../../siteSetup.ts";
import { type SiteOutlets, siteOutlets } from "../siteOutlets.ts";
import { outletBench } from "../outletBench.suite.ts";

const idle: Setpoint = { watts: Watts(5), workload: "idle" };

/** A heater that does as it is told. */
function obedientHeater(clock: SimulatedClock): HeaterDriver {
  let held = idle;
  const reading = (): HeaterReading => ({
    at: clock.now(),
    watts: held.watts,
    provenance: "metered",
    workload: held.workload,
    temperature: Celsius(45),
    faults: [],
  });
  return {
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
    read: async () => reading(),
    async apply(setpoint) {
      held = setpoint.workload === "idle" ? idle : setpoint;
      return { outcome: "applied", reading: reading() };
    },
    close: async () => {},
    leave: async () => {},
  };
}

interface Wanted {
  readonly rooms?: readonly string[];
  readonly heaters?: readonly string[];
  readonly homeAssistant?: HomeAssistantConfig | undefined;
}

let day = 14;

/** A home with a hearth that really runs, on simulated time, whose outlets are real. The store begins as if empty. */
export async function testHome(store: Store) {
  const bench = outletBench();
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, day, 12)));
  day += 7;
  await store.remember("home-assistant", null);
  await store.recordTick({ at: clock.now(), readings: [], decisions: [], events: [], state: null });
  let hearth: Hearth | undefined;
  let outlets: SiteOutlets | undefined;

  const home = {
    clock,
    events: bench.events,
    faults: bench.faults,
    store,
    async start({ rooms = ["study"], heaters = ["miner"], homeAssistant }: Wanted = {}) {
      const setup = setupOf(clock, rooms, heaters, homeAssistant);
      outlets = siteOutlets({ ...bench.context, clock, memory: store });
      hearth = await startHearth({
        setup,
        store,
        clock,
        version: "1.2.3",
        inbox: [],
        outlets,
        onFault: (thrown) => bench.faults.push(thrown),
      });
      await outlets.follow(setup, hearth);
      await home.pass(10);
    },
    /** Other outlets, other words or another schedule, while the hearth goes on with its devices. */
    async follow({ homeAssistant, setBackC = 19 }: Wanted & { readonly setBackC?: number }) {
      const setup = setupOf(clock, ["study"], ["miner"], homeAssistant);
      const sinks = setup.control.sinks.map((sink) => {
        return { ...sink, comfort: { ...sink.comfort, setBackC: Celsius(setBackC) } };
      });
      if (hearth) await outlets?.follow({ ...setup, control: { ...setup.control, sinks } }, hearth);
      await home.pass(10);
    },
    view: () => {
      if (!hearth) throw new Error("the home has not started");
      return hearth.view();
    },
    /** Simulated time, no faster than the database writes. */
    async pass(seconds: number) {
      for (let left = seconds; left > 0; left -= 10) {
        await clock.advance(Seconds(Math.min(10, left)));
        await store.latestState();
      }
    },
    /** Ends it; the database knows what it knew. */
    async stop() {
      await outlets?.close();
      const closed = (hearth?.close() ?? Promise.resolve()).then(() => "closed" as const);
      while ((await Promise.race([closed, home.pass(1)])) !== "closed");
      hearth = outlets = undefined;
    },
  };
  return home;
}
export type TestHome = Awaited<ReturnType<typeof testHome>>;

function setupOf(
  clock: SimulatedClock,
  rooms: readonly string[],
  heaters: readonly string[],
  homeAssistant: HomeAssistantConfig | undefined,
): SiteSetup {
  const drivers = heaters.map((id): HeaterSetup => {
    return { id: HeaterId(id), name: `The ${id}`, driverName: "test", driver: obedientHeater(clock) };
  });
  const sensors = rooms.map((id): SinkSetup => {
    const latest = () => ({ at: clock.now(), value: 18 });
    const sensor = { latest, drain: () => [latest()], trouble: () => undefined, close: async () => {} };
    return { id: SinkId(id), name: `The ${id}`, sensor };
  });
  return {
    name: "Home",
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    control: {
      timezone: "Europe/Berlin",
      feeder: { maxWatts: Watts(5000) },
      stagger: Seconds(0),
      sinks: rooms.map(sinkConfig),
      heaters: drivers.map(({ id, driver }) => heaterConfig(id, rooms[0] ?? "", driver)),
    },
    sinks: sensors,
    heaters: drivers,
    outlets: { homeAssistant },
  };
}

const sinkConfig = (id: string): SinkConfig => ({
  id: SinkId(id),
  kind: "room",
  comfort: {
    setBackC: Celsius(19),
    bandK: 0.3,
    entries: [{ days: ["sun"], from: "08:00", to: "20:00", targetC: Celsius(22) }],
  },
  limits: { minC: Celsius(6), maxC: Celsius(26) },
  model: roomModel({ areaM2: 20, insulation: "average" }),
  sensor: controlDefaults.sensor,
  fallback: { kind: "stop" },
});

const heaterConfig = (id: HeaterId, room: string, { traits }: HeaterDriver): HeaterConfig => ({
  id,
  sink: SinkId(room),
  traits,
  minOn: Seconds(0),
  minOff: Seconds(0),
  limits: { deviceMaxC: Celsius(80) },
  heatShare: 1,
  maxStartsPerHour: controlDefaults.maxStartsPerHour,
  quiet: [],
  trusted: true,
});
