import { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterReading, Setpoint } from "../../heat/index.ts";
import { traitProblems } from "../checkTraits.ts";
import type { Bench } from "./bench.suite.ts";
import {
  applyWell,
  bring,
  ending,
  failureFindings,
  hastyApply,
  hastyRead,
  highest,
  lowest,
  readWell,
  setpointsOf,
  settle,
  stopped,
  written,
} from "./calls.suite.ts";
import { readingFindings } from "./readingFindings.suite.ts";

/** Looks at one side of a driver and tells what is wrong there; empty when nothing is. */
export type Check = (bench: Bench) => Promise<readonly string[]>;

/** A hearth reads each heater at least so often. */
const hearthPeriod = Seconds(5);

const tells = {
  "describes itself sanely": ({ driver }) => Promise.resolve(traitProblems(driver.traits)),

  reads: async (bench) => {
    const reading = await readWell(bench);
    return [...readingFindings(reading, bench.driver.traits), ...(await lies(bench, reading))];
  },

  "applies each step and reads it back": async (bench) => {
    const findings: string[] = [];
    for (const setpoint of setpointsOf(bench.driver)) findings.push(...(await follows(bench, setpoint)));
    return findings;
  },

  "takes the same step twice": async (bench) => {
    await bring(bench, lowest(bench.driver));
    return follows(bench, lowest(bench.driver));
  },

  stops: async (bench) => {
    if (!bench.driver.traits.canStop) return [];
    await bring(bench, highest(bench.driver));
    return follows(bench, stopped(bench.driver));
  },

  "refuses what it cannot do": async (bench) => {
    const { driver } = bench;
    await bring(bench, lowest(driver));
    const findings: string[] = [];
    for (const setpoint of impossible(bench)) {
      const applied = await applyWell(bench, setpoint);
      if (applied.outcome !== "refused" || applied.why === "") {
        findings.push(`${written(setpoint)} was not refused with a reason but ${applied.outcome}`);
      }
    }
    await settle(bench);
    return [...findings, ...(await stands(bench, lowest(driver)))];
  },

  "keeps calls apart that run at once": async (bench) => {
    const { driver } = bench;
    await bring(bench, lowest(driver));
    const [applied] = await Promise.all([
      applyWell(bench, highest(driver)),
      readWell(bench),
      readWell(bench),
      readWell(bench),
    ]);
    if (applied.outcome !== "applied") return [`apply was ${applied.outcome} while it was read`];
    await settle(bench);
    return stands(bench, highest(driver));
  },

  "does nothing for a signal that is aborted already": async (bench) => {
    const { driver } = bench;
    await bring(bench, lowest(driver));
    const aborted = AbortSignal.abort();
    const read = await ending(() => driver.read(aborted), 0);
    const applied = await ending(() => driver.apply(highest(driver), aborted), 0);
    await settle(bench);
    return [
      ...failureFindings("read", read),
      ...failureFindings("apply", applied),
      ...(await stands(bench, lowest(driver))),
    ];
  },

  "runs on while it is looked after": async (bench) => {
    const { driver, device } = bench;
    await bring(bench, highest(driver));
    const { guard } = driver.traits.safeState;
    const watched = "within" in guard ? guard.within * 1.5 : 0;
    for (let passed = 0; passed < watched; passed += hearthPeriod) {
      await device.pass(hearthPeriod);
      await readWell(bench);
    }
    return stands(bench, highest(driver));
  },

  "is safe when the hearth dies": async (bench) => {
    const { driver, device } = bench;
    await bring(bench, highest(driver));
    const { guard } = driver.traits.safeState;
    await device.loseHearth();
    if ("within" in guard) await device.pass(guard.within);
    await device.pass(driver.traits.settle);
    return unsafe(bench, "after the hearth died");
  },

  "leaves it safe and lets go of it": async (bench) => {
    const { driver, device } = bench;
    await bring(bench, highest(driver));
    const closed = await ending(() => driver.close(), 5000);
    await device.pass(driver.traits.settle);
    const again = await ending(() => driver.close(), 5000);
    const applied = await ending((signal) => driver.apply(highest(driver), signal), 250);
    return [
      ...(closed.kind === "value" ? [] : ["close failed"]),
      ...(again.kind === "value" ? [] : ["a second close failed"]),
      ...(await unsafe(bench, "after it was closed")),
      ...(await hastyRead(bench).then((read) =>
        read.kind === "error" ? [] : ["it was read after it was closed"],
      )),
      ...(applied.kind === "error" ? [] : ["it was written after it was closed"]),
    ];
  },

  "lets go of it and leaves it as it is": async (bench) => {
    const { driver, device } = bench;
    await bring(bench, highest(driver));
    const before = await device.truth();
    const ends = [
      await ending(() => driver.leave(), 5000),
      await ending(() => driver.leave(), 5000),
      await ending(() => driver.close(), 5000),
    ];
    const after = await device.truth();
    const [read, applied] = [await hastyRead(bench), await hastyApply(bench, lowest(driver))];
    return [
      ...(ends.every(({ kind }) => kind === "value") ? [] : ["leave failed, or what came after it"]),
      ...(near(bench, after.watts, before.watts) && after.workload === before.workload
        ? []
        : [`it was switched from ${written(before)} to ${written(after)} by leaving it`]),
      ...(read.kind === "error" ? [] : ["it was read after it was left"]),
      ...(applied.kind === "error" ? [] : ["it was written after it was left"]),
    ];
  },
} satisfies Record<string, Check>;

