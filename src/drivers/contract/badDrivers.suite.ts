import { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits } from "../../heat/index.ts";
import { type BadDriver, never } from "./badDriver.suite.ts";

const withTraits = (change: Partial<HeaterTraits>) => (driver: HeaterDriver) => ({
  ...driver,
  traits: { ...driver.traits, ...change },
});
const withReading = (change: Partial<HeaterReading>) => (driver: HeaterDriver) => ({
  ...driver,
  read: async (signal: AbortSignal) => ({ ...(await driver.read(signal)), ...change }),
});

export const badDrivers: readonly BadDriver[] = [
  [
    "names no guard",
    "describes itself sanely",
    "nothing brings it to a safe state",
    withTraits({ safeState: { description: "none" } as never }),
  ],
  [
    "has levels that descend",
    "describes itself sanely",
    "its levels do not ascend",
    withTraits({ steps: { mining: { kind: "levels", watts: [90, 60].map(Watts) } } }),
  ],
  [
    "calls a reported power metered",
    "reads",
    "it calls its watts metered",
    withReading({ provenance: "metered" }),
  ],
  [
    "tells kilowatts",
    "applies each step and reads it back",
    "it tells mining 0.06 W of a device at mining 60 W",
    (driver) => ({
      ...driver,
      read: async (signal) => {
        const reading = await driver.read(signal);
        return { ...reading, watts: Watts(reading.watts / 1000) };
      },
    }),
  ],
  [
    "says that it always mines",
    "stops",
    "it tells mining 5 W of a device at idle 5 W",
    withReading({ workload: "mining" }),
  ],
  [
    "writes nothing and says applied",
    "applies each step and reads it back",
    "the device runs at idle 5 W instead of mining 60 W",
    (driver) => ({
      ...driver,
      apply: async ({ watts, workload }, signal) => ({
        outcome: "applied",
        reading: { ...(await driver.read(signal)), watts, workload },
      }),
    }),
  ],
  [
    "never stops",
    "stops",
    "the device runs at mining 125 W instead of idle 5 W",
    (driver) => ({
      ...driver,
      apply: async (setpoint, signal) =>
        setpoint.workload === "idle"
          ? { outcome: "applied", reading: await driver.read(signal) }
          : driver.apply(setpoint, signal),
    }),
  ],
  [
    "stops at the second of two same setpoints",
    "takes the same step twice",
    "the device runs at idle 5 W instead of mining 60 W",
    (driver) => {
      let last: number | undefined;
      return {
        ...driver,
        apply: (setpoint, signal) => {
          const same = last === setpoint.watts;
          last = setpoint.watts;
          return driver.apply(same ? { watts: driver.traits.idleWatts, workload: "idle" } : setpoint, signal);
        },
      };
    },
  ],
  [
    "runs at its most when asked for more",
    "refuses what it cannot do",
    "was not refused with a reason but applied",
    (driver) => ({
      ...driver,
      apply: (setpoint, signal) =>
        driver.apply({ ...setpoint, watts: Watts(Math.min(setpoint.watts, 125)) }, signal),
    }),
  ],
  [
    "mines when asked for a job",
    "refuses what it cannot do",
    "job 125 W was not refused with a reason but applied",
    (driver) => ({
      ...driver,
      apply: (setpoint, signal) =>
        driver.apply(
          { ...setpoint, workload: setpoint.workload === "job" ? "mining" : setpoint.workload },
          signal,
        ),
    }),
  ],
  [
    "takes one call at a time and fails the others",
    "keeps calls apart that run at once",
    "failed, though all is well: busy",
    (driver) => {
      let calls = 0;
      return {
        ...driver,
        read: async (signal) => {
          if (calls > 0) throw new Error("busy");
          calls += 1;
          return driver.read(signal).finally(() => (calls -= 1));
        },
      };
    },
  ],
  [
    "writes under an aborted signal",
    "does nothing for a signal that is aborted already",
    "the device runs at mining 125 W instead of mining 60 W",
    (driver) => ({
      ...driver,
      apply: (setpoint, signal) => driver.apply(setpoint, signal.aborted ? never : signal),
    }),
  ],
  [
    "does not re-arm the device's timer",
    "runs on while it is looked after",
    "the device runs at idle 5 W instead of mining 125 W",
    (driver, { device }) => {
      let reading: HeaterReading | undefined;
      return {
        ...driver,
        read: async (signal) => {
          const { watts, workload } = await device.truth();
          reading ??= await driver.read(signal);
          return { ...reading, watts: Watts(watts), workload };
        },
        apply: (setpoint, signal) => driver.apply(setpoint, signal),
      };
    },
  ],
  [
    "has a device whose timer is broken",
    "is safe when the hearth dies",
    "it draws 125 W after the hearth died",
    (driver, { virtual }) => {
      virtual.breakTimer();
      return driver;
    },
  ],
  [
    "promises a timer that is faster than the device's",
    "is safe when the hearth dies",
    "it draws 125 W after the hearth died",
    withTraits({
      safeState: { description: "stops", guard: { by: "device-watchdog", within: Seconds(10) } },
    }),
  ],
  [
    "lets go without stopping",
    "leaves it safe and lets go of it",
    "it draws 125 W after it was closed",
    (driver) => ({
      ...driver,
      close: () => Promise.resolve(),
    }),
  ],
  [
    "can be closed only once",
    "leaves it safe and lets go of it",
    "a second close failed",
    (driver) => {
      let closes = 0;
      return {
        ...driver,
        close: () => (++closes > 1 ? Promise.reject(new Error("closed already")) : driver.close()),
      };
    },
  ],
  [
    "stops the device when it leaves it",
    "lets go of it and leaves it as it is",
    "it was switched from mining 125 W to idle 5 W by leaving it",
    (driver) => ({ ...driver, leave: () => driver.close() }),
  ],
  [
    "talks on after it left",
    "lets go of it and leaves it as it is",
    "it was read after it was left",
    (driver) => ({ ...driver, leave: () => Promise.resolve(), close: () => Promise.resolve() }),
  ],
  [
    "fails when it is closed after it left",
    "lets go of it and leaves it as it is",
    "leave failed, or what came after it",
    (driver) => ({ ...driver, close: () => Promise.reject(new Error("gone")) }),
  ],
  [
    "would take more than it can",
    "reads",
    "it would take 60 to 200 W now, which are not among its steps",
    withReading({ available: { kind: "levels", watts: [60, 200].map(Watts) } }),
  ],
  ["is set to less than nothing", "reads", "it says it is set to -5 W", withReading({ setTo: Watts(-5) })],
  ["is busy without words", "reads", "it tells a fault without words", withReading({ busy: " " })],
];
