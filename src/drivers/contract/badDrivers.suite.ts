import { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits } from "../../heat/index.ts";
import type { Trouble } from "./bench.suite.ts";
import type { checks } from "./checks.suite.ts";
import type { LineBench } from "./lineHeater.suite.ts";

type Spoil = (driver: HeaterDriver, bench: LineBench) => HeaterDriver;

const never = new AbortController().signal;
const withTraits = (change: Partial<HeaterTraits>) => (driver: HeaterDriver) => ({
  ...driver,
  traits: { ...driver.traits, ...change },
});
const withReading = (change: Partial<HeaterReading>) => (driver: HeaterDriver) => ({
  ...driver,
  read: async (signal: AbortSignal) => ({ ...(await driver.read(signal)), ...change }),
});
const zeros = (at: HeaterReading["at"]): HeaterReading => ({
  at,
  watts: Watts(0),
  provenance: "reported",
  workload: "idle",
  faults: [],
});

/** What is bad about a driver, which check must find it, in which words, and how a good one is made so. */
export const badDrivers: readonly (readonly [string, keyof typeof checks | Trouble, string, Spoil])[] = [
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
    "answers a call with the reply to the one before",
    "slow",
    "where nothing can be known",
    (driver) => {
      let before: Promise<HeaterReading> | undefined;
      return {
        ...driver,
        read: async (signal) => {
          const earlier = before;
          before = driver.read(signal);
          before.catch(() => {});
          return earlier ?? before;
        },
      };
    },
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
    "does not look at its signal",
    "silent",
    "did not end by its signal",
    (driver) => ({ ...driver, read: () => driver.read(never) }),
  ],
  [
    "does not look at its signal",
    "half-open",
    "did not end by its signal",
    (driver) => ({
      ...driver,
      apply: (setpoint) => driver.apply(setpoint, never),
    }),
  ],
  [
    "waits for a slow device",
    "slow",
    "where nothing can be known",
    (driver) => ({ ...driver, read: () => driver.read(never) }),
  ],
  [
    "tells zeros when nothing answers",
    "silent",
    'read: gave {"at":0,"watts":0',
    (driver) => ({
      ...driver,
      read: (signal) => driver.read(signal).catch(() => zeros(0 as never)),
    }),
  ],
  [
    "tells zeros of garbage",
    "garbage",
    'read: gave {"at":0,"watts":0',
    (driver) => ({
      ...driver,
      read: (signal) => driver.read(signal).catch(() => zeros(0 as never)),
    }),
  ],
  [
    "throws what its parser threw",
    "garbage",
    "threw what is no HearthworkError",
    (driver) => ({
      ...driver,
      read: (signal) =>
        driver.read(signal).catch(() => {
          throw new SyntaxError("Unexpected token");
        }),
    }),
  ],
  [
    "tells what it last knew",
    "half-open",
    "where nothing can be known",
    (driver) => {
      let known: HeaterReading | undefined;
      return {
        ...driver,
        read: async (signal) => {
          try {
            return (known = await driver.read(signal));
          } catch (error) {
            if (known) return known;
            throw error;
          }
        },
      };
    },
  ],
  [
    "believes that a refused write was applied",
    "refusing",
    "it says that a refused write was applied",
    (driver) => ({
      ...driver,
      apply: async (setpoint, signal) => {
        await driver.apply(setpoint, signal);
        return { outcome: "applied", reading: await driver.read(signal) };
      },
    }),
  ],
  [
    "gives no reason for a refusal",
    "refusing",
    "it does not say why the write was refused",
    (driver) => ({
      ...driver,
      apply: async (setpoint, signal) => {
        const applied = await driver.apply(setpoint, signal);
        return applied.outcome === "applied" ? applied : { ...applied, why: "" };
      },
    }),
  ],
  [
    "gives up for ever after an error",
    "rebooting",
    "read: failed, though all is well",
    (driver) => {
      let broken = false;
      return {
        ...driver,
        read: async (signal) => {
          if (broken) return driver.read(AbortSignal.abort());
          return driver.read(signal).catch((error: unknown) => {
            broken = true;
            throw error;
          });
        },
      };
    },
  ],
];