/** What every driver must do, whatever its device. */
export const checks: Readonly<Record<keyof typeof tells, Check>> = tells;

/** Applies, and finds where the device, the reading and the wish differ. */
export async function follows(bench: Bench, setpoint: Setpoint): Promise<readonly string[]> {
  const { driver } = bench;
  const applied = await applyWell(bench, setpoint);
  if (applied.outcome !== "applied") return [`${written(setpoint)}: ${applied.outcome}: ${applied.why}`];
  const early = readingFindings(applied.reading, driver.traits);
  const wrong =
    applied.reading.workload === setpoint.workload ? [] : [`read back ${written(applied.reading)}`];
  await settle(bench);
  return [...early, ...wrong, ...(await stands(bench, setpoint))].map(
    (finding) => `${written(setpoint)}: ${finding}`,
  );
}

/** Finds where the settled device differs from what was asked of it. */
export async function stands(bench: Bench, setpoint: Setpoint): Promise<readonly string[]> {
  const reading = await readWell(bench);
  const truth = await bench.device.truth();
  return [
    ...readingFindings(reading, bench.driver.traits),
    ...(near(bench, truth.watts, setpoint.watts) && truth.workload === setpoint.workload
      ? []
      : [`the device runs at ${written(truth)} instead of ${written(setpoint)}`]),
    ...(await lies(bench, reading)),
  ];
}

/** Finds where a reading differs from the device. */
export async function lies(bench: Bench, reading: HeaterReading): Promise<readonly string[]> {
  const truth = await bench.device.truth();
  if (near(bench, reading.watts, truth.watts) && reading.workload === truth.workload) return [];
  return [`it tells ${written(reading)} of a device at ${written(truth)}`];
}

const near = ({ tolerance }: Bench, one: number, other: number) => Math.abs(one - other) <= tolerance;

async function unsafe({ driver, device, tolerance }: Bench, when: string): Promise<readonly string[]> {
  const { safeState, idleWatts } = driver.traits;
  const limit = safeState.guard.by === "unattended-watts" ? safeState.guard.watts : idleWatts;
  const { watts } = await device.truth();
  return watts <= limit + tolerance ? [] : [`it draws ${watts} W ${when}, safe are ${limit} W`];
}

function impossible({ driver, tolerance }: Bench): readonly Setpoint[] {
  const { steps, maxWatts, idleWatts } = driver.traits;
  const workloads = ["mining", "job", "heating"] as const;
  const unknown = workloads.filter((workload) => !(workload in steps));
  const known = workloads.filter((workload) => workload in steps);
  return [
    ...unknown.map((workload) => ({ workload, watts: maxWatts })),
    ...known.map((workload) => ({ workload, watts: Watts(maxWatts * 1.5 + tolerance) })),
    ...known.map((workload) => ({ workload, watts: Watts(idleWatts / 2 - 1) })),
  ];
}
