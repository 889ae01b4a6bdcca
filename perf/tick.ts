import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.ts";
import type { TickReport } from "./tickHearth.ts";

type Name = "cpuMsPerTick" | "residentMiB" | "weekSeconds";

export const tick: Benchmark<Name> = {
  title:
    "A hearth of fifty devices, restarted after a simulated week: one round with all that it records, and its memory",
  figures: [
    { name: "cpuMsPerTick", unit: "ms CPU", better: "lower", must: 100 },
    { name: "residentMiB", unit: "MiB", better: "lower", must: 400 },
    { name: "weekSeconds", unit: "s", better: "lower" },
  ],
  async measure() {
    const dataDir = await mkdtemp(join(tmpdir(), "hearthwork-tick-"));
    try {
      const began = performance.now();
      await run("week", dataDir);
      const weekSeconds = (performance.now() - began) / 1000;
      const report = await run("run", dataDir);
      if (!report) throw new Error("the hearth ended without a report");
      return { ...report, weekSeconds };
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** A process of its own; gives what it reports. */
async function run(task: "week" | "run", dataDir: string): Promise<TickReport | undefined> {
  const child = fork(fileURLToPath(new URL("./tickHearth.ts", import.meta.url)), [task, dataDir]);
  let report: TickReport | undefined;
  child.on("message", (message) => (report = message as TickReport));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`the hearth's process ended with ${code}`);
  return report;
}
