import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { hostClock, Seconds, seededRandom, Watts } from "../../../domain/index.ts";
import { thisComputer } from "./driver.ts";
import { hashingMiner } from "./hashingMiner.suite.ts";
import { signal, testConfig } from "./testComputer.suite.ts";

const clock = hostClock(globalThis);

it("this computer's threads really use the share of time that was asked for, and none after they stop", async () => {
  const driver = await thisComputer.open(thisComputer.config.parse(testConfig), {
    clock,
    random: seededRandom(1),
    onEvent: () => {},
    brokers: { subscribe: () => expect.unreachable() },
    secret: () => undefined,
    startMiner: ({ threads }) => Promise.resolve(hashingMiner(threads)),
  });
  const cpuSeconds = async (seconds: number) => {
    const before = process.cpuUsage();
    await clock.sleep(Seconds(seconds));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };

  await driver.apply({ watts: Watts(60), workload: "mining" }, signal);
  await clock.sleep(Seconds(4)); // V8 compiles the kernel meanwhile, on threads that are none of ours
  await driver.read(signal);
  const used = await cpuSeconds(3);
  const half = await driver.read(signal);
  expect(used / 3).toBeGreaterThan(0.1);
  expect(used / 3).toBeLessThan(0.75);
  expect(half).toMatchObject({ workload: "mining", provenance: "estimated", faults: [] });
  expect(Math.abs(half.watts - (30 + (60 * used) / 3))).toBeLessThan(8);
  expect(half.hashrate).toBeGreaterThan(100_000);

  await driver.apply({ watts: Watts(30), workload: "idle" }, signal);
  await clock.sleep(Seconds(0.5));
  expect(await cpuSeconds(1)).toBeLessThan(0.3);
  expect((await driver.read(signal)).watts).toBeLessThan(36);
  await driver.close();
});

it.runIf(existsSync("/proc/self/stat"))(
  "this computer stops hashing within 5 s when the hearth's main thread hangs",
  async () => {
    const script = fileURLToPath(new URL("hashUntilStuck.suite.ts", import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const died = once(child, "exit").then(() => expect.unreachable("the hearth ended by itself"));
      await Promise.race([once(child.stdout, "data"), died]);
      const used = async (seconds: number) => {
        const before = await cpuOf(child.pid);
        await clock.sleep(Seconds(seconds));
        return ((await cpuOf(child.pid)) - before) / seconds;
      };
      expect(await used(2)).toBeGreaterThan(0.1);
      await clock.sleep(Seconds(3.6));
      expect(await used(1.5)).toBeLessThan(0.05);
    } finally {
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
    }
  },
);

/** CPU time of a process so far, s (Linux `proc_pid_stat(5)`, fields 14 and 15 in ticks of 10 ms). */
async function cpuOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
