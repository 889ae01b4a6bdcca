import { HearthworkError, messageOf, Seconds, type Watts } from "../../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, PowerSteps, Setpoint } from "../../heat/index.ts";
import type { Bench } from "./bench.suite.ts";

/** A healthy device answers within this. */
const patientMs = 5000;
/** The signal aborts so soon when the device is in trouble. */
const hastyMs = 120;
/** A call must have ended so long after its signal. */
const graceMs = 500;

export type Ended<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "late" };

/** Calls with a signal that aborts, and waits no longer than a little after it. */
export async function ending<T>(
  call: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
): Promise<Ended<T>> {
  const signal = AbortSignal.timeout(limitMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "late" }), limitMs + graceMs);
  });
  const answer = Promise.resolve()
    .then(() => call(signal))
    .then(
      (value): Ended<T> => ({ kind: "value", value }),
      (error: unknown): Ended<T> => ({ kind: "error", error }),
    );
  const ended = await Promise.race([answer, late]);
  clearTimeout(timer);
  return ended;
}

export const hastyRead = ({ driver }: Bench) => ending((signal) => driver.read(signal), hastyMs);
export const hastyApply = ({ driver }: Bench, setpoint: Setpoint) =>
  ending((signal) => driver.apply(setpoint, signal), hastyMs);

/** A reading of a device that is well; a finding is thrown. */
export const readWell = ({ driver }: Bench) => well("read", (signal) => driver.read(signal));
export const applyWell = ({ driver }: Bench, setpoint: Setpoint): Promise<Applied> =>
  well(`apply ${written(setpoint)}`, (signal) => driver.apply(setpoint, signal));

/** Applies, lets it settle and reads again. */
export async function bring(bench: Bench, setpoint: Setpoint): Promise<HeaterReading> {
  const applied = await applyWell(bench, setpoint);
  if (applied.outcome !== "applied") {
    throw new Finding(`apply ${written(setpoint)}: ${applied.outcome}, though all is well: ${applied.why}`);
  }
  await settle(bench);
  return readWell(bench);
}

/** Lets a change take hold, and looks after the device meanwhile where its guard would act sooner. */
export async function settle(bench: Bench): Promise<void> {
  const { driver, device } = bench;
  const { settle: whole, safeState } = driver.traits;
  const { guard } = safeState;
  const period = "within" in guard ? Math.min(whole, guard.within / 3) : whole;
  for (let left: number = whole; left > 0; left -= period) {
    await device.pass(Seconds(Math.min(left, period)));
    if (left > period) await readWell(bench);
  }
}

/** Ends a check with what it found. */
export class Finding extends Error {}

async function well<T>(name: string, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = await ending(call, patientMs);
  if (ended.kind === "value") return ended.value;
  throw new Finding(
    ended.kind === "late"
      ? `${name}: never ended`
      : `${name}: failed, though all is well: ${messageOf(ended.error)}`,
  );
}

/** What is wrong with how a call ended that had to fail. */
export function failureFindings(name: string, ended: Ended<unknown>): readonly string[] {
  if (ended.kind === "late") return [`${name}: did not end by its signal`];
  if (ended.kind === "value")
    return [`${name}: gave ${JSON.stringify(ended.value)} where nothing can be known`];
  if (!(ended.error instanceof HearthworkError)) return [`${name}: threw what is no HearthworkError`];
  if (ended.error.retry !== "later") return [`${name}: its error does not say that it may be tried later`];
  return [];
}

/** Every way in which a driver can be asked to run, lowest first. */
export function setpointsOf({ traits }: HeaterDriver): readonly Setpoint[] {
  return Object.entries(traits.steps).flatMap(([workload, steps]) =>
    powersOf(steps).map((watts) => ({ watts, workload: workload as Setpoint["workload"] })),
  );
}

/** All levels; of a range its ends and a step in the middle. */
function powersOf(steps: PowerSteps): readonly Watts[] {
  if (steps.kind === "levels") return steps.watts;
  const { min, max, step } = steps;
  const middle = min + Math.floor((max - min) / step / 2) * step;
  return [...new Set([min, middle, max])] as Watts[];
}

export const lowest = (driver: HeaterDriver): Setpoint => setpointsOf(driver)[0] as Setpoint;
export const highest = (driver: HeaterDriver): Setpoint => setpointsOf(driver).at(-1) as Setpoint;
export const stopped = ({ traits }: HeaterDriver): Setpoint => ({
  watts: traits.idleWatts,
  workload: "idle",
});
export const written = ({ watts, workload }: { watts: number; workload: string }) => `${workload} ${watts} W`;
