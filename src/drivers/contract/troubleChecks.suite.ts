import type { Bench, Trouble } from "./bench.suite.ts";
import {
  applyWell,
  bring,
  failureFindings,
  hastyApply,
  hastyRead,
  highest,
  lowest,
  readWell,
  settle,
  stopped,
} from "./calls.suite.ts";
import { type Check, follows, lies, stands } from "./checks.suite.ts";

/** What a driver must do when its device, or the way there, is in trouble. */
export const troubleChecks: Readonly<Record<Trouble, Check>> = {
  silent: async (bench) => [...(await endures(bench, "silent")), ...(await losesSightWhileHot(bench))],
  "half-open": (bench) => endures(bench, "half-open"),
  slow: (bench) => endures(bench, "slow"),
  dripping: (bench) => endures(bench, "dripping"),
  oversized: (bench) => endures(bench, "oversized"),
  garbage: (bench) => endures(bench, "garbage"),
  refusing: takesARefusal,
  rebooting: async (bench) => [...(await survivesAReboot(bench)), ...(await staysStopped(bench))],
};

/** Every call fails by its deadline, nothing is made up, and all is well again afterwards. */
async function endures(bench: Bench, trouble: Trouble): Promise<readonly string[]> {
  const { driver, device } = bench;
  await bring(bench, lowest(driver));
  await device.suffer(trouble);
  const read = failureFindings("read", await hastyRead(bench));
  const apply = failureFindings("apply", await hastyApply(bench, highest(driver)));
  const again = failureFindings("a second read", await hastyRead(bench));
  await device.recover();
  return [...read, ...apply, ...again, ...(await isWellAgain(bench))];
}

/** A device that is out of sight at its most is not said to have stopped, and stops when it is back. */
async function losesSightWhileHot(bench: Bench): Promise<readonly string[]> {
  const { driver, device } = bench;
  await bring(bench, highest(driver));
  await device.suffer("silent");
  const findings = [
    ...failureFindings("a read while it is hot", await hastyRead(bench)),
    ...failureFindings("apply idle while it is hot", await hastyApply(bench, stopped(driver))),
    ...failureFindings("a second read while it is hot", await hastyRead(bench)),
  ];
  await device.recover();
  const untrue = await lies(bench, await readWell(bench));
  const runsOn = driver.traits.canStop ? await follows(bench, stopped(driver)) : [];
  return [...findings, ...untrue, ...runsOn];
}

/** What it is set to by another hand is told as it is, and it obeys again. */
export async function seesThroughMeddling(bench: Bench, meddle: () => void): Promise<readonly string[]> {
  await bring(bench, lowest(bench.driver));
  meddle();
  return isWellAgain(bench);
}

async function takesARefusal(bench: Bench): Promise<readonly string[]> {
  const { driver, device } = bench;
  await bring(bench, lowest(driver));
  await device.suffer("refusing");
  const applied = await applyWell(bench, highest(driver));
  const findings =
    applied.outcome === "applied"
      ? ["it says that a refused write was applied"]
      : applied.why.trim() === ""
        ? ["it does not say why the write was refused"]
        : [];
  const stood = await stands(bench, lowest(driver));
  await device.recover();
  return [...findings, ...stood, ...(await isWellAgain(bench))];
}

async function survivesAReboot(bench: Bench): Promise<readonly string[]> {
  const { driver, device } = bench;
  await bring(bench, lowest(driver));
  const inTheMiddle = hastyApply(bench, highest(driver));
  await device.suffer("rebooting");
  const applied = await inTheMiddle;
  const findings = applied.kind === "value" ? [] : failureFindings("apply", applied);
  const read = failureFindings("read", await hastyRead(bench));
  await device.recover();
  return [...findings, ...read, ...(await isWellAgain(bench))];
}

async function staysStopped(bench: Bench): Promise<readonly string[]> {
  const { driver, device } = bench;
  if (!driver.traits.stopSurvivesRestart || !driver.traits.canStop) return [];
  await bring(bench, stopped(driver));
  await device.suffer("rebooting");
  await device.recover();
  await device.pass(driver.traits.settle);
  const { workload } = await device.truth();
  return workload === "idle" ? [] : [`its stop did not survive the restart: it does ${workload}`];
}

/** What it says first is true, and it obeys. */
async function isWellAgain(bench: Bench): Promise<readonly string[]> {
  await settle(bench);
  const untrue = await lies(bench, await readWell(bench));
  const disobeys = await follows(bench, highest(bench.driver));
  return [...untrue, ...disobeys].map((finding) => `afterwards: ${finding}`);
}
