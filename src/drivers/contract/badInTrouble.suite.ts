import type { HeaterReading } from "../../heat/index.ts";
import { type BadDriver, never, zeros } from "./badDriver.suite.ts";

/** Those that are bad only when their device, or the way there, is in trouble. */
export const badInTrouble: readonly BadDriver[] = [
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
    "says that a device out of sight has stopped",
    "silent",
    "apply idle while it is hot: gave",
    (driver) => ({
      ...driver,
      apply: (setpoint, signal) =>
        driver.apply(setpoint, signal).catch((thrown: unknown) => {
          if (setpoint.workload !== "idle") throw thrown;
          return { outcome: "applied" as const, reading: zeros(0 as never) };
        }),
    }),
  ],
  [
    "waits for a device that drips",
    "dripping",
    "did not end by its signal",
    (driver) => ({ ...driver, read: () => driver.read(never) }),
  ],
  [
    "believes the beginning of an answer that does not end",
    "oversized",
    "where nothing can be known",
    (driver) => ({ ...driver, read: (signal) => driver.read(signal).catch(() => zeros(0 as never)) }),
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
