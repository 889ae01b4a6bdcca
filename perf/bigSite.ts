import { Celsius, type Clock, HeaterId, Micros, Seconds, SinkId, Watts } from "../src/domain/index.ts";
import type { SiteSetup } from "../src/hearth/index.ts";
import {
  controlDefaults,
  type HeaterDriver,
  type HeaterTraits,
  roomModel,
  type Setpoint,
} from "../src/heat/index.ts";

const rooms = 10;
const heatersPerRoom = 4;

const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: [Watts(60), Watts(90), Watts(125)] } },
  idleWatts: Watts(5),
  maxWatts: Watts(140),
  powerReturnWatts: Watts(5),
  canStop: true,
  stopSurvivesRestart: true,
  settle: Seconds(10),
  change: "live",
  provenance: "metered",
  safeState: { description: "stops hashing", guard: { by: "device-watchdog", within: Seconds(5) } },
};

/**
 * A site of fifty devices, ten rooms' sensors and forty heaters, that answer at once: what is left is the hearth's own
 * work. Readings differ from round to round, as real ones do.
 */
export function bigSite(clock: Clock): SiteSetup {
  const sinks = Array.from({ length: rooms }, (_, index) => SinkId(`room-${index}`));
  const heaters = sinks.flatMap((sink) =>
    Array.from({ length: heatersPerRoom }, (_, index) => ({ id: HeaterId(`${sink}-heater-${index}`), sink })),
  );
  const wobble = (index: number) => Math.sin(clock.now() / 40_000 + index) / 2;
  const sensor = (index: number) => {
    const reading = () => ({ at: clock.now(), value: 20 + wobble(index) });
    return {
      latest: reading,
      drain: () => [reading()],
      trouble: () => undefined,
      close: () => Promise.resolve(),
    };
  };
  return {
    name: "fifty devices",
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    sinks: sinks.map((id, index) => ({ id, name: id, sensor: sensor(index) })),
    heaters: heaters.map(({ id }, index) => ({
      id,
      name: id,
      driverName: "perf",
      driver: quickHeater(clock, () => wobble(index)),
    })),
    control: {
      timezone: "Europe/Berlin",
      feeder: { maxWatts: Watts(10_000) },
      stagger: Seconds(0),
      sinks: sinks.map((id) => ({
        id,
        kind: "room",
        comfort: { setBackC: Celsius(20), bandK: 0.3, entries: [] },
        limits: controlDefaults.roomLimits,
        model: roomModel({ areaM2: 20, insulation: "average" }),
        sensor: controlDefaults.sensor,
        fallback: controlDefaults.fallback,
      })),
      heaters: heaters.map(({ id, sink }) => ({
        id,
        sink,
        traits,
        minOn: controlDefaults.minOn,
        minOff: controlDefaults.minOff,
        limits: { deviceMaxC: controlDefaults.deviceMaxC },
        heatShare: 1,
        trusted: true,
        maxStartsPerHour: 6,
        quiet: [],
      })),
    },
  };
}

function quickHeater(clock: Clock, wobble: () => number): HeaterDriver {
  let held: Setpoint = { watts: Watts(0), workload: "idle" };
  const read = () => ({
    at: clock.now(),
    watts: Watts((held.workload === "idle" ? 5 : held.watts) + wobble()),
    provenance: "metered" as const,
    workload: held.workload,
    temperature: Celsius(60 + 4 * wobble()),
    faults: [],
  });
  return {
    traits,
    read: () => Promise.resolve(read()),
    apply(setpoint) {
      held = setpoint;
      return Promise.resolve({ outcome: "applied", reading: read() });
    },
    close: () => Promise.resolve(),
    leave: () => Promise.resolve(),
  };
}
