import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { Instant, Seconds, seededRandom, simulatedClock, Watts } from "../../../domain/index.ts";
import type { TaskRunner } from "../../../jobs/index.ts";
import { openThisComputer, thisComputer } from "./driver.ts";
import { type TestMiner, testMiner } from "./testMiner.suite.ts";

const pools = [{ url: "stratum+tcp://pool.test:3333", user: "me" }];
export const testConfig = { idleWatts: 30, fullWatts: 90, threads: 1, pools };
export const signal = new AbortController().signal;
const folders: string[] = [];
/** Removes what `sysWith` made. */
export const removeFolders = async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
};

/** A made-up `/sys` with these files under `class`, and a way to change them. */
export async function sysWith(files: Readonly<Record<string, string>>) {
  const sys = await mkdtemp(join(tmpdir(), "hearthwork-sys-"));
  folders.push(sys);
  const write = async (name: string, text: string) => {
    const file = join(sys, "class", name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return { sys, write };
}

/** The driver on a clock that stands still, with a miner that has no threads. */
export async function openTestComputer(change: object = {}, sys = "/nowhere", taskRunner?: TaskRunner) {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  const random = seededRandom(1);
  let miner: TestMiner | undefined;
  const driver = await openThisComputer(
    thisComputer.config.parse({ ...testConfig, ...change }),
    {
      clock,
      random,
      onEvent: () => {},
      brokers: { subscribe: () => expect.unreachable() },
      secret: () => undefined,
      ...(taskRunner ? { taskRunner } : {}),
      startMiner: ({ threads }) => Promise.resolve((miner = testMiner(clock, threads))),
    },
    { sys, monotonic: () => clock.monotonic() },
  );
  if (!miner) throw new Error("it started no miner");
  const settled = async (seconds = 3) => {
    await clock.advance(Seconds(seconds));
    return driver.read(signal);
  };
  const mine = (watts: number) => driver.apply({ watts: Watts(watts), workload: "mining" }, signal);
  return { driver, clock, miner, settled, mine };
}
