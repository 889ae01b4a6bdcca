import { defineConfig } from "vitest/config";

/** Tests that run whole programs: after the others, which they would slow down. */
const programs = [
  "test/{access,exchange,faults,outlets,web}/**/*.test.ts",
  "test/e2e/{exitCodes,firstFire,oneWriter}.test.ts",
  "test/package/pack.test.ts",
];
/** Tests of how fast whole programs are: each on a core of its own, when all else is done. */
const timed = [
  "test/e2e/{frontDoor,kill}.test.ts",
  "test/package/packedDemo.test.ts",
  "src/store/killedWriter.test.ts",
];
/** Tests of what this computer's threads draw and do, which want all of it. */
const threads = ["src/drivers/heaters/this-computer/realThreads.test.ts"];
const limits = { testTimeout: 20_000, hookTimeout: 60_000, retry: 0 };
/** By Node itself, as the sources run in a checkout: nothing to transform, and what computes long takes a fifth less. */
const byNode = { experimental: { viteModuleRunner: false, nodeLoader: false } };

/** A group of tests, run when the groups before it have ended. */
const group = (name: string, groupOrder: number, include: string[], maxWorkers: number) => ({
  test: {
    ...byNode,
    name,
    include,
    exclude: ["**/node_modules/**"],
    maxWorkers,
    sequence: { groupOrder },
    ...limits,
  },
});

/** Files share a process, which loads each module once: a file that changes anything of the process puts it back. */
const inOneProcess = { isolate: false };
const rooms = group("rooms", 0, ["{src,test}/**/*.test.ts"], 4);
rooms.test.exclude.push(...programs, ...timed, ...threads);
/** Parts of the page, with what Vite gives them. */
const pages = group("pages", 0, ["web/**/*.test.{ts,tsx}"], 4);

export default defineConfig({
  test: {
    maxWorkers: 6,
    globalSetup: ["./test/readyData.ts", "./test/package/installedPackage.ts"],
    reporters: ["default", "./test/reporter.ts"],
    projects: [
      { test: { ...rooms.test, ...inOneProcess } },
      { test: { ...pages.test, ...inOneProcess, experimental: {} } },
      group("programs", 1, programs, 6),
      group("timed", 2, timed, 2),
      group("threads", 3, threads, 1),
    ],
  },
});
