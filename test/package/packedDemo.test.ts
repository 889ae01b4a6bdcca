import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import type { SiteView } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { cleanEnv, type InstalledPackage, installedPackage, registryAnswers } from "./installedPackage.ts";

const describeOnline = process.env["CI"] === "true" || (await registryAnswers()) ? describe : describe.skip;
describeOnline("the demo of the packed tarball, installed (needs npm-registry)", () => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installedPackage();
  }, 300_000);

  it("runs the demo, whose page answers within 30 s, whose home does a task of its exchange, and leaves nothing behind", async () => {
    const started = performance.now();
    const demo = spawn(installed.command, ["demo", "--port", "0", "--exchange-port", "0"], {
      cwd: installed.folder,
      env: cleanEnv(process.execPath),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(demo, "exit");
    let output = "";
    for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    try {
      let page: Response | undefined;
      while (!page && demo.exitCode === null && performance.now() - started < 30_000) {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        page = url === undefined ? undefined : await fetch(url).catch(() => undefined);
        if (!page) await sleep(100);
      }
      expect(page?.status, output).toBe(200);
      expect(await page?.text()).toContain("Hearthwork</title>");
      const site = async () => (await (await fetch(new URL("/api/v1/site", page?.url))).json()) as SiteView;
      expect(await site()).toMatchObject({ version: manifest.version, virtual: { speed: 60 } });
      const earned = await until("a task", 30_000, async () => {
        const { exchange, today } = await site();
        return exchange?.state === "joined" && today.jobs.tasks > 0 ? today.jobs.earned : undefined;
      });
      expect(Number(earned.amount)).toBeGreaterThan(0);
      demo.kill("SIGINT");
      expect(await ended, output).toEqual([0, null]);
    } finally {
      demo.kill("SIGKILL");
    }
    expect(readdirSync(installed.folder)).toEqual([]);
  }, 90_000);
});
